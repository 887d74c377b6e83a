"""The structure tree of a tagged PDF: forget what repeats removed content, and give labels and image pages a place."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, Object, String

from redaction.pdf.fonts import number

DESCRIBED = ("/Figure", "/Formula")
PARTLY = "afbeelding, deels weggelakt"
PLACING = ("/BBox", "/Width", "/StartIndent", "/EndIndent", "/TextIndent")
"""Layout attributes (ISO 32000-1, 14.8.5.4) that tell where content stood before it went."""
TELLING = ("/ActualText", "/Alt", "/E", "/T")
"""Entries of an element or mark that repeat content in words."""
MOST_ANCESTORS = 100
MOST_ELEMENTS = 500_000
Place = tuple[int | None, int]
"""Where marked content hangs in the structure tree: (StructParents of its form, None for the page itself; MCID)."""


class StructureTree:
    """The tags of one document; every method does nothing for a document without tags."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        root = pdf.Root.get("/StructTreeRoot")
        self.root: Dictionary | None = root if isinstance(root, Dictionary) else None
        self.tree: NumberTree | None = None
        if self.root is not None:
            given = self.root.get("/ParentTree")
            if not isinstance(given, Dictionary) or not (given.keys() & {"/Nums", "/Kids"}):
                self.root["/ParentTree"] = pdf.make_indirect(Dictionary(Nums=Array([])))
            self.tree = NumberTree(self.root["/ParentTree"])

    def __bool__(self) -> bool:
        return self.root is not None

    def forget(self, page: pikepdf.Page, places: Iterable[Place]) -> None:
        """Drop the words that elements around removed content say about it (Alt, ActualText, E, T)."""
        for place in places:
            element = self._element(page, place)
            for _ in range(MOST_ANCESTORS):
                if not isinstance(element, Dictionary):
                    break
                _fall_silent(element)
                element = element.get("/P")

    def add_label(self, page: pikepdf.Page, owner: Place | None, words: str) -> int | None:
        """Give a label an element that reads `words`, after the removed content; its MCID, None without tags."""
        if self.root is None:
            return None
        parent = self._element(page, owner) if owner is not None else None
        if not isinstance(parent, Dictionary):
            parent = self._top()
        element = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Span, P=parent, Pg=page.obj, ActualText=String(words))
        )
        mcid = self._register(page, element)
        element["/K"] = mcid
        self._insert(parent, element, owner)
        return mcid

    def replace_page(self, page: pikepdf.Page) -> int | None:
        """Take the page's content out of the tree and give it one paragraph; the paragraph's MCID."""
        if self.root is None or self.tree is None:
            return None
        for element in self._elements():
            self._drop_content(element, page.obj)
        key = page.obj.get("/StructParents")
        if key is not None and int(key) in self.tree:
            self.tree[int(key)] = Array([])
        return self.add_paragraph(page)

    def add_paragraph(self, page: pikepdf.Page) -> int | None:
        """Give new content of a page a paragraph at the end of the document; its MCID, None without tags."""
        if self.root is None:
            return None
        paragraph = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=self._top(), Pg=page.obj))
        mcid = self._register(page, paragraph)
        paragraph["/K"] = mcid
        self._insert(self._top(), paragraph, None)
        return mcid

    def drop_objects(self, gone: set[tuple[int, int]]) -> None:
        """Take references to objects that are no longer there (annotations, form fields) out of the tree."""
        if not gone:
            return
        for element in self._elements():
            kids = element.get("/K")
            if isinstance(kids, Array):
                kept = [k for k in kids if not _refers(k, gone)]
                if len(kept) != len(kids):
                    element["/K"] = Array(kept)
            elif _refers(kids, gone):
                del element["/K"]

    def _element(self, page: pikepdf.Page, place: Place) -> Any:
        form_key, mcid = place
        key = form_key if form_key is not None else page.obj.get("/StructParents")
        if key is None or self.tree is None or int(key) not in self.tree:
            return None
        found = self.tree[int(key)]
        if isinstance(found, Array):
            return found[mcid] if 0 <= mcid < len(found) else None
        return found

    def _register(self, page: pikepdf.Page, element: Object) -> int:
        """Enter the element in the parent tree under a new MCID of the page."""
        assert self.tree is not None and self.root is not None  # noqa: S101  callers have checked
        if "/StructParents" not in page.obj:
            key = max([int(number(self.root.get("/ParentTreeNextKey"))), *(k + 1 for k in self.tree)])
            page.obj["/StructParents"] = key
            self.root["/ParentTreeNextKey"] = key + 1
        key = int(page.obj["/StructParents"])
        known = self.tree[key] if key in self.tree else None  # noqa: SIM401  pikepdf raises IndexError in get
        elements = list(known) if isinstance(known, Array) else []
        elements.append(element)
        self.tree[key] = Array(elements)
        return len(elements) - 1

    def _insert(self, parent: Dictionary, element: Object, after: Place | None) -> None:
        kids = parent.get("/K")
        listed = list(kids) if isinstance(kids, Array) else [] if kids is None else [kids]
        at = len(listed)
        for i, kid in enumerate(listed):
            if after is not None and _mcid(kid) == after[1]:
                at = i + 1
                break
        listed.insert(at, element)
        parent["/K"] = Array(listed)

    def _top(self) -> Dictionary:
        """The document element, made when the tree has none."""
        assert self.root is not None  # noqa: S101  callers have checked
        kids = self.root.get("/K")
        first = kids[0] if isinstance(kids, Array) and len(kids) else kids
        if isinstance(first, Dictionary):
            return first
        top = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=self.root, K=Array([])))
        self.root["/K"] = top
        return top

    def _elements(self) -> Iterator[Dictionary]:
        """Every element of the tree once."""
        seen: set[tuple[int, int]] = set()
        waiting: list[Any] = [self.root]
        while waiting and len(seen) < MOST_ELEMENTS:
            element = waiting.pop()
            if not isinstance(element, Dictionary):
                continue
            if element.is_indirect:
                if element.objgen in seen:
                    continue
                seen.add(element.objgen)
            yield element
            kids = element.get("/K")
            listed = list(kids) if isinstance(kids, Array) else [kids]
            waiting += [k for k in listed if isinstance(k, Dictionary) and k.get("/Type") not in ("/MCR", "/OBJR")]

    def _drop_content(self, element: Dictionary, page: Object) -> None:
        own = element.get("/Pg")
        kids = element.get("/K")
        listed = list(kids) if isinstance(kids, Array) else [] if kids is None else [kids]
        kept = [k for k in listed if not _on_page(k, own, page)]
        if len(kept) != len(listed):
            _fall_silent(element)
            element["/K"] = Array(kept)


