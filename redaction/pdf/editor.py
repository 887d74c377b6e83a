"""Rewrites one content stream: text, images, shapes and nested forms lose what lies in the boxes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import ContentStreamInstruction, Dictionary, Name, Object, Operator, Stream

from redaction.pdf.assembly import assembled
from redaction.pdf.borders import Track, carried, drawn
from redaction.pdf.content import Content, FormUse, ImageUse, Mark, Marks, NotUnderstood, PathUse, Show, group_use
from redaction.pdf.geometry import IDENTITY, Box, Matrix, touches, touches_any
from redaction.pdf.images import ImageEditor
from redaction.pdf.ink import ink_under
from redaction.pdf.layers import Layers
from redaction.pdf.leftovers import shows_nothing
from redaction.pdf.lines import UNSEEN, Bar
from redaction.pdf.orders import Orders
from redaction.pdf.paths import EVEN_ODD, boxes_near, clip_outside, edit_path, may_show, stroke_outside
from redaction.pdf.patterns import Tiles, picture_pattern
from redaction.pdf.raster_lines import shift_lines
from redaction.pdf.reader import DEEPEST, Reader, resources_of
from redaction.pdf.shadings import Drawn, drawn_by, holds_drawing, painted, picture_of, place_of
from redaction.pdf.structure import TELLING, Place
from redaction.pdf.texts import StreamText

PATTERN_KEYS = ("/Type", "/PatternType", "/PaintType", "/TilingType", "/BBox", "/XStep", "/YStep", "/Matrix")
FORM_KEYS = ("/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/Group", "/StructParent", "/StructParents")


@dataclass
class Outcome:
    """What became of a stream. `instructions` is None when nothing changed."""

    instructions: list[Any] | None
    resources: Dictionary
    marks: set[Mark] = field(default_factory=set)
    places: set[Place] = field(default_factory=set)
    """Structure places that lost content."""
    owners: dict[Box, Place] = field(default_factory=dict)
    """For a box, the structure place of the first thing it removed."""
    bars: list[Bar] = field(default_factory=list)
    tracks: list[Track] = field(default_factory=list)
    """Where the words of each line went that moved."""
    moved: dict[Box, Box] = field(default_factory=dict)
    """Boxes on a scan that cover a wider gap than they were drawn for."""
    unseen: list[tuple[str, Box]] = field(default_factory=list)
    """Words of a scan that are to be written anew, unseen."""
    removed: int = 0
    swallowed: int = 0
    """Words beside the boxes that went for want of room."""
    shows: list[Show] = field(default_factory=list)
    """All text that was read, also in forms."""
    unread: list[Box] = field(default_factory=list)
    """Where the forms stand that were not read."""


class ContentEditor:
    """Edits the content of one document; forms that are used alike are edited once and shared ones are copied."""

    def __init__(self, pdf: pikepdf.Pdf, layers: Layers) -> None:
        self.pdf, self.layers = pdf, layers
        self.reader = Reader(layers)
        self.images = ImageEditor(pdf)
        self.touched_fonts: set[tuple[int, int]] = set()
        """Object numbers of the fonts that lost text."""
        self.covered_images: list[Any] = []
        """Images that a box covered, wholly or in part."""
        self._forms: dict[Any, tuple[Object | None, Outcome]] = {}
        self._made = 0

    def edit_page(self, page: pikepdf.Page, resources: Dictionary, orders: Orders, *, whole: bool = False) -> Outcome:
        """Read and edit a page's content; with `whole` the operators come also when nothing changed.

        Raises NotUnderstood when the page must become an image.
        """
        return self._edit(page, resources, IDENTITY, orders, 0, whole=whole)

    def _edit(
        self, source: Any, resources: Dictionary, ctm: Matrix, orders: Orders, depth: int, *, whole: bool = False
    ) -> Outcome:
        if depth > DEEPEST:
            raise NotUnderstood("te diep genest")
        content = self.reader.read(source, resources, ctm)
        key = source.get("/StructParents") if depth else None
        if not depth and orders.width_defence and orders.text is not None:
            may = content.forms or any(s.state.mode == UNSEEN for s in content.shows)
            read = [b for b in orders.boxes if may and self.reader.read_from_picture(content, b)]
            if read and orders.picture is not None:
                ink = ink_under(read, content.images, orders.picture, orders.text.crop)
                orders.scan = shift_lines(orders.text, read, ink=ink)
        return _Task(self, content, ctm, orders, depth, int(key) if key is not None else None).run(whole)

    def edit_form(self, use: FormUse, parent: Dictionary, orders: Orders, depth: int) -> tuple[Object | None, Outcome]:
        """(new form or None when it can stay, what happened) for a form at one place."""
        near = [b for b in orders.boxes if touches_any(use.box, [b])]
        moves = tuple(orders.scan.moves) if orders.scan else ()
        key = (use.source.objgen, tuple(round(v, 4) for v in use.ctm), tuple(near), moves)
        if use.source.objgen != (0, 0) and key in self._forms:
            return self._forms[key]
        resources = resources_of(use, parent)
        outcome = self._edit(use.source, resources, use.ctm, orders.on(use, near), depth + 1)
        made: Object | None = None
        if outcome.instructions is not None:
            made = Stream(self.pdf, pikepdf.unparse_content_stream(outcome.instructions))
            for name in FORM_KEYS:
                if name in use.source:
                    made[name] = use.source[name]
            made["/Resources"] = Dictionary(dict(outcome.resources.items()))  # its own: unused names leave it
            made = self.pdf.make_indirect(made)
        self._forms[key] = (made, outcome)
        return self._forms[key]

    def new_name(self, kind: str, table: Dictionary) -> str:
        """A name that nothing else has in a table of resources, also when the file went through here before."""
        name = ""
        while not name or name in table:
            self._made += 1
            name = f"/Lak{kind}{self._made}"
        return name


class _Task:
    """The edit of one stream: decide first, then write all changes at once."""

    def __init__(
        self, editor: ContentEditor, content: Content, ctm: Matrix, orders: Orders, depth: int, parents: int | None
    ) -> None:
        self.editor, self.content, self.ctm, self.orders, self.depth = editor, content, ctm, orders, depth
        self.parents = parents
        self.changes: dict[int, list[Any]] = {}
        self.dropped: list[tuple[int, int]] = []
        self.outcome = Outcome(None, content.resources, shows=list(content.shows))
        self.text = StreamText(content, orders.boxes, orders.visible, ctm, moves=orders.width_defence)
        self._own: set[str] = set()

    def run(self, whole: bool) -> Outcome:
        """Edit everything and put the stream together."""
        self._masks()
        self._texts()
        self._images()
        self._forms()
        self._paths()
        self._shadings()
        self._marks()
        self._drop_unused_properties()
        if self.changes or self.dropped or whole:
            self.outcome.instructions = assembled(self.content, self.changes, self.dropped)
        return self.outcome

    # text -----------------------------------------------------------------------------------------------------------
    def _texts(self) -> None:
        orders, text = self.orders, self.text
        text.remove(orders.under, trim=orders.trim)
        if text.hit and orders.width_defence:
            self.outcome.bars += text.set_anew(orders.text, orders.frame)
            self.outcome.tracks += text.tracks
            self.outcome.swallowed += text.swallowed
        if orders.scan is not None:
            text.move_scan(orders.scan)
            if not self.depth:
                self.outcome.moved, self.outcome.unseen = orders.scan.went, orders.scan.words
                self.outcome.swallowed += len(orders.scan.swallowed)
        writer = text.rewritten()
        self.changes.update(writer.changes)
        for run in writer.written:
            show = run.show
            self.outcome.removed += sum(g.removed and not g.blank for g in run.glyphs)
            if any(g.removed for g in run.glyphs):
                self._hit(show.marks, show.box)
                font = show.state.font
                if font is not None and font.source.is_indirect:
                    self.editor.touched_fonts.add(font.source.objgen)

    # images, forms, shapes ------------------------------------------------------------------------------------------
    def _images(self) -> None:
        for use in self.content.images:
            off = self.orders.trim and not touches_any(use.box, [self.orders.visible])
            if use.hidden or off:
                self._drop(use.index, use.marks)
                continue
            scan = self.orders.scan
            gone = [*self.orders.boxes, *scan.swallowed] if scan else self.orders.boxes
            boxes = self.editor.images.covered(use.ctm, gone)
            moves = [m for m in scan.moves if touches(m.flow, use.box)] if scan else []
            if not boxes and not moves:
                continue
            self.editor.covered_images.append(use.source)
            if self.editor.images.wholly_covered(use.ctm, boxes):
                self._drop(use.index, use.marks, use.box)
                continue
            made = self.editor.images.blanked(use.source, use.ctm, boxes, self.content.resources, moves)
            self._replace(use, made, "Im")

    def _forms(self) -> None:
        told: set[int] = set()
        for use in self.content.forms:
            gone = use.hidden or (self.orders.trim and not touches_any(use.box, [self.orders.visible]))
            if gone:
                self._drop(use.index, use.marks)
            if gone or not (self.editor.layers or touches_any(use.box, self.orders.near) or self._hangs_out(use.box)):
                self.outcome.unread.append(use.box)
                continue
            made, outcome = self._edit_inside(use)
            if id(outcome) not in told:  # not again, for forms may double without end
                told.add(id(outcome))
                self.outcome.shows += outcome.shows
                self.outcome.unread += outcome.unread
            if made is not None and shows_nothing(outcome.instructions or []):
                # its place and size would tell those of what went
                self._drop(use.index, use.marks, use.box)
            elif made is not None:
                self._replace(use, made, "Fm")

    def _edit_inside(self, use: FormUse) -> tuple[Object | None, Outcome]:
        """The form without what lies in the boxes, None when it can stay; what happened is noted here too."""
        made, outcome = self.editor.edit_form(use, self.content.resources, self.orders, self.depth)
        self.outcome.bars += outcome.bars
        self.outcome.tracks += outcome.tracks
        self.outcome.removed += outcome.removed
        self.outcome.swallowed += outcome.swallowed
        self.outcome.places |= outcome.places
        for box, place in outcome.owners.items():
            self.outcome.owners.setdefault(box, place)
        return made, outcome

    def _hangs_out(self, box: Box) -> bool:
        x0, y0, x1, y1 = self.orders.visible
        return self.orders.trim and (box[0] < x0 - 1 or box[1] < y0 - 1 or box[2] > x1 + 1 or box[3] > y1 + 1)

    def _paths(self) -> None:
        taken: dict[tuple[int, int], Stream] = {}
        kept: set[tuple[int, int]] = set()
        boxes = [*self.orders.boxes, *(bar.box for bar in self.outcome.bars)]  # a rule ends where its word did
        for drawing in self.content.paths:
            off = self.orders.trim and not may_show(drawing, self.orders.visible)
            if (drawing.hidden or off) and not drawing.clips:
                self.dropped.append((drawing.first, drawing.index))
                self._hit(drawing.marks if drawing.hidden else ())
                continue
            went = carried(drawing, self.text.tracks)
            path = went or drawing
            near = boxes_near(path, boxes)
            shade = drawn_by(path, self.ctm, self.orders.boxes, self.orders.visible) if self.orders.boxes else None
            pattern = picture_pattern(path, self.ctm) if near and not path.clips and shade is None else None
            if pattern is not None:
                taken[pattern.objgen] = pattern
            elif isinstance(path.paint.fill_pattern, Stream):
                kept.add(path.paint.fill_pattern.objgen)
            edited: list[Any] | None
            if shade is not None:
                edited = self._within(path, near, self._shaded(shade, path.ctm))
            elif pattern is not None:
                edited = self._tiled(path, pattern, near)
            else:
                edited = edit_path(path, near)
            if edited is None and went is not None:
                edited = drawn(went)
            if edited is not None:
                self.dropped.append((path.first, path.index))
                self.changes[path.index] = edited
                self._hit(path.marks, path.box)
        if self.content.unpainted is not None:
            self.dropped.append((self.content.unpainted, len(self.content.instructions) - 1))
        for key in taken.keys() - kept:
            self._empty(taken[key])

    def _empty(self, pattern: Stream) -> None:
        """Leave a pattern that nothing is painted with any more without content."""
        table = self._own_table("/Pattern")
        names = [n for n, item in table.items() if isinstance(item, Stream) and item.objgen == pattern.objgen]
        for name in names:
            bare = Stream(self.editor.pdf, b"", Resources=Dictionary())
            for key in PATTERN_KEYS:
                if key in pattern:
                    bare[key] = pattern[key]
            table[name] = self.editor.pdf.make_indirect(bare)

    def _tiled(self, path: PathUse, pattern: Stream, boxes: list[Box]) -> list[Any]:
        """The shape outside the boxes, filled with the tiles of its pattern, each without what lies in the boxes."""
        tiles = Tiles(self.editor.pdf, path, pattern, self.ctm)
        names = []
        for use in tiles.uses:
            made = self._edit_inside(use)[0] if touches_any(use.box, boxes) else None
            names.append(self._enter("/XObject", "Pt", made if made is not None else tiles.form))
        space = "" if tiles.space is None else self._enter("/ColorSpace", "Cs", tiles.space)
        return self._within(path, boxes, tiles.paint(names, space))

    @staticmethod
    def _within(path: PathUse, boxes: list[Box], filling: list[Any]) -> list[Any]:
        """The shape outside the boxes, filled by these operators."""
        save, restore = (ContentStreamInstruction([], Operator(o)) for o in "qQ")
        clip = clip_outside(path, boxes, "W*" if path.operator in EVEN_ODD else "W")
        return [save, *clip, *filling, restore, *stroke_outside(path, boxes)]

    def _shadings(self) -> None:
        for use in self.content.shadings:
            if use.hidden:
                self._drop(use.index, use.marks)
            elif holds_drawing(use.source) and touches_any(place_of(use.source, use.ctm), self.orders.boxes):
                self.changes[use.index] = self._shaded(Drawn(use.source, use.ctm, self.orders.visible), use.ctm)
                self._hit(use.marks, place_of(use.source, use.ctm))

    def _shaded(self, drawn: Drawn, ctm: Matrix) -> list[Any]:
        """A shading as a picture without what lies in the boxes."""
        made = picture_of(self.editor.pdf, self.editor.images, drawn, self.orders.boxes)
        if made is None:
            return []
        return painted(self._enter("/XObject", "Sh", made[0]), made[1], ctm)

    def _masks(self) -> None:
        for use in self.content.masks:
            place = group_use(use.group, use.ctm)
            if not touches_any(place.box, self.orders.boxes):
                continue
            made, _ = self.editor.edit_form(place, self.content.resources, self.orders, self.depth)
            if made is None:
                continue
            state = Dictionary(dict(use.state.items()))
            state["/SMask"] = Dictionary(dict(use.state["/SMask"].items()))
            state["/SMask"]["/G"] = made
            name = self._enter("/ExtGState", "Gs", state)
            self.changes[use.index] = [ContentStreamInstruction([Name(name)], Operator("gs"))]

    # writing --------------------------------------------------------------------------------------------------------
    def _replace(self, use: ImageUse | FormUse, made: Object, kind: str) -> None:
        name = self._enter("/XObject", kind, made)
        self.changes[use.index] = [ContentStreamInstruction([Name(name)], Operator("Do"))]
        self._hit(use.marks, use.box)

    def _enter(self, kind: str, stem: str, value: Any) -> str:
        """Put something in a resource table of this stream; the name that it got."""
        table = self._own_table(kind)
        name = self.editor.new_name(stem, table)
        table[name] = value
        return name

    def _own_table(self, kind: str) -> Dictionary:
        """A resource table of this stream alone, so that other users of the original keep theirs."""
        if not self._own:
            self.outcome.resources = Dictionary(dict(self.outcome.resources.items()))
        if kind not in self._own:
            self._own.add(kind)
            shared = self.outcome.resources.get(kind)
            items = dict(shared.items()) if isinstance(shared, Dictionary) else {}
            self.outcome.resources[kind] = Dictionary(items)
        found: Dictionary = self.outcome.resources[kind]
        return found

    def _drop(self, index: int, marks: Marks, box: Box | None = None) -> None:
        self.changes[index] = []
        self._hit(marks, box)

    def _hit(self, marks: Marks, box: Box | None = None) -> None:
        """Note that content in these marks, at this place on the page, lost something."""
        self.outcome.marks.update(marks)
        found = [(self.parents, m.mcid) for m in marks if m.mcid is not None and m.mcid >= 0]
        self.outcome.places.update(found)
        if found and box is not None:
            for order in self.orders.boxes:
                if touches(box, order):
                    self.outcome.owners.setdefault(order, found[-1])

    def _marks(self) -> None:
        """Property lists that may repeat in words what was removed lose those words; layer marks go altogether."""
        for mark in self.content.marks:
            if mark.tag == "/OC":
                self.changes[mark.index] = [ContentStreamInstruction([Name.Span], Operator("BMC"))]
                continue
            if mark not in self.outcome.marks or mark.properties is None:
                continue
            if any(k in mark.properties for k in TELLING):
                rest = Dictionary({k: v for k, v in mark.properties.items() if k not in TELLING})
                instruction = ContentStreamInstruction([Name(mark.tag), rest], Operator("BDC"))
                self.changes[mark.index] = [instruction]

    def _drop_unused_properties(self) -> None:
        """Property lists that no mark uses are seen by nobody, so they go."""
        listed = self.content.resources.get("/Properties")
        names = list(listed.keys()) if isinstance(listed, Dictionary) else []
        unused = [n for n in names if n not in self.content.properties]
        if unused:
            table = self._own_table("/Properties")
            for name in unused:
                del table[name]
