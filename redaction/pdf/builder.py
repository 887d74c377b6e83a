"""Makes the redacted document: page by page without what lies in the boxes, then cleaned and written whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary, Stream

from redaction.pdf.agreement import agree, drawn_under
from redaction.pdf.borders import Track
from redaction.pdf.characters import NO_PLACES, Places
from redaction.pdf.cleaning import TITLE, clean_document
from redaction.pdf.content import NotUnderstood
from redaction.pdf.editor import ContentEditor, Outcome
from redaction.pdf.fields import Fields, widgets_of
from redaction.pdf.flatten import flatten
from redaction.pdf.fontcensus import own_fonts
from redaction.pdf.fontprune import prune_fonts
from redaction.pdf.geometry import Box, normal, touches, union, within
from redaction.pdf.hidden_words import HiddenWords, not_kept, words_of
from redaction.pdf.labels import BETWEEN, FONT_NAME, LabelFont, Sign, Surroundings, draw_signs, spoken
from redaction.pdf.layers import Layers
from redaction.pdf.lines import OVERLAP
from redaction.pdf.links import move_link
from redaction.pdf.loops import break_loops
from redaction.pdf.opening import open_pdf
from redaction.pdf.orders import Orders
from redaction.pdf.page_boxes import crop_box, own_attributes, rotation
from redaction.pdf.pages import PageText
from redaction.pdf.plan import Item, Plan
from redaction.pdf.raster import Scene, is_light, rasterise, take_scene, write_unseen
from redaction.pdf.raster_lines import move_pixels, shift_lines
from redaction.pdf.render import PdfRenderer
from redaction.pdf.snapping import snap_boxes
from redaction.pdf.structure import Place, StructureTree
from redaction.pdf.textfont import TextFont
from redaction.pdf.titles import harmless_title
from redaction.pdf.trimming import trim_pages
from redaction.pdf.twins import Twins
from redaction.pdf.unseen import drop_unseen

MOST_PACKED_ANEW = 500_000
"""Bytes of a file up to which its streams are packed anew when it grew."""
LOOK = 100
"""Resolution (dpi) at which a place for a label is looked at."""
VERSION = "1.7"
"""Of the format that the result says to follow, unless the source follows a later one."""
UNREAD = (
    "Pagina {} is een beeld zonder tekst. Wat naast een vak staat, kan niet schuiven: de plaats ervan kan verraden hoe "
    "lang het gelakte woord is. Laat de pagina eerst met OCR lezen, of maak het vak ruimer."
)
DIFFERS = "de tekst staat niet overal waar de lezer haar ziet"


@dataclass
class Built:
    """What the builder did: the engine of each page with boxes, why a page became an image, and how much went.

    `uncut` are pages with a font that still holds letters that went: they must become images.
    """

    pages: int = 0
    removed: int = 0
    engines: dict[int, str] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    uncut: set[int] = field(default_factory=set)


class Builder:
    """One attempt at the redacted file. `images` are pages that must become pictures."""

    def __init__(
        self, source: Path, plan: Plan, work: Path, *, width_defence: bool, password: str | None, images: dict[int, str]
    ) -> None:
        self.plan, self.work, self.width_defence = plan, work, width_defence
        self.images, self.source = images, source
        self.built = Built()
        opened = open_pdf(source, password)
        self.pdf, self.title = opened.pdf, opened.title
        looped = break_loops(self.pdf)
        self.layers = Layers(self.pdf)
        self.universal = _says_universal(self.pdf)
        had_notes = any("/Annots" in page.obj for page in self.pdf.pages)
        allow = _Secrets(source, plan, password).allow
        boxes = {page: [b for i in items for b in i.boxes] for page, items in plan.pages().items()}
        fields = Fields(self.pdf, boxes, allow, lines=width_defence)
        dropped, self.gone = flatten(self.pdf, allow, fields.stays)
        self.built.notes += [d.why for d in dropped if d.kind == "form"]
        own_fonts(self.pdf)
        self.untrimmed = trim_pages(self.pdf, self.layers)[1] if self.layers.may_hide else []
        self.base = source
        if had_notes or looped or opened.repaired or opened.encrypted or self.layers.may_hide:
            self.base = work / "base.pdf"
            self.pdf.save(self.base, encryption=False, compress_streams=False, fix_metadata_version=False)
        self.editor = ContentEditor(self.pdf, self.layers)
        self.twins = Twins()
        self.tree = StructureTree(self.pdf)
        self.text_font = TextFont(self.pdf)
        self.tree.drop_objects(self.gone)
        self.covered: list[str] = []
        self.texts: dict[int, PageText] = {}
        self.boxes: dict[int, list[Box]] = {}

    def build(self, target: Path, title: str | None = TITLE) -> Built:
        """Write the redacted document to `target`; None as title keeps its own, if that tells nothing."""
        self.built.pages = len(self.pdf.pages)
        self.font = LabelFont(self.pdf)
        items = self.plan.pages()
        if any(index >= len(self.pdf.pages) for index in items):
            raise ValueError("Het lakplan noemt een pagina die niet bestaat.")
        with PdfRenderer(self.base) as renderer:
            self.renderer = renderer
            for index, page in enumerate(self.pdf.pages):
                self._page(index, page, items.get(index, []))
                while self.editor.covered_images:
                    self.twins.touch(self.editor.covered_images.pop(), index)
            said = named = [i.text for i in self.plan.items if i.text]
            kept: set[str] = set()
            for text in self.texts.values():
                kept |= words_of(self._visible(text.index))
            title = self._own_title(named) if title is None else title
            if not self.plan.gone_everywhere:
                named = not_kept(named, frozenset(kept))
            hidden = HiddenWords(named, self.covered, frozenset(kept))
            # Before the fonts are counted: a form that was rewritten still hangs in its page's resources.
            self.pdf.remove_unreferenced_resources()
            drop_unseen(self.pdf, hidden, HiddenWords(said, (), on_the_page=True))
            self.built.notes += self.twins.notes(self.pdf)
            self.font.embed()
            whole = prune_fonts(self.pdf, self.editor.touched_fonts)
            self.built.uncut = {i for i, p in enumerate(self.pdf.pages) if whole & fonts_in(p.obj.get("/Resources"))}
            if whole and not self.built.uncut:  # shown by a pattern or a mask
                self.built.uncut = set(range(self.built.pages))
            universal = self.universal and "image" not in self.built.engines.values()
            clean_document(self.pdf, hidden, self._visible, title=title, universal=universal)
        self._save(target)
        return self.built

    def _own_title(self, named: list[str]) -> str:
        """The title of the source, told in the notes so that somebody looks at it, or the fixed one."""
        own = harmless_title(self.title, named, self.covered)
        if own:
            self.built.notes.append(f"De titel van het bestand is gebleven: {own}")
        return own or TITLE

    def _save(self, target: Path) -> None:
        """Write the file; where it grew, what the writer of the source packed loosely is packed anew."""
        options: dict[str, Any] = {
            "encryption": False, "object_stream_mode": pikepdf.ObjectStreamMode.generate, "compress_streams": True,
            "deterministic_id": True, "min_version": VERSION,
        }  # fmt: skip
        self.pdf.save(target, **options)
        if self.source.stat().st_size < target.stat().st_size <= MOST_PACKED_ANEW:
            pikepdf.settings.set_flate_compression_level(9)
            try:
                self.pdf.save(target, recompress_flate=True, **options)
            finally:
                pikepdf.settings.set_flate_compression_level(-1)

    def close(self) -> None:
        """Give the source back."""
        self.pdf.close()

    # pages ----------------------------------------------------------------------------------------------------------
    def _page(self, index: int, page: pikepdf.Page, items: list[Item]) -> None:
        own_attributes(page)
        crop = crop_box(page)
        given = [(box, item.code) for item in items for box in item.boxes]
        boxes: list[Box] = []
        origins = NO_PLACES
        if given:
            text, origins = self.renderer.text_with_origins(index)
            self.texts[index] = text
            snapped = snap_boxes([b for b, _ in given], text)
            given = [(snapped[b], code) for b, code in given]
            boxes = self.boxes[index] = [b for b, _ in given]
            self.covered += text.stretches(boxes)
            if self.width_defence and not text.text.strip():
                self.built.notes.append(UNREAD.format(index + 1))
        orders = Orders(
            boxes, crop, width_defence=self.width_defence, text=self.texts.get(index),
            under=drawn_under(origins, boxes), picture=partial(self.renderer.upright, index),
        )  # fmt: skip
        try:
            if index in self.images:
                raise NotUnderstood(self.images[index])
            outcome = self._content(page, orders)
            if given and not self._agrees(page, outcome, origins, crop):
                raise NotUnderstood(DIFFERS)
        except NotUnderstood as error:
            self._image_page(index, page, given, str(error))
            return
        except Exception as error:  # hostile content: whatever fails, the page becomes an image
            self._image_page(index, page, given, f"inhoud niet te lezen ({type(error).__name__})")
            return
        page.obj["/Resources"] = outcome.resources
        if outcome.instructions is not None:
            self._write(index, page, outcome, given)

    def _content(self, page: pikepdf.Page, orders: Orders) -> Outcome:
        return self.editor.edit_page(page, _resources(page), orders, whole=bool(orders.boxes))

    def _agrees(self, page: pikepdf.Page, outcome: Outcome, origins: Places, crop: Box) -> bool:
        """Whether PDFium puts the text where we do; text that the edge of a form cuts off, we only know by reading."""
        if agree(outcome.shows, outcome.unread, origins, crop):
            return True
        return bool(outcome.unread) and agree(self.editor.reader.all_shows(page, _resources(page)), [], origins, crop)

    def _write(self, index: int, page: pikepdf.Page, outcome: Outcome, given: list[tuple[Box, str]]) -> None:
        self.built.removed += outcome.removed
        body = pikepdf.unparse_content_stream(outcome.instructions or [])
        self.tree.forget(page, outcome.places)
        self._tell(index, outcome.swallowed)
        if given:
            self.built.engines[index] = "content"
            signs = signs_of(given, outcome)
            owners = {sign: outcome.owners.get(box) for sign, box in signs.items()}
            body = b"q\n" + body + b"\nQ\n"
            if outcome.unseen:
                body += write_unseen(page, outcome.unseen, self.text_font, self.tree.add_paragraph(page))
            body += self._draw(index, page, owners, partial(moved_letters, self.texts[index], outcome.tracks))
        page.obj["/Contents"] = self.pdf.make_indirect(Stream(self.pdf, body))
        self._cut_links(page, [b for b, _ in given], outcome.tracks)

    def _tell(self, index: int, swallowed: int) -> None:
        if swallowed:
            words = "1 woord" if swallowed == 1 else f"{swallowed} woorden"
            self.built.notes.append(
                f"Op pagina {index + 1} is ook tekst naast een vak gelakt ({words}), want de regel was vol. "
                "Kijk of dat goed is."
            )

    def _image_page(self, index: int, page: pikepdf.Page, given: list[tuple[Box, str]], why: str) -> None:
        scene = take_scene(self.renderer, index)
        if index in self.untrimmed:  # nobody can tell which of its letters are hidden
            scene = Scene(scene.picture, replace(scene.text, text="", char_boxes=()))
        boxes = [b for b, _ in given]
        before = scene.text
        if self.width_defence:
            shifted = shift_lines(scene.text, boxes)
            picture = move_pixels(scene.picture, scene.text.crop, shifted, partial(self.renderer.strip, index))
            scene, boxes = Scene(picture, shifted.text), shifted.boxes
            self._tell(index, len(shifted.swallowed))
        self.built.removed += sum(len(t.replace(" ", "")) for t in before.stretches([b for b, _ in given]))
        mcid = self.tree.replace_page(page)
        self.editor.touched_fonts |= fonts_in(page.obj.get("/Resources"))
        fields = widgets_of(page.obj)
        body = rasterise(self.pdf, page, scene, boxes, self.text_font, mcid)
        if fields:
            page.obj["/Annots"] = pikepdf.Array(fields)
        self.built.engines[index], self.built.reasons[index] = "image", why
        codes: dict[Box, list[str]] = {}
        for box, (_, code) in zip(boxes, given, strict=True):
            codes.setdefault(box, []).append(code)
        signs = [Sign(b, BETWEEN.join(dict.fromkeys(listed))) for b, listed in codes.items()]
        body = b"q\n" + body + b"Q\n" + self._draw(index, page, dict.fromkeys(signs), lambda: letters_of(scene.text))
        page.obj["/Contents"] = self.pdf.make_indirect(Stream(self.pdf, body))

    def _draw(
        self, index: int, page: pikepdf.Page, owners: dict[Sign, Place | None], moved: Callable[[], list[Box]]
    ) -> bytes:
        """Content that draws the signs, each given with the tag of what it stands for; `moved` letters stand anew."""

        def mcid_of(sign: Sign) -> int | None:
            return self.tree.add_label(page, owners[sign], spoken(sign.label))

        if not owners:
            return b""
        text = self.texts[index]
        picture = cache(lambda: self.renderer.upright(index, LOOK))
        around = Surroundings(
            rotation(page), crop_box(page), lambda: letters_of(text) + moved(),
            lambda place: is_light(picture(), text.crop, place), text.turn_in,
        )  # fmt: skip
        drawn = draw_signs(list(owners), self.font, mcid_of, around)
        if FONT_NAME.encode() in drawn:
            resources = page.obj["/Resources"]
            fonts = resources.get("/Font")
            table = Dictionary(dict(fonts.items())) if isinstance(fonts, Dictionary) else Dictionary()
            name = FONT_NAME
            while name in table:  # a label that was drawn before
                name += "x"
            drawn = drawn.replace(FONT_NAME.encode(), name.encode())
            table[name] = self.font.object
            fresh = Dictionary(dict(resources.items()))
            fresh["/Font"] = table
            page.obj["/Resources"] = fresh
        return drawn

    def _cut_links(self, page: pikepdf.Page, boxes: list[Box], tracks: list[Track]) -> None:
        """Take the links under boxes away; those on words that moved move along."""
        links = page.obj.get("/Annots")
        if links is None or not boxes:
            return
        kept = []
        for link in links:
            place = normal([float(v) for v in link.get("/Rect", [0, 0, 0, 0])])
            if any(touches(place, b) for b in boxes):
                self.tree.drop_objects({link.objgen})
            else:
                kept.append(link)
                move_link(link, tracks)
        page.obj["/Annots"] = pikepdf.Array(kept)

    # what is known about the document -------------------------------------------------------------------------------
    def _visible(self, index: int) -> str:
        """Text that stays on a page."""
        if index not in self.texts:
            self.texts[index] = self.renderer.text(index)
        page, boxes = self.texts[index], self.boxes.get(index, [])
        return page.without(boxes) if boxes else page.text


class _Secrets:
    """Tells the values of form fields that may be drawn: not those that hold what the plan takes away."""

    def __init__(self, source: Path, plan: Plan, password: str | None) -> None:
        self._source, self._plan, self._password = source, plan, password

    @cached_property
    def _hidden(self) -> HiddenWords:
        covered: list[str] = []
        with PdfRenderer(self._source, password=self._password) as renderer:
            for index, items in self._plan.pages().items():
                if index < len(renderer):
                    covered += renderer.text(index).stretches([b for i in items for b in i.boxes])
        return HiddenWords([i.text for i in self._plan.items if i.text], covered, on_the_page=True)

    def allow(self, value: str) -> bool:
        """Whether the value holds no text of the plan and no word from under its boxes."""
        return not value or not self._hidden.within(value)


def signs_of(given: list[tuple[Box, str]], outcome: Outcome) -> dict[Sign, Box]:
    """The black boxes to draw, each with the plan box it stands for: bars of gaps, and plan boxes themselves."""
    codes: dict[Box, list[str]] = {}
    for box, code in given:
        codes.setdefault(box, []).append(code)
    signs: dict[Sign, Box] = {}
    labelled: set[Box] = set()
    for bar in outcome.bars:
        wider = [] if bar.moved else [b for b in bar.level if not within(b, bar.box, OVERLAP)]
        area = union([bar.box, *wider])  # not with each: where the letters of a name end, a bar does not tell
        fresh = sorted(bar.level - labelled)
        label = BETWEEN.join(dict.fromkeys(c for s in fresh for c in codes[s]))
        labelled.update(fresh)
        if bar.sources:
            signs[Sign(area, label)] = min(bar.level or bar.sources)
    for box, listed in codes.items():
        if box not in labelled:
            signs[Sign(outcome.moved.get(box, box), BETWEEN.join(dict.fromkeys(listed)))] = box
    return signs


def letters_of(text: PageText) -> list[Box]:
    """Where the letters of a page stand."""
    return [box for box in text.char_boxes if box is not None]


def moved_letters(text: PageText, tracks: list[Track]) -> list[Box]:
    """Where the letters stand on the lines that were set anew."""
    return [track.moved_box(box) for box in letters_of(text) for track in tracks if track.holds(box)]


def _resources(page: pikepdf.Page) -> Dictionary:
    found = page.obj.get("/Resources")
    return found if isinstance(found, Dictionary) else Dictionary()


def fonts_in(resources: object, depth: int = 0) -> set[tuple[int, int]]:
    """Object numbers of the fonts in a resource dictionary and in the forms it names."""
    if not isinstance(resources, Dictionary) or depth > 10:
        return set()
    fonts, objects = resources.get("/Font"), resources.get("/XObject")
    found = set()
    if isinstance(fonts, Dictionary):
        found |= {f.objgen for f in fonts.values() if isinstance(f, Dictionary) and f.is_indirect}
    for item in objects.values() if isinstance(objects, Dictionary) else []:
        if isinstance(item, Stream) and item.get("/Subtype") == "/Form":
            found |= fonts_in(item.get("/Resources"), depth + 1)
    return found


def _says_universal(pdf: pikepdf.Pdf) -> bool:
    try:
        with pdf.open_metadata() as metadata:
            return "pdfuaid:part" in metadata
    except Exception:  # broken XMP says nothing
        return False
