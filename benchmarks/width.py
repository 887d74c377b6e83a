"""How often the released page still tells which of 50 colleagues a black box hides, from what stands around it.

Usage: python -m benchmarks.width [--teams 5] [--seed 1]

A team is 50 full names from the product's own lists. The same page is typeset once for each and redacted by the
product's own engine: gaps kept, with width defence, as image pages with width defence, and as scans of which OCR read
the text. The attacker knows the font, the text and the 50 names, and redacts the 49 other pages himself: a colleague
fits when that gives the same page. He cannot make the noise of a scan again, so that places are one within a pixel
there; the exact pixels are those of scans without any noise. Bar: on text pages and image pages at most 4 % of names
are the only one that fits.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import typst
from pikepdf import Array, Dictionary, Name

from benchmarks._memo import PLAIN
from redaction.pdf import Item, PageText, Plan, read_pages
from redaction.pdf.builder import Builder
from redaction.pdf.geometry import Box
from redaction.pdf.imagefiles import image_object
from redaction.pdf.render import PdfRenderer
from woo.typeset import FONT_DIR

BAR = 4.0
TEAM = 50
FONTS = ("Liberation Sans", "Liberation Serif", "Carlito", "Noto Sans", "DejaVu Sans")
"""Those that stand in for Arial, Times New Roman and Calibri, and two more; where one lacks, Noto Sans."""
WIDE, HIGH, MARGIN, PITCH = 576, 216, 36, 72
"""Points of the page, its margin, and one paragraph: whole pixels of an image page."""
BESIDE = 45
"""Words of the paragraph above it: a column is known by its other lines."""
BEARING = 0.05
"""White beside the ink of a word, in em."""
SHORT = 10
"""Paragraphs of at most so many words have three lines like themselves above them instead."""
CLOSE = 0.02
"""Points within which two places are one."""
DPI = 200
PIXEL = 72 / DPI
ABOUT = 1.1
"""Pixels of a scan within which two places are one: OCR rounds to whole ones."""
DIFFERENT, FEW = 90, 6
"""Two pictures are one when at most so many pixels differ by more than so much (of 255): compression does as much."""
TEMPLATE = """
#let d = json(bytes(sys.inputs.data))
#set page(width: d.size.at(0) * 1pt, height: d.size.at(1) * 1pt, margin: d.size.at(2) * 1pt)
#set text(font: (d.font, "Noto Sans"), size: 10.5pt, lang: "nl", hyphenate: false)
#set par(justify: d.layout == "justified", leading: 5pt)
#let set_line(line) = if d.layout == "table" {
  table(columns: (120pt, 150pt, 60pt), [Behandeld door], line, align(right)[1.250,00])
} else { align(if d.layout in ("center", "right") { eval(d.layout) } else { left }, line) }
#for line in d.lines {
  block(height: d.size.at(3) * 1pt, width: 100%, above: 0pt, below: 0pt, stack(spacing: 5pt, ..d.beside.map(set_line)))
  block(height: d.size.at(3) * 1pt, width: 100%, above: 0pt, below: 0pt, set_line(line))
}
"""


@dataclass(frozen=True)
class Case:
    """A kind of paragraph: how it is set, how long, and at which words the team's name and a fixed one stand."""

    layout: str
    words: int
    at: int
    second: int | None = None
    lonely: bool = False
    """Whether the page has no other lines, that could tell how it is set."""


CASES = {
    "ragged, begins the line": Case("left", 26, 0),
    "ragged, in the middle": Case("left", 26, 5),
    "ragged, near the end": Case("left", 26, 11),
    "ragged, two names": Case("left", 26, 3, 7),
    "justified, begins the line": Case("justified", 26, 0),
    "justified, in the middle": Case("justified", 26, 5),
    "justified, near the end": Case("justified", 26, 11),
    "justified, two names": Case("justified", 26, 3, 7),
    "justified, two lines in all": Case("justified", 24, 5, lonely=True),
    "one line": Case("left", 8, 4),
    "centred": Case("center", 6, 3),
    "right-aligned": Case("right", 6, 3),
    "cell of a table": Case("table", 3, 1),
}
Picture = np.ndarray[Any, np.dtype[np.int16]]
Seen = tuple[str, tuple[float, ...]]
"""What stands on a part of a page: the letters, and the numbers that place them and the boxes."""


@dataclass(frozen=True)
class Way:
    """A way to redact, and what the pages are: text, text that becomes a picture, or scans."""

    width_defence: bool
    image: bool = False
    scan: bool = False


WAYS = {
    "gaps kept": Way(False), "width defence": Way(True),
    "image page": Way(True, image=True), "scan": Way(True, scan=True),
}  # fmt: skip
PIXELS = "pixels of "
BARRED = ("width defence", "image page", PIXELS + "image page", "scan", PIXELS + "scan")


