"""What a content stream shows and where: each element keeps the place of its operators, so that it can be rewritten."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pikepdf import Array, Dictionary, Stream

from redaction.pdf.fonts import Font, number
from redaction.pdf.geometry import Box, Matrix, Point, bounds, grown, intersection, multiply, quad, touches

OPERATORS = frozenset(
    "b B b* B* BDC BMC BT c cm CS cs d d0 d1 Do EMC ET f F f* G g gs h i j J K k l m M n q Q re RG rg ri s S SC sc SCN "
    "scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"".split()
)
"""All that draw or set something; points of marked content (MP, DP) and compatibility sections (BX, EX) do not."""

RIM = 1.0
"""Points beside a clip that viewers may still colour."""


class NotUnderstood(Exception):
    """Content that the interpreter cannot redact with certainty; the page must become an image."""


class TextState(NamedTuple):
    """Text parameters (ISO 32000-2, 9.3); `scale` is Tz / 100."""

    font: Font | None = None
    size: float = 0.0
    char_space: float = 0.0
    word_space: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: float = 0.0
    """Rendering mode; 3 is text that is not shown, as under a scan."""


class Dash(NamedTuple):
    """How a line is broken: lengths of strokes and gaps in turn, and how far into them a line begins (user space)."""

    lengths: tuple[float, ...] = ()
    start: float = 0.0


class Paint(NamedTuple):
    """Graphics parameters that matter for what a path shows."""

    line_width: float = 1.0
    dash: Dash = Dash()
    fill_pattern: Any = None
    stroke_pattern: Any = None
    space: Any = None
    """Colour space of fills where it is not one of the device's."""
    values: tuple[Any, ...] = ()
    """The numbers that colour a pattern without a colour of its own."""
    clip: Box | None = None
    """Outside it the clips so far let nothing show; None where nothing clips."""

    def clipped(self, place: Box) -> Paint:
        """The same where a shape of this size clips too."""
        return self._replace(clip=place if self.clip is None else intersection(self.clip, place))

    def cuts_off(self, place: Box) -> bool:
        """Whether the clips let nothing show of a place, nor of its rim."""
        return self.clip is not None and not touches(grown(place, RIM), self.clip)


@dataclass(slots=True, eq=False)
class Mark:
    """A marked-content sequence: where it begins, its property list, and what it belongs to."""

    index: int
    tag: str
    properties: Dictionary | None
    mcid: int | None
    hidden: bool
    end: int = -1


Marks = tuple[Mark, ...]


@dataclass(slots=True, eq=False)
class Show:
    """One text-showing operator. `items` are byte strings and TJ numbers; `matrix` is the text matrix at its start.

    `pens` are how far the pen has gone from there before each glyph, and `end` after the last, in text space. Shows
    with the same `chain` follow each other without a positioning operator in between.
    """

    index: int
    operator: str
    items: list[bytes | float]
    state: TextState
    matrix: Matrix
    ctm: Matrix
    box: Box
    chain: int
    marks: Marks
    hidden: bool
    pens: list[float]
    end: float


@dataclass(slots=True, eq=False)
class Step:
    """An operator that places or spaces text: BT Tm Td TD T* ' " Tc Tw cm, and q and Q that keep the last three.

    `chain` is that of the Shows after it, and `matrix` the line matrix then; of cm its own. `body` counts text objects.
    """

    index: int
    operator: str
    chain: int
    body: int
    matrix: Matrix
    leading: float


@dataclass(slots=True, eq=False)
class ImageUse:
    """An image painted into the unit square of `ctm`; `name` is None for an inline image."""

    index: int
    name: str | None
    source: Any
    ctm: Matrix
    box: Box
    marks: Marks
    hidden: bool


@dataclass(slots=True, eq=False)
class FormUse:
    """A form XObject; `ctm` already holds the form's own matrix."""

    index: int
    name: str
    source: Stream
    ctm: Matrix
    box: Box
    marks: Marks
    hidden: bool


