"""The way out for a page that cannot be rewritten: a picture of it with the boxes painted in, and its text unseen."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary
from PIL import Image, ImageChops, ImageDraw

from redaction.pdf.geometry import Box, contains, grown, touches_any, union
from redaction.pdf.imagefiles import image_object
from redaction.pdf.pages import PageText
from redaction.pdf.render import PdfRenderer
from redaction.pdf.textfont import NAME, TextFont

DPI = 200
QUALITY = 85
COLOURLESS = 12
"""Largest difference between the colours of a pixel (of 255) in a picture that counts as grey."""
LIGHT = 200
"""Brightness (of 255) of a ground on which black letters can be read."""
LEAST_SEEN = 3
"""Difference in brightness (of 255) from which there is something to be seen."""
FINE = 1
"""Decimals of a pixel in the place of a box: what is finer is how PDFium rounds, which depends on the letters."""
IMAGE = "/LakPage"


@dataclass(frozen=True)
class Scene:
    """A page as picture and text, before anything is removed."""

    picture: Image.Image
    text: PageText


def take_scene(renderer: PdfRenderer, index: int) -> Scene:
    """Picture and text of a page."""
    return Scene(renderer.upright(index, DPI), renderer.text(index))


def rasterise(
    pdf: pikepdf.Pdf, page: pikepdf.Page, scene: Scene, boxes: list[Box], font: TextFont, mcid: int | None
) -> bytes:
    """Put the picture in place of the page's content and return the new content; `mcid` tags its text."""
    crop = scene.text.crop
    picture = painted(_plain(scene.picture), crop, boxes)
    grey = scene.picture.convert("L")
    words = [(word, box) for word, box in _kept_words(scene.text, boxes) if _seen(grey, crop, box)]
    fonts = Dictionary()
    if words:
        fonts[NAME] = font.object
    image = image_object(pdf, picture, quality=QUALITY)
    page.obj["/Resources"] = Dictionary(XObject=Dictionary({IMAGE: image}), Font=fonts)
    page.obj["/MediaBox"] = Array([round(v, 4) for v in crop])
    for key in ("/CropBox", "/Group", "/Annots"):
        if key in page.obj:
            del page.obj[key]
    x0, y0, x1, y1 = crop
    draw = f"/Artifact BMC\nq {x1 - x0:.4f} 0 0 {y1 - y0:.4f} {x0:.4f} {y0:.4f} cm {IMAGE} Do Q\nEMC\n".encode()
    return draw + _unseen(words, mcid)


def write_unseen(page: pikepdf.Page, words: list[tuple[str, Box]], font: TextFont, mcid: int | None) -> bytes:
    """Content that holds words without showing them, for over a scan, with its tag; the page gets their font."""
    resources = Dictionary(dict(page.obj["/Resources"].items()))
    fonts = resources.get("/Font")
    named = dict(fonts.items()) if isinstance(fonts, Dictionary) else {}
    resources["/Font"] = Dictionary({**named, NAME: font.object})
    page.obj["/Resources"] = resources
    return _unseen(words, mcid)


def _unseen(words: list[tuple[str, Box]], mcid: int | None) -> bytes:
    text = b"BT\n3 Tr\n" + b"".join(_show(w, b) for w, b in words) + b"0 Tr\nET\n" if words else b""
    return text if mcid is None else b"/P <</MCID %d>> BDC\n%sEMC\n" % (mcid, text)


def _plain(picture: Image.Image) -> Image.Image:
    """The picture in grey when it has no colour: a third of the bytes."""
    red, green, blue = picture.split()
    spread = 0
    for other in (green, blue):
        counts = ImageChops.difference(red, other).histogram()
        spread = max(spread, *(level for level, count in enumerate(counts) if count))
    return picture.convert("L") if spread <= COLOURLESS else picture