def names_of(chance: random.Random) -> list[str]:
    """A team: full names from the lists that the detector knows."""
    lists = [(files("redaction.detect.lexicon") / f"{kind}.txt").read_text("utf-8").split("\n")
             for kind in ("forenames", "surnames")]  # fmt: skip
    whole = [[n for n in names if re.fullmatch(r"[A-Z][A-Za-z'’ -]+", n)] for names in lists]
    return [" ".join(chance.choice(names) for names in whole) for _ in range(TEAM)]


def paragraphs(case: Case, team: list[str], chance: random.Random) -> tuple[list[str], str, list[str]]:
    """The paragraph with each of the names in it, the name that stands in all of them, if any, and lines above it."""
    words = [chance.choice(PLAIN) for _ in range(case.words)]
    fixed = names_of(chance)[0] if case.second is not None else ""
    if case.second is not None:
        words.insert(case.second, fixed)
    lines = [" ".join([*words[: case.at], name, *words[case.at :]]) for name in team]
    if case.lonely:
        return lines, fixed, []
    if case.words > SHORT:
        return lines, fixed, [" ".join(chance.choice(PLAIN) for _ in range(BESIDE))]
    return lines, fixed, [" ".join(chance.choice(PLAIN) for _ in range(case.words + 1)) for _ in range(3)]


def typeset(case: Case, font: str, lines: list[str], beside: list[str], work: Path) -> Path:
    """The paragraphs as a PDF, each on a page of its own."""
    template, target = work / "team.typ", work / "team.pdf"
    template.write_text(TEMPLATE, "utf-8")
    data = json.dumps({"font": font, "layout": case.layout, "lines": lines, "beside": beside,
                       "size": (WIDE, HIGH, MARGIN, PITCH)})  # fmt: skip
    target.write_bytes(typst.compile(template, font_paths=[FONT_DIR], sys_inputs={"data": data}))
    return target


def plan_of(pages: list[PageText], names: list[set[str]]) -> Plan:
    """Boxes on the names, which are known for each page."""
    items = []
    for page in pages:
        for name in sorted(names[page.index]):
            parts = [re.escape(part).replace(r"\-", r"-\s*") for part in name.split()]
            wanted = r"(?<!\S)" + r"\s+".join(parts) + r"(?!\w)"
            for match in re.finditer(wanted, page.text):
                items.append(Item(page.index, page.boxes_for(*match.span()), "5.1.2e"))
    return Plan(tuple(items))


def redacted(source: Path, plan: Plan, way: Way, target: Path) -> Path:
    """The pages as the engine makes them, unproven."""
    pages = dict.fromkeys(range(TEAM), "measured") if way.image else {}
    builder = Builder(source, plan, target.parent, width_defence=way.width_defence, password=None, images=pages)
    builder.build(target)
    builder.close()
    return target


def scanned(source: Path, target: Path) -> Path:
    """The pages as pictures with their text as OCR reads it: words on whole pixels, in a form of its own."""
    courier = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier, Encoding=Name.WinAnsiEncoding)
    with PdfRenderer(source) as renderer, pikepdf.new() as pdf:
        for index in range(TEAM):
            page = pdf.add_blank_page(page_size=(WIDE, HIGH))
            text = renderer.text(index)
            shown = "".join(unseen(word.text, word.box) for word in text.words).encode("cp1252", "replace")
            form = pikepdf.Stream(pdf, b"BT 3 Tr\n" + shown + b"ET", Type=Name.XObject, Subtype=Name.Form)
            form["/BBox"], form["/Resources"] = Array([0, 0, WIDE, HIGH]), Dictionary(Font=Dictionary(F1=courier))
            picture = image_object(pdf, renderer.image(index, DPI).convert("L"), quality=95)
            page.obj["/Resources"] = Dictionary(XObject=Dictionary(Text=form, Scan=picture))
            page.obj["/Contents"] = pdf.make_stream(b"/Text Do q %d 0 0 %d 0 0 cm /Scan Do Q" % (WIDE, HIGH))
        pdf.save(target)
    return target


def unseen(word: str, box: Box) -> str:
    """Operators that show a word in Courier, which is 0.6 em wide and 0.8 high, over its ink."""
    size = (box[3] - box[1]) / 0.8
    left, right = (round(x * DPI / 72) * 72 / DPI for x in (box[0] + BEARING * size, box[2] - BEARING * size))
    escaped = re.sub(r"([\\()])", r"\\\1", word)
    stretch = (right - left) / (0.6 * size * len(word)) * 100
    place = f"{left:.2f} {round((box[1] + 0.2 * size) * DPI / 72) * 72 / DPI:.2f}"
    return f"/F1 {size:.2f} Tf {stretch:.2f} Tz 1 0 0 1 {place} Tm ({escaped}) Tj\n"


