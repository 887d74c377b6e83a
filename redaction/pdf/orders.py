"""What must go from a page or form, and what is known about it when its content is edited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from PIL import Image

from redaction.pdf.characters import NO_PLACES, Places
from redaction.pdf.content import FormUse
from redaction.pdf.geometry import Box
from redaction.pdf.pages import PageText
from redaction.pdf.raster_lines import Shifted


@dataclass
class Orders:
    """What must go from a page: the content of `boxes`, and what lies off the `visible` box or in a hidden layer."""

    boxes: list[Box]
    visible: Box
    trim: bool = True
    """Whether content off the page goes too."""
    width_defence: bool = False
    text: PageText | None = None
    """What PDFium reads on the page; tells how its lines are set, and moves those of a scan."""
    frame: Box | None = None
    """Of a form: outside it nothing is shown."""
    under: Places = field(default_factory=lambda: NO_PLACES)
    """Origins of the characters that the reader sees under the boxes: what hangs from its line reaches far from it."""
    picture: Callable[[float], Image.Image] | None = None
    """Draws the page in so many pixels for an inch, upright."""
    scan: Shifted | None = None
    """Where the words of a scan go of which text under the boxes was read."""

    def on(self, use: FormUse, boxes: list[Box]) -> Orders:
        """What must go from a form."""
        return replace(self, boxes=boxes, frame=use.box)

    @property
    def near(self) -> list[Box]:
        """Places where something changes."""
        return [*self.boxes, *(m.flow for m in self.scan.moves)] if self.scan else self.boxes
