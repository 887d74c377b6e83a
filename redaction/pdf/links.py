"""Annotations that may stay: links to web addresses and to pages of the document itself. All others are flattened."""

from __future__ import annotations

import re
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Stream, String

from redaction.pdf.borders import Track
from redaction.pdf.fields import widgets_of
from redaction.pdf.geometry import normal

KEYS = {
    "/Type", "/Subtype", "/Rect", "/Border", "/BS", "/C", "/H", "/QuadPoints", "/A", "/Dest", "/StructParent", "/P",
    "/F",
}  # fmt: skip
WEB = re.compile(r"https?://[^\s@]+$", re.IGNORECASE)


def is_safe_link(annotation: Any) -> bool:
    """Whether the annotation is a link to a web page (without a user name or e-mail address) or within the file."""
    if not isinstance(annotation, Dictionary) or annotation.get("/Subtype") != "/Link":
        return False
    action = annotation.get("/A")
    if not isinstance(action, Dictionary):
        return "/Dest" in annotation
    kind = action.get("/S")
    if kind == "/URI":
        return bool(WEB.match(str(action.get("/URI", ""))))
    return bool(kind == "/GoTo")


def clean_links(pdf: pikepdf.Pdf) -> None:
    """Keep only the allowed entries of the remaining links; named targets become page targets. Fields stay."""
    names = Destinations(pdf)
    for page in pdf.pages:
        links = page.obj.get("/Annots")
        if links is None:
            continue
        kept = [a for a in links if is_safe_link(a) and _clean(a, names)] if isinstance(links, Array) else []
        kept += widgets_of(page.obj)
        if kept:
            page.obj["/Annots"] = Array(kept)
        else:
            del page.obj["/Annots"]


def _clean(link: Dictionary, names: Destinations) -> bool:
    for key in list(link.keys()):
        if key not in KEYS:
            del link[key]
    action = link.get("/A")
    if isinstance(action, Dictionary) and action.get("/S") == "/URI":
        link["/A"] = Dictionary(S=Name.URI, URI=String(str(action["/URI"])))
        return True
    target = names.resolve(action.get("/D") if isinstance(action, Dictionary) else link.get("/Dest"))
    if "/A" in link:
        del link["/A"]
    if target is None:
        return False
    link["/Dest"] = target
    return True


def move_link(link: Dictionary, tracks: list[Track]) -> None:
    """Put a link where the words went that it lies over."""
    rect = normal([float(v) for v in link.get("/Rect", [0, 0, 0, 0])])
    track = next((t for t in tracks if t.holds(rect)), None)
    if track is None:
        return
    link["/Rect"] = Array([round(v, 3) for v in track.moved_box(rect)])
    corners = [float(v) for v in link.get("/QuadPoints", [])]
    points = [track.moved_point(x, y) for x, y in zip(corners[::2], corners[1::2], strict=False)]
    if points:
        link["/QuadPoints"] = Array([round(v, 3) for point in points for v in point])


class Destinations:
    """Named targets of a document, looked up before the names themselves go."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.old = pdf.Root.get("/Dests")
        names = pdf.Root.get("/Names")
        tree = names.get("/Dests") if isinstance(names, Dictionary) else None
        self.tree = NameTree(tree) if isinstance(tree, Dictionary) else None
        self.pages = {page.obj.objgen for page in pdf.pages}

    def resolve(self, target: Any) -> Array | None:
        """Page target (an array that begins with a page of this document) of a name, a string or an array."""
        try:
            if isinstance(target, Name):
                target = self.old.get(str(target)) if isinstance(self.old, Dictionary) else None
            elif isinstance(target, String):
                target = self.tree.get(str(target)) if self.tree is not None else None
            if isinstance(target, Dictionary):
                target = target.get("/D")
            if isinstance(target, Array) and len(target) and isinstance(target[0], Dictionary):
                if isinstance(target[0], Stream) or target[0].objgen not in self.pages:
                    return None
                rest = [v for v in list(target)[1:6] if not isinstance(v, String | Dictionary | Array)]
                return Array([target[0], *rest])
        except (pikepdf.PdfError, UnicodeDecodeError, ValueError, RuntimeError):
            return None
        return None
