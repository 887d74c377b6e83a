"""The page behind a Word document with what its own pages do not show: comments, changes, hidden and missing text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pikepdf
import pypdfium2

from woo.gather.blocks import Block, Run, paragraph
from woo.gather.docx import Inside, Remark
from woo.gather.pages import Sheet, make_pages

HEADING = "Opmerkingen en wijzigingen in dit bestand"
_LABELS = {"comment": "opmerking", "inserted": "toegevoegd", "deleted": "verwijderd"}
_LETTERS = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W_]+")


def remarks_sheet(inside: Inside, pdf: Path) -> Sheet | None:
    """The page to add behind `pdf`, or None when its pages already show everything."""
    shown = _LETTERS.sub("", _pdf_text(pdf)).lower()
    comments = [remark for remark in inside.remarks if remark.kind == "comment"]
    changes = [remark for remark in inside.remarks if remark.kind != "comment"]
    missing = [text for text in dict.fromkeys(inside.paragraphs) if not _is_shown(text, shown)]
    hidden = list(dict.fromkeys(inside.hidden))
    blocks: list[Block] = []
    for title, part in (("Opmerkingen", [_remark(remark) for remark in comments]),
                        ("Bijgehouden wijzigingen", [_remark(remark) for remark in changes]),
                        ("Verborgen tekst", [paragraph(text) for text in hidden]),
                        ("Tekst uit het bestand die niet is afgedrukt", [paragraph(text) for text in missing])):
        if part:
            blocks += [{"kind": "h", "runs": [{"s": title}]}, *part]
    if not blocks:
        return None
    note: Block = {"kind": "p", "runs": [{"s": "Deze bladzijde is bij het omzetten toegevoegd. De tekst komt uit het "
                                          "bestand zelf.", "i": True}]}
    return Sheet("Opmerkingen en wijzigingen", [note, *blocks], heading=HEADING, numbered=False)


def append_sheet(pdf: Path, sheet: Sheet, folder: Path) -> int:
    """Add the sheet's pages behind `pdf`, in place, and return how many pages it has now."""
    extra = folder / "remarks.pdf"
    make_pages(sheet, extra)
    whole_path = folder / "joined.pdf"
    with pikepdf.open(pdf) as whole, pikepdf.open(extra) as added:
        for page in added.pages:
            for key in ("/StructParents", "/Tabs"):
                if key in page:  # numbers in the other file's structure tree, meaningless in this one
                    del page[key]
        whole.pages.extend(added.pages)
        pages = len(whole.pages)
        whole.save(whole_path)
    whole_path.replace(pdf)
    return pages


def _remark(remark: Remark) -> Block:
    """One comment or change: who and when, the words it is about, what it says."""
    who = ", ".join(part for part in (remark.author or "onbekend", _moment(remark.when)) if part)
    runs: list[Run] = [{"s": who, "b": True}, {"s": f" – {_LABELS[remark.kind]}"}]
    if remark.anchor.strip():
        runs += [{"s": " bij "}, {"s": f"“{remark.anchor.strip()}”", "i": True}]
    text: Run = {"s": remark.text}
    if remark.kind == "deleted":
        text["del_"] = True
    elif remark.kind == "inserted":
        text["u"] = True
    return {"kind": "p", "runs": [*runs, {"s": ":\n"}, text]}


def _moment(when: str) -> str:
    """A Dutch date and time from the ISO form in the file; the file's own words when it is something else."""
    try:
        return datetime.fromisoformat(when.replace("Z", "+00:00")).strftime("%d-%m-%Y %H:%M")
    except ValueError:
        return when


def _is_shown(text: str, shown: str) -> bool:
    """Whether the page has this paragraph, whole or, when a page break cuts it, word by word."""
    squeezed = _LETTERS.sub("", text).lower()
    return squeezed in shown or all(word.lower() in shown for word in _WORD.findall(text))


def _pdf_text(pdf: Path) -> str:
    """All text of the pages."""
    texts: Sequence[str]
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return "\n".join(texts)