def look(path: Path) -> list[Seen]:
    """For each page its letters with their places, and the boxes."""
    found = []
    with pikepdf.open(path) as pdf:
        for page in read_pages(path):
            boxes = [[float(v) for v in i.operands] for i in pikepdf.parse_content_stream(pdf.pages[page.index])
                     if str(i.operator) == "re"]  # fmt: skip
            letters = [(c, b) for c, b in zip(page.text, page.char_boxes, strict=True)
                       if b is not None and not c.isspace()]  # fmt: skip
            places = [v for _, b in letters for v in b[:2]] + [v for b in boxes for v in b]
            found.append(("".join(c for c, _ in letters) + "|" * len(boxes), tuple(places)))
    return found


def alike(a: Seen, b: Seen, close: float = CLOSE) -> bool:
    """Whether two pages look the same to who measures them to so many points."""
    return a[0] == b[0] and len(a[1]) == len(b[1]) and all(abs(x - y) < close for x, y in zip(a[1], b[1], strict=True))


def pictures(path: Path) -> list[Picture]:
    """For each page the pixels of its last paragraph."""
    with PdfRenderer(path) as renderer:
        whole = [np.asarray(renderer.image(i, DPI).convert("L")).astype(np.int16) for i in range(TEAM)]
    return [page[-(MARGIN + PITCH) * DPI // 72 :] for page in whole]


def same_picture(a: Picture, b: Picture) -> bool:
    """Whether two pictures differ by no more than compression makes them."""
    return int((np.abs(a - b) > DIFFERENT).sum()) <= FEW


def fits(seen: Sequence[Any], same: Callable[..., bool]) -> list[int]:
    """For each page how many of all could be it."""
    counts = [1] * len(seen)
    for a, b in itertools.combinations(range(len(seen)), 2):
        if same(seen[a], seen[b]):
            counts[a] += 1
            counts[b] += 1
    return counts


@dataclass
class Found:
    """For each name how many colleagues fit, and how many words beside it went for want of room."""

    fit: list[int] = field(default_factory=list)
    blackened: list[int] = field(default_factory=list)

    def __iadd__(self, other: Found) -> Found:
        self.fit += other.fit
        self.blackened += other.blackened
        return self

    @property
    def alone(self) -> float:
        """Percentage of names that alone fit."""
        return 100 * sum(count == 1 for count in self.fit) / max(1, len(self.fit))

    def __str__(self) -> str:
        beside = f"; {statistics.mean(self.blackened):.1f}" if self.blackened else ""
        return f"{self.alone:.1f} % ({statistics.median(self.fit):.0f}{beside})" if self.fit else ""


def blackened(source: Path, target: Path, names: list[set[str]]) -> list[int]:
    """For each page the words that went and are not of its names."""
    return [
        (Counter(before.text.split()) - Counter(" ".join(sorted(said)).split()) - Counter(after.text.split())).total()
        for before, after, said in zip(read_pages(source), read_pages(target), names, strict=True)
    ]  # fmt: skip


def measure(case: Case, font: str, chance: random.Random, ways: dict[str, Way]) -> dict[str, Found]:
    """How many colleagues fit each name of one team, for each way of redacting."""
    team = names_of(chance)
    lines, fixed, beside = paragraphs(case, team, chance)
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        source = typeset(case, font, lines, beside, work)
        names = [{n, fixed} - {""} for n in team]
        plan = plan_of(list(read_pages(source)), names)
        scan = scanned(source, work / "scan.pdf")
        for name, way in ways.items():
            target = redacted(scan if way.scan else source, plan, way, work / "out.pdf")
            same = partial(alike, close=ABOUT * PIXEL) if way.scan else alike
            found[name] = Found(fits(look(target), same), blackened(source, target, names))
            if way.image or way.scan:
                found[PIXELS + name] = Found(fits(pictures(target), same_picture))
    return found


def main() -> int:
    """Print the table; 1 where the text pages or the image pages miss the bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teams", type=int, default=len(FONTS), help="teams for each kind of paragraph")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ways", default="", help="only ways of redacting with this in their name")
    parser.add_argument("--only", default="", help="only kinds of paragraph with this in their name")
    given = parser.parse_args()
    ways = {name: way for name, way in WAYS.items() if given.ways in name}
    columns = [c for name, way in ways.items() for c in (name, PIXELS + name)[: 1 + (way.image or way.scan)]]
    total = {c: Found() for c in columns}
    print("Names of which only one of 50 colleagues fits (in brackets: how many fit, median; words beside it that")
    print("went too, mean)\n")
    print(" " * 30 + "".join(f"{c:>22}" for c in columns))
    for label, case in CASES.items():
        if given.only not in label:
            continue
        row = {c: Found() for c in columns}
        for number in range(given.teams):
            chance = random.Random(f"{given.seed} {label} {number}")
            for column, counts in measure(case, FONTS[number % len(FONTS)], chance, ways).items():
                row[column] += counts
                total[column] += counts
        print(f"{label:<30}" + "".join(f"{row[c]!s:>22}" for c in columns), flush=True)
    print(f"{'all':<30}" + "".join(f"{total[c]!s:>22}" for c in columns))
    return int(any(total[name].alone > BAR for name in columns if name in BARRED))


if __name__ == "__main__":
    sys.exit(main())
