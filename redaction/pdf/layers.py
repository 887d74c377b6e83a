"""Optional content: which layers a reader does not see (ISO 32000-2, 8.11)."""
from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary


class Layers:
    """Visibility of layers in a document as a viewer shows it on screen."""

    def __init__(self, pdf: pikepdf.Pdf | None = None) -> None:
        self.off: set[tuple[int, int]] = set()
        self.may_hide = False
        """Whether some content may be invisible: a layer is off, or content depends on several layers."""
        properties = pdf.Root.get("/OCProperties") if pdf is not None else None
        self.present = properties is not None
        if pdf is not None and isinstance(properties, Dictionary):
            self._read(properties)
            self.may_hide = bool(self.off) or any(_is_membership(o) for o in pdf.objects)

    def __bool__(self) -> bool:
        return self.present

    def _read(self, properties: Dictionary) -> None:
        groups = [g for g in _items(properties.get("/OCGs")) if isinstance(g, Dictionary)]
        default = properties.get("/D")
        if not isinstance(default, Dictionary):
            return
        if default.get("/BaseState") == "/OFF":
            shown = {g.objgen for g in _items(default.get("/ON")) if isinstance(g, Dictionary)}
            self.off = {g.objgen for g in groups} - shown
        self.off |= {g.objgen for g in _items(default.get("/OFF")) if isinstance(g, Dictionary)}
        for group in groups:
            usage = group.get("/Usage")
            view = usage.get("/View") if isinstance(usage, Dictionary) else None
            if isinstance(view, Dictionary) and view.get("/ViewState") == "/OFF" and self._automatic(default):
                self.off.add(group.objgen)

    @staticmethod
    def _automatic(default: Dictionary) -> bool:
        entries = [a for a in _items(default.get("/AS")) if isinstance(a, Dictionary)]
        return any(a.get("/Event") == "/View" for a in entries)

    def hides(self, group: Any, depth: int = 0) -> bool:
        """Whether content that belongs to this group or membership dictionary is invisible on screen."""
        if not isinstance(group, Dictionary) or depth > 20:
            return False
        if group.get("/Type") != "/OCMD":
            return group.objgen in self.off
        expression = group.get("/VE")
        if isinstance(expression, Array):
            return not self._shown(expression, depth + 1)
        given = group.get("/OCGs")
        members = [given] if isinstance(given, Dictionary) else [g for g in _items(given) if isinstance(g, Dictionary)]
        off = [g.objgen in self.off for g in members]
        if not off:
            return False
        policy = str(group.get("/P", "/AnyOn"))
        hidden = {"/AllOn": any(off), "/AnyOff": not any(off), "/AllOff": not all(off)}
        return hidden.get(policy, all(off))

    def _shown(self, expression: Any, depth: int) -> bool:
        if depth > 20:
            return True
        if isinstance(expression, Dictionary):
            return not self.hides(expression, depth)
        parts = list(expression)
        operator, rest = str(parts[0]) if parts else "", [self._shown(p, depth + 1) for p in parts[1:]]
        if operator == "/Not":
            return not (rest and rest[0])
        return any(rest) if operator == "/Or" else all(rest)


def _items(value: Any) -> list[Any]:
    return list(value) if isinstance(value, Array) else []


def _is_membership(item: Any) -> bool:
    return isinstance(item, Dictionary) and item.get("/Type") == "/OCMD"
