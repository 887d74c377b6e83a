"""Bookmarks: a title stays when it can be read on its page after redaction, otherwise it becomes "Pagina N"."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Dictionary, String

from redaction.pdf.hidden_words import squeeze
from redaction.pdf.links import Destinations

MOST = 20_000
KEYS = {"/Title", "/Parent", "/Prev", "/Next", "/First", "/Last", "/Count", "/Dest", "/C", "/F"}


def clean_outline(pdf: pikepdf.Pdf, visible: Callable[[int], str]) -> None:
    """Rewrite every bookmark; `visible(page)` is the text that stays on a page (from 0)."""
    root = pdf.Root.get("/Outlines")
    if not isinstance(root, Dictionary):
        return
    names = Destinations(pdf)
    numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    text_of = functools.cache(lambda page: squeeze(visible(page)) if page < len(numbers) else "")
    seen: set[tuple[int, int]] = set()
    waiting: list[Any] = [root.get("/First")]
    while waiting and len(seen) < MOST:
        item = waiting.pop()
        if not isinstance(item, Dictionary) or item.objgen in seen:
            continue
        seen.add(item.objgen)
        waiting += [item.get("/Next"), item.get("/First")]
        _clean_item(item, names, numbers, text_of)
    for key in [k for k in root.keys() if k not in ("/Type", "/First", "/Last", "/Count")]:  # noqa: SIM118
        del root[key]
    if len(seen) >= MOST:
        del pdf.Root["/Outlines"]


def _clean_item(
    item: Dictionary,
    names: Destinations,
    numbers: dict[tuple[int, int], int],
    text_of: Callable[[int], str],
) -> None:
    """`text_of(page)` is the text that stays on a page, squeezed, and nothing behind the last."""
    action = item.get("/A")
    target = item.get("/Dest")
    if target is None and isinstance(action, Dictionary) and action.get("/S") == "/GoTo":
        target = action.get("/D")
    found = names.resolve(target)
    page = numbers.get(found[0].objgen) if found is not None else None
    title = squeeze(_text(item.get("/Title")))
    if page is None:
        item["/Title"] = String("Onderdeel")
    elif not title or title not in text_of(page) + text_of(page + 1):
        item["/Title"] = String(f"Pagina {page + 1}")
    for key in [k for k in item.keys() if k not in KEYS]:  # noqa: SIM118
        del item[key]
    if found is not None:
        item["/Dest"] = found
    elif "/Dest" in item:
        del item["/Dest"]


def _text(value: Any) -> str:
    try:
        return str(value or "")
    except (UnicodeDecodeError, ValueError):
        return ""
