"""The title that a file has of itself: kept where somebody sees it and it holds nothing that was removed."""
from __future__ import annotations

from collections.abc import Iterable

import pikepdf
from pikepdf import Dictionary, String

from redaction.pdf.hidden_words import HiddenWords, spaced

LONGEST = 200
"""Characters of a title; what is longer is a text of its own."""


def harmless_title(title: str, named: Iterable[str], covered: Iterable[str]) -> str:
    """A file's title when it is plain text without a word of the plan or from under a box, else nothing.

    A word counts as removed here also when it can still be read elsewhere in the document.
    """
    removed = list(named)
    hidden = HiddenWords(removed, [*covered, *removed], on_the_page=True)
    readable = title.isprintable() and len(title) <= LONGEST and any(c.isalpha() for c in title)
    return "" if not readable or hidden.within(title) or hidden.within(spaced(title)) else title


def title_of(pdf: pikepdf.Pdf) -> str:
    """The title of a file by its document information, else by its XMP packet; nothing when it has none."""
    info = pdf.trailer.get("/Info")
    given = info.get("/Title") if isinstance(info, Dictionary) else None
    try:
        found = given if isinstance(given, String) else pdf.open_metadata().get("dc:title")
        return str(found or "").strip()
    except Exception:  # a packet that cannot be read names nothing
        return ""