@dataclass(slots=True, eq=False)
class Segment:
    """One path operator (m, l, c, v, y, h, re) with its numbers in the stream's own coordinates."""

    operator: str
    values: tuple[float, ...]


@dataclass(slots=True, eq=False)
class PathUse:
    """A path from its first operator `first` to its painting operator `index`."""

    first: int
    index: int
    operator: str
    segments: list[Segment]
    paint: Paint
    ctm: Matrix
    box: Box
    clips: str
    """W or W* when the path also clips what follows, else empty."""
    marks: Marks
    hidden: bool


@dataclass(slots=True, eq=False)
class ShadingUse:
    """A shading painted over the whole clip."""

    index: int
    source: Any
    ctm: Matrix
    marks: Marks
    hidden: bool


@dataclass(slots=True, eq=False)
class MaskUse:
    """A soft mask: the graphics state that sets it, its group, and the matrix in force then."""

    index: int
    state: Dictionary
    group: Stream
    ctm: Matrix


@dataclass(slots=True)
class Content:
    """A content stream taken apart. `instructions` are pikepdf's; the lists are in order of appearance."""

    instructions: list[Any]
    operators: list[str]
    """The operator of each instruction; nothing for what is no word."""
    resources: Dictionary
    shows: list[Show] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    images: list[ImageUse] = field(default_factory=list)
    forms: list[FormUse] = field(default_factory=list)
    paths: list[PathUse] = field(default_factory=list)
    shadings: list[ShadingUse] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    masks: list[MaskUse] = field(default_factory=list)
    properties: set[str] = field(default_factory=set)
    """Names of the property lists that marks use."""
    loose: list[int] = field(default_factory=list)
    """Q and EMC operators that close nothing."""
    unclosed: tuple[int, int] = (0, 0)
    """How many q and BMC/BDC are left open at the end."""
    in_text: bool = False
    """Whether a text object is left open at the end."""
    unpainted: int | None = None
    """Where a path begins that is never painted."""


def entry_of(resources: Dictionary, kind: str, name: Any) -> Any:
    """The resource of this kind that a name operand stands for; None when there is none."""
    table = resources.get(kind)
    if not isinstance(table, Dictionary):
        return None
    try:
        return table.get(name)
    except (UnicodeDecodeError, ValueError, TypeError):
        return None


def named(instruction: Any) -> str:
    """The operator of an instruction; nothing for what is no word."""
    try:
        return str(instruction.operator)
    except UnicodeDecodeError:
        return ""


def dash_of(values: Any) -> Dash:
    """The dash pattern that `d` or a graphics state sets; none for one that no viewer draws."""
    listed = list(values)
    if len(listed) < 2 or not isinstance(listed[0], Array):
        return Dash()
    lengths = tuple(number(v) for v in listed[0])
    return Dash(lengths, number(listed[1])) if min(lengths, default=0.0) >= 0 and sum(lengths) > 0 else Dash()


def segment_points(segment: Segment) -> list[Point]:
    """Points of a path operator in the stream's own coordinates (control points included)."""
    v = segment.values
    if segment.operator == "re":
        return [(v[0], v[1]), (v[0] + v[2], v[1]), (v[0] + v[2], v[1] + v[3]), (v[0], v[1] + v[3])]
    return [(v[i], v[i + 1]) for i in range(0, len(v) - 1, 2)]


def group_use(group: Stream, ctm: Matrix) -> FormUse:
    """The group of a soft mask as a form at the place where it is set."""
    given = [float(v) for v in group.get("/Matrix", [1, 0, 0, 1, 0, 0])]
    placed = multiply((given[0], given[1], given[2], given[3], given[4], given[5]), ctm)
    box = [float(v) for v in group.get("/BBox", [0, 0, 0, 0])]
    return FormUse(0, "", group, placed, bounds(quad(placed, box[0], box[1], box[2], box[3])), (), False)
