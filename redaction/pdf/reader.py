"""Reads the streams of one document without changing them: a page, its forms, and all that a page shows together."""

from __future__ import annotations

from typing import Any

from pikepdf import Dictionary

from redaction.pdf.content import Content, FormUse, NotUnderstood, Show
from redaction.pdf.geometry import IDENTITY, Box, Matrix, touches_any
from redaction.pdf.interpreter import FontCache, Interpreter
from redaction.pdf.layers import Layers
from redaction.pdf.lines import UNSEEN

DEEPEST = 20
"""Forms in forms that are followed."""
MOST_FORMS = 5000
"""Forms of one page that are read when it must be read whole."""


class Reader:
    """Reads content; each font of the document is read once."""

    def __init__(self, layers: Layers) -> None:
        self._fonts, self._layers = FontCache(), layers

    def read(self, source: Any, resources: Dictionary, ctm: Matrix = IDENTITY) -> Content:
        """A page or form taken apart; `ctm` maps its co-ordinates to the page."""
        return Interpreter(self._fonts, self._layers, resources, ctm).read(source)

    def all_shows(self, page: Any, resources: Dictionary) -> list[Show]:
        """All text of a page, also that in forms far from every box.

        Raises NotUnderstood when there are too many forms to read.
        """
        found: list[Show] = []
        waiting = [(self.read(page, resources), 0)]
        read = 0
        while waiting:
            content, depth = waiting.pop()
            found += content.shows
            read += len(content.forms)
            if depth > DEEPEST or read > MOST_FORMS:
                raise NotUnderstood("te diep genest")
            waiting += [(self._inside(use, content), depth + 1) for use in content.forms if not use.hidden]
        return found

    def read_from_picture(self, content: Content, box: Box, depth: int = 0) -> bool:
        """Whether text that was read from a picture lies under a box, and none that is shown."""
        shows = [s for s in content.shows if not s.hidden and touches_any(s.box, [box])]
        if any(s.state.mode != UNSEEN for s in shows) or depth > DEEPEST:
            return False
        inner = (u for u in content.forms if not u.hidden and touches_any(u.box, [box]))
        return bool(shows) or any(self.read_from_picture(self._inside(u, content), box, depth + 1) for u in inner)

    def _inside(self, use: FormUse, parent: Content) -> Content:
        return self.read(use.source, resources_of(use, parent.resources), use.ctm)


def resources_of(use: FormUse, parent: Dictionary) -> Dictionary:
    """The resources of a form; those of what it stands in where it has none."""
    own = use.source.get("/Resources")
    return own if isinstance(own, Dictionary) else parent