def _fall_silent(element: Dictionary) -> None:
    """Drop what an element says about its content and its place; a picture says that part is gone (PDF/UA-1, 7.3)."""
    pictured = "/Alt" in element and str(element.get("/S")) in DESCRIBED
    for key in TELLING:
        if key in element:
            del element[key]
    if pictured:
        element["/Alt"] = String(PARTLY)
    else:
        _forget_places(element.get("/A"))


def _forget_places(attributes: Any) -> None:
    """Drop from an element's attributes how far its content reached."""
    for one in attributes if isinstance(attributes, Array) else [attributes]:
        if isinstance(one, Dictionary):
            for key in PLACING:
                if key in one:
                    del one[key]


def _mcid(kid: Any) -> int | None:
    if isinstance(kid, Dictionary):
        return int(number(kid.get("/MCID"), -1)) if kid.get("/Type") == "/MCR" else None
    return int(number(kid, -1)) if isinstance(kid, int) else None


def _on_page(kid: Any, own: Any, page: Object) -> bool:
    if isinstance(kid, Dictionary):
        if kid.get("/Type") not in ("/MCR", "/OBJR"):
            return False
        own = kid.get("/Pg", own)
    elif not isinstance(kid, int):
        return False
    return isinstance(own, Dictionary) and bool(own.objgen == page.objgen)


def _refers(kid: Any, gone: set[tuple[int, int]]) -> bool:
    if not isinstance(kid, Dictionary) or kid.get("/Type") != "/OBJR":
        return False
    target = kid.get("/Obj")
    return not isinstance(target, Dictionary) or target.objgen in gone
