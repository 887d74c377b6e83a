"""What `woo detect` does, without the command line: files or JSON lines in, plain dictionaries out."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from redaction.apart import Exceeded
from redaction.detect.engine import Detector, load_detector
from redaction.detect.errors import DetectionError, UnreadableInputError
from redaction.detect.pool import Pool
from redaction.detect.settings import DetectorSettings
from redaction.detect.span import Span
from redaction.errors import RedactionError

_MAX_BYTES = 100_000_000
_MAX_LINE = 20_000_000
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_STOPPED = DetectionError(
    "Het zoeken hierin is gestopt: het kostte te veel tijd of geheugen. De rest is wel doorzocht. "
    "Splits het in kleinere delen, of probeer het opnieuw met minder processen."
)


Item = TypeVar("Item")


def detect_files(
    paths: Iterable[Path | str], detector: Detector | None = None, *, password: str | None = None, processes: int = 1
) -> Iterator[dict[str, Any]]:
    """Yield for each file `{file, pages, spans}`, or `{file, error, exit_code}` when it cannot be read.

    Text (`.txt` and the like): `start` and `end` are indices in the decoded text, `page` is 0 and `boxes` is empty.
    PDF: they are indices in the text of page `page` (counted from 0) and `boxes` are in PDF user space, in points. A
    PDF without any text gets a `notice`: a scan needs OCR first. One bad file never stops the others.
    """
    return _each(partial(_file, password=password), map(Path, paths), _unread_file, detector, processes)


def detect_jsonl(
    lines: Iterable[str], detector: Detector | None = None, *, processes: int = 1
) -> Iterator[dict[str, Any]]:
    """Yield `{id, spans}` for each line `{id, text}`; another line gives `{id, line, error}`, an empty one: nothing."""
    numbered = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    return _each(_line, numbered, _unread_line, detector, processes)


def _each(
    task: Callable[[Detector, Item], dict[str, Any]],
    items: Iterable[Item],
    unread: Callable[[Item], dict[str, Any]],
    detector: Detector | None,
    processes: int,
) -> Iterator[dict[str, Any]]:
    """Do the task for each item, in order, here or in processes; a stream stays a stream.

    `unread` is the answer for an item at which its process died, twice.
    """
    if processes == 1:
        detector = detector or load_detector()
        for item in items:
            yield task(detector, item)
        return
    with Pool(partial(load_detector, DetectorSettings.from_environment()), processes) as pool:
        for item, outcome in pool.each(task, items):
            if isinstance(outcome, Exception) and not isinstance(outcome, Exceeded):
                raise outcome
            yield unread(item) if isinstance(outcome, Exceeded) else outcome


def _unread_file(path: Path) -> dict[str, Any]:
    return {"file": str(path), "error": str(_STOPPED), "exit_code": _STOPPED.exit_code}


def _unread_line(numbered: tuple[int, str]) -> dict[str, Any]:
    return {"id": None, "line": numbered[0], "error": str(_STOPPED), "exit_code": _STOPPED.exit_code}


def _file(detector: Detector, path: Path, password: str | None = None) -> dict[str, Any]:
    try:
        found = _pdf(path, detector, password) if _is_pdf(path) else _text(path, detector)
    except RedactionError as error:
        found = {"error": str(error), "exit_code": error.exit_code}
    except OSError:
        sentence = (
            "Dit bestand kan niet worden gelezen. Er is niets gewijzigd. Controleer of het bestaat en of u erbij mag."
        )
        found = {"error": sentence, "exit_code": UnreadableInputError.exit_code}
    return {"file": str(path), **found}


def _line(detector: Detector, numbered: tuple[int, str]) -> dict[str, Any]:
    number, line = numbered
    try:
        identifier, text = _parsed(line)
    except UnreadableInputError as error:
        return {"id": None, "line": number, "error": str(error), "exit_code": error.exit_code}
    return {"id": identifier, "spans": [_as_dict(span) for span in detector.detect(text)]}


def _parsed(line: str) -> tuple[Any, str]:
    """Give id and text of one JSON line."""
    if len(line) > _MAX_LINE:
        raise UnreadableInputError(
            "Deze regel is te lang. De regel is overgeslagen. Splits de tekst in kleinere delen."
        )
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnreadableInputError("Deze regel is geen geldige JSON. De regel is overgeslagen.") from error
    if not isinstance(record, dict) or not isinstance(record.get("text"), str) or "id" not in record:
        raise UnreadableInputError("Deze regel heeft geen 'id' en 'text'. De regel is overgeslagen.")
    return record["id"], record["text"]


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return b"%PDF-" in file.read(1024)


def _text(path: Path, detector: Detector) -> dict[str, Any]:
    """Read one text file: UTF-8 or UTF-16 by its mark, else Windows-1252."""
    if path.stat().st_size > _MAX_BYTES:
        raise UnreadableInputError("Dit tekstbestand is te groot. Er is niets gezocht. Splits het in kleinere delen.")
    content = path.read_bytes()
    if b"\0" in content[:4096] and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableInputError(
            "Dit bestand is geen tekst en geen PDF. Er is niets gezocht. Zet het eerst om naar PDF."
        )
    return {"pages": 1, "spans": [_as_dict(span, page=0) for span in detector.detect(_decoded(content))]}


def _decoded(content: bytes) -> str:
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _pdf(path: Path, detector: Detector, password: str | None) -> dict[str, Any]:
    """Read one PDF; names found on one page are searched for on all its pages.

    The pages are read twice: where every letter stands takes a hundred times the memory of the text itself.
    """
    from redaction.pdf import read_pages  # PDFium is only needed here  # noqa: PLC0415

    count, has_text, spans = 0, False, []
    texts = ((str(page.index), page.text) for page in read_pages(path, password=password))
    for page, (_number, found) in zip(read_pages(path, password=password), detector.detect_dossier(texts), strict=True):
        count, has_text = count + 1, has_text or bool(page.text.strip())
        spans += [
            _as_dict(span, page=page.index, boxes=[list(box) for box in page.boxes_for(span.start, span.end)])
            for span in found
        ]
    result: dict[str, Any] = {"pages": count, "spans": spans}
    if not has_text:
        result["notice"] = (
            "Deze PDF heeft geen tekst die de computer kan lezen. Laat er eerst tekstherkenning (OCR) op los."
        )
    return result


def _as_dict(span: Span, **place: Any) -> dict[str, Any]:
    """Give a span as the contract has it; `place` adds page and boxes."""
    where = {"page": place["page"], "boxes": place.get("boxes", [])} if place else {}
    return {
        "start": span.start,
        "end": span.end,
        **where,
        "kind": span.kind,
        "text": span.text,
        "score": span.score,
        "rule": span.rule,
        "sources": list(span.sources),
        "why": span.why,
        "public_role": span.public_role,
    }
