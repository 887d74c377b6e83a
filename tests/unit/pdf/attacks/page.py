"""The page that every attack starts from, the secret in it, and the register of attacks by row of the checklist."""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from redaction.pdf import read_pages
from redaction.pdf.geometry import grown
from redaction.pdf.plan import Item, Plan

SECRET = "Zwartkruis"
BOX = (196.0, 694.0, 276.0, 714.0)
KEPT = ("Behandeld", "door", "maandag", "blijft", "staan", "onderaan")
PLAN = Plan((Item(0, (BOX,), "5.1.2e", SECRET),))
AROUND = (
    b"BT /F1 12 Tf 72 700 Td (Behandeld door) Tj 238 0 Td (op maandag) Tj ET\n"
    b"BT /F1 12 Tf 72 650 Td (Deze regel blijft staan) Tj ET\n"
    b"BT /F1 12 Tf 72 100 Td (Ook onderaan) Tj ET\n"
)
SHOWN = b"BT /F1 12 Tf 200 700 Td (Zwartkruis) Tj ET\n"
ELSEWHERE = b"BT /F1 12 Tf 72 300 Td (Zwartkruis) Tj ET\n"

Attack = Callable[[bool], pikepdf.Pdf]
CONTENT: dict[str, Attack] = {}
"""Attacks inside the page's own content: the file itself is the leak."""
BESIDE: dict[str, Attack] = {}
"""Attacks beside the content: called with False they give a page without the visible name, so that only they leak."""
BYTES: dict[str, Callable[[Path], Path]] = {}
"""Attacks in the bytes of the file around the document: they write the file themselves."""
PLANS: dict[str, Callable[[Path], Plan]] = {}
"""Plans of the attacks for which the usual box does not do."""
ROWS: dict[int, list[str]] = {}
"""Row of the checklist to the attacks on it."""


def content(row: int, plan: Callable[[Path], Plan] | None = None) -> Callable[[Attack], Attack]:
    """Register an attack inside the content."""

    def register(attack: Attack) -> Attack:
        add_content(row, attack.__name__, attack)
        if plan is not None:
            PLANS[attack.__name__] = plan
        return attack

    return register


def add_content(row: int, name: str, attack: Attack) -> None:
    """Register an attack inside the content under a name."""
    assert name not in CONTENT and name not in BESIDE
    CONTENT[name] = attack
    ROWS.setdefault(row, []).append(name)


def beside(row: int) -> Callable[[Attack], Attack]:
    """Register an attack beside the content."""

    def register(attack: Attack) -> Attack:
        add_beside(row, attack.__name__, attack)
        return attack

    return register


def add_beside(row: int, name: str, attack: Attack) -> None:
    """Register an attack beside the content under a name."""
    assert name not in CONTENT and name not in BESIDE
    BESIDE[name] = attack
    ROWS.setdefault(row, []).append(name)


def in_bytes(row: int) -> Callable[[Callable[[Path], Path]], Callable[[Path], Path]]:
    """Register an attack in the bytes around the document."""

    def register(attack: Callable[[Path], Path]) -> Callable[[Path], Path]:
        BYTES[attack.__name__] = attack
        ROWS.setdefault(row, []).append(attack.__name__)
        return attack

    return register


def helvetica(pdf: pikepdf.Pdf) -> Any:
    return pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )


def document(body: bytes, *, around: bool = True, **resources: Any) -> pikepdf.Pdf:
    """One A4 page with the surrounding text and `body`."""
    pdf = pikepdf.new()
    table = Dictionary(Font=Dictionary(F1=helvetica(pdf)))
    page = Dictionary(
        Type=Name.Page, MediaBox=Array([0, 0, 595, 842]), Resources=table,
        Contents=pdf.make_indirect(Stream(pdf, (AROUND if around else b"") + body)),
    )  # fmt: skip
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    for kind, entries in resources.items():
        existing = table.get(f"/{kind}", Dictionary())
        for name, value in entries(pdf).items():
            existing[f"/{name}"] = value
        table[f"/{kind}"] = existing
    return pdf


def plain(visible: bool = True) -> pikepdf.Pdf:
    return document(SHOWN if visible else b"")


def form(pdf: pikepdf.Pdf, body: bytes, **more: Any) -> Any:
    """Form XObject as large as the page."""
    made = Stream(pdf, body)
    made["/Type"], made["/Subtype"], made["/BBox"] = Name.XObject, Name.Form, Array([0, 0, 595, 842])
    made["/Resources"] = Dictionary(Font=Dictionary(F1=helvetica(pdf)), **more)
    return pdf.make_indirect(made)


def with_page(change: Callable[[pikepdf.Pdf, Any], None]) -> Attack:
    """The plain page after `change(pdf, page object)`."""

    def attack(visible: bool) -> pikepdf.Pdf:
        pdf = plain(visible)
        change(pdf, pdf.pages[0].obj)
        return pdf

    return attack


def boxes_on_every_page(pdf: pikepdf.Pdf) -> Plan:
    """The plan for the secret in the same place on all pages."""
    return Plan(tuple(Item(i, (BOX,), "5.1.2e", SECRET) for i in range(len(pdf.pages))))


def boxes_on_words(path: Path) -> Plan:
    """The plan for the secret wherever a reader finds it as a word."""
    return Plan(
        tuple(
            Item(page.index, (grown(word.box, 1),), "5.1.2e", SECRET)
            for page in read_pages(path)
            for word in page.words
            if SECRET in word.text
        )
    )


def saved(pdf: pikepdf.Pdf, path: Path, **options: Any) -> Path:
    pdf.save(path, fix_metadata_version=False, **options)  # a packet of XMP stays as it was made
    return path