def painted(picture: Image.Image, crop: Box, boxes: list[Box]) -> Image.Image:
    """Copy of a picture of the crop box with the boxes in black."""
    picture = picture.copy()
    across, down = picture.width / (crop[2] - crop[0]), picture.height / (crop[3] - crop[1])
    draw = ImageDraw.Draw(picture)
    black = 0 if picture.mode == "L" else (0, 0, 0)
    for x0, y0, x1, y1 in boxes:
        left, right = (round((x - crop[0]) * across, FINE) for x in (x0, x1))
        top, bottom = (round((crop[3] - y) * down, FINE) for y in (y1, y0))
        draw.rectangle((left - 1, top - 1, right + 1, bottom + 1), fill=black)
    return picture


def is_light(picture: Image.Image, crop: Box, box: Box) -> bool:
    """Whether a picture of the crop box is so light all over a box that black letters can be read there."""
    part = _part(picture.convert("L"), crop, box)
    return part is not None and int(part.min()) >= LIGHT


def _seen(picture: Image.Image, crop: Box, box: Box) -> bool:
    """Whether the picture shows anything at a word: white, cut off and covered words are no text of the page."""
    part = _part(picture, crop, box)
    return part is not None and int(np.ptp(part)) >= LEAST_SEEN


def _part(picture: Image.Image, crop: Box, box: Box) -> np.ndarray[Any, np.dtype[np.uint8]] | None:
    """What a picture of the crop box shows in a box; None for one that lies outside."""
    across, down = picture.width / (crop[2] - crop[0]), picture.height / (crop[3] - crop[1])
    left, top = int((box[0] - crop[0]) * across), int((crop[3] - box[3]) * down)
    right, bottom = math.ceil((box[2] - crop[0]) * across), math.ceil((crop[3] - box[1]) * down)
    place = (max(0, left), max(0, top), min(picture.width, right), min(picture.height, bottom))
    if place[0] >= place[2] or place[1] >= place[3]:
        return None
    return np.asarray(picture.crop(place))


def _kept_words(page: PageText, boxes: list[Box]) -> Iterator[tuple[str, Box]]:
    """Words of which no letter lies in a box or off the page; the kept letters of the others as words of their own."""
    wide = [grown(b, 0.5) for b in boxes]
    letters: list[tuple[str, Box]] = []
    for character, box in zip(page.text, page.char_boxes, strict=True):
        stays = box is not None and not character.isspace() and _stays(box, wide, page.crop)
        fits = bool(letters) and box is not None and _follows(letters[-1][1], box)
        if letters and (not stays or not fits):
            yield from _apart_near(letters, wide)
            letters = []
        if stays and box is not None:
            letters.append((character, box))
    yield from _apart_near(letters, wide)


def _apart_near(letters: list[tuple[str, Box]], boxes: list[Box]) -> Iterator[tuple[str, Box]]:
    """A word in one piece; letter by letter beside a box, where letters spread over their word could come under it."""
    if not letters:
        return
    word = union([box for _, box in letters])
    if touches_any(word, boxes):
        yield from letters
    else:
        yield "".join(letter for letter, _ in letters), word


def _stays(letter: Box, boxes: list[Box], crop: Box) -> bool:
    x, y = (letter[0] + letter[2]) / 2, (letter[1] + letter[3]) / 2
    if not contains(crop, x, y):
        return False
    for box in boxes:
        if contains(box, x, y):
            return False
        low, high = max(letter[0], box[0]), min(letter[2], box[2])
        deep = min(letter[3], box[3]) - max(letter[1], box[1])
        if high > low and deep > 0.3 * (letter[3] - letter[1]):
            return False
    return True


def _follows(before: Box, box: Box) -> bool:
    high = min(before[3], box[3]) - max(before[1], box[1])
    return high > 0.3 * min(before[3] - before[1], box[3] - box[1]) and abs(box[0] - before[2]) < (box[3] - box[1])


def _show(word: str, box: Box) -> bytes:
    units = word.encode("utf-16-be", "ignore")
    if not units:
        return b""
    size = max(box[3] - box[1], 1.0) * 0.8
    stretch = max(box[2] - box[0], 0.3) / (size * 0.5 * (len(units) // 2)) * 100
    place = f"{box[0]:.2f} {box[1] + size * 0.25:.2f}"
    return f"{NAME} {size:.2f} Tf {stretch:.2f} Tz 1 0 0 1 {place} Tm <{units.hex()}> Tj\n".encode()
