"""Documents that another body redacted before they came here: what is still readable under its bars."""

from __future__ import annotations

import dataclasses
import logging
from pathlib import Path

from redaction.pdf.report import listed
from woo.gather.items import Converted, Outcome, ToDo
from woo.gather.pdffile import SOURCE
from woo.gather.sandbox import Exceeded, Limits, run_function

_LIMITS = Limits(seconds=300)
_MOST_PAGES = 20
_LOG = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True)
class Look:
    """What a look at a file as received gave: a sentence for each fault, and the sentence about its bars."""

    faults: tuple[str, ...] = ()
    bars: str = ""


def with_redaction_check(outcome: Outcome, folder: Path) -> Outcome:
    """The outcome, with a to-do where the PDF as received in `folder` was redacted badly by another.

    A file that cannot be looked through is kept, with a to-do that says so.
    """
    source = folder / SOURCE
    if not isinstance(outcome, Converted) or not source.is_file():
        return outcome
    try:
        look = run_function(look_for_bars, source, limits=_LIMITS)
    except ImportError:  # the installation is broken, not the file
        raise
    except Exception as error:
        what = error.what if isinstance(error, Exceeded) else type(error).__name__
        _LOG.warning("looking for bad redaction ended: %s", what)
        return _with_todo(outcome, "Wij konden niet nagaan of een ander dit bestand al heeft gelakt. Het document is "
                          "bewaard. Controleer zelf of onder zwarte vakken nog tekst staat.")
    if look.faults:
        return _with_todo(outcome, f"Dit bestand lijkt al gelakt door een ander, maar niet goed. "
                          f"{' '.join(look.faults)} Het document is bewaard. Lak deze plekken zelf, en meld het aan de "
                          "aanleveraar.")
    if look.bars:
        note = f"{look.bars} Daaronder is geen tekst gevonden."
        return dataclasses.replace(outcome, notes=(*outcome.notes, note))
    return outcome


def look_for_bars(source: Path) -> Look:
    """Look through a PDF; runs inside the sandbox. Raises RuntimeError when some part could not be looked at."""
    from redaction.pdf.verification.checks import FAILED  # noqa: PLC0415 - loads four readers of PDF, in the sandbox only
    from redaction.pdf.verification.inspection import bad_redaction, run_inspection  # noqa: PLC0415

    report = run_inspection(source)
    if any(f.channel in ("open", "limits") or f.message.startswith(FAILED) for f in report.findings):
        raise RuntimeError("not looked through")
    faults = tuple(message + _where(pages) for message, pages in bad_redaction(report).items())
    return Look(faults, " ".join(report.notes))


def _where(pages: tuple[int, ...]) -> str:
    """On which pages, behind a sentence; nothing when it is about the file as a whole."""
    if not pages:
        return ""
    more = f" en {len(pages) - _MOST_PAGES} andere" if len(pages) > _MOST_PAGES else ""
    return f" (Pagina {listed(pages[:_MOST_PAGES])}{more}.)"


def _with_todo(converted: Converted, message: str) -> Converted:
    return dataclasses.replace(converted, todo=(*converted.todo, ToDo("already_redacted", message)))
