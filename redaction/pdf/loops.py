"""Forms that draw themselves, straight or through others, which the format forbids: readers stop at other rounds."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Dictionary, Stream

from redaction.pdf.unseen import names_in

DEEPEST = 60
"""Forms in forms that are looked at; PDFium draws no deeper than 40."""
Key = tuple[int, int]


def break_loops(pdf: pikepdf.Pdf) -> bool:
    """Let no form draw itself again, so that every reader shows it once; whether any did."""
    walk = _Walk()
    for page in pdf.pages:
        resources = page.obj.get("/Resources")
        if isinstance(resources, Dictionary):
            for form in _forms(resources).values():
                walk.visit(form, resources)
    return walk.found


class _Walk:
    def __init__(self) -> None:
        self.found = False
        self._around: list[Key] = []
        self._done: set[Key] = set()

    def visit(self, form: Stream, outer: Dictionary) -> None:
        """Cut the names by which a form, and those in it, call what they are a part of."""
        if form.objgen in self._done or len(self._around) >= DEEPEST:
            return
        own = form.get("/Resources")
        resources = own if isinstance(own, Dictionary) else outer
        called = _called(form, _forms(resources))
        self._around.append(form.objgen)
        loops = {name for name, other in called.items() if other.objgen in self._around}
        for name in called.keys() - loops:
            self.visit(called[name], resources)
        self._done.add(self._around.pop())
        if loops:
            self.found = True
            table = {k: v for k, v in resources["/XObject"].items() if k not in loops}
            form["/Resources"] = Dictionary({**dict(resources.items()), "/XObject": Dictionary(table)})


def _forms(resources: Dictionary) -> dict[str, Any]:
    table = resources.get("/XObject")
    listed = table.items() if isinstance(table, Dictionary) else ()
    return {k: v for k, v in listed if isinstance(v, Stream) and v.get("/Subtype") == "/Form"}


def _called(form: Stream, forms: dict[str, Any]) -> dict[str, Any]:
    """Those of the forms that the content of a form calls for."""
    try:
        names = names_in(form.read_bytes()) if forms else set()
    except pikepdf.PdfError:  # nobody draws what cannot be unpacked
        return {}
    return {name: other for name, other in forms.items() if name in names}
