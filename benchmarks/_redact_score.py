"""What is counted when a tool has redacted a file: words kept and moved, pixels outside the boxes, gaps on the grid."""

from __future__ import annotations

import math
import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pikepdf

from benchmarks._redact_pictures import PROGRAMS, Pictures
from redaction.pdf import Box, Item, PageText, Plan, page_to_view, read_pages
from redaction.pdf.geometry import grown, touches

CHANGED = 64
"""Difference (of 255) of a pixel that changed."""
MOST_CHANGED = 0.0001
"""Share of changed pixels below which a file stayed as it was."""
RIM = 2.0
"""Points around a box that are not compared."""


@dataclass
class Score:
    """Sums over the files of one tool."""

    tried: int = 0
    finished: int = 0
    pages: int = 0
    image_pages: int = 0
    with_findings: list[str] = field(default_factory=list)
    words: int = 0
    kept: int = 0
    moved: int = 0
    all_kept: int = 0
    quiet: Counter[str] = field(default_factory=Counter)
    """Files of which the pixels outside the boxes stayed, by the program that drew them."""
    noisy: dict[str, list[str]] = field(default_factory=dict)
    """Those of which they did not, and by how much."""
    lost: list[str] = field(default_factory=list)
    tagged: int = 0
    still_tagged: int = 0
    gaps: int = 0
    gaps_on_grid: int = 0
    seconds: float = 0.0
    check_seconds: float = 0.0
    sizes: list[float] = field(default_factory=list)
    larger: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)
    channels: int = 0
    open_channels: list[str] = field(default_factory=list)


def make_plan(path: Path, boxes: int, chance: random.Random) -> tuple[Plan, list[PageText]]:
    """Boxes on random words of every page, or in the middle of a page without words."""
    items, pages = [], []
    for page in read_pages(path):
        pages.append(page)
        words = [w for w in page.words if len(w.text) > 3 and _inside(w.box, page.crop)]
        chosen = [w.box for w in chance.sample(words, min(boxes, len(words)))]
        if not chosen:
            x0, y0, x1, y1 = page.crop
            chosen = [(x0 + (x1 - x0) * 0.3, y0 + (y1 - y0) * 0.4, x0 + (x1 - x0) * 0.5, y0 + (y1 - y0) * 0.45)]
        items += [Item(page.index, (box,), "5.1.2e") for box in chosen]
    return Plan(tuple(items)), pages


def _inside(box: Box, crop: Box) -> bool:
    return box[0] >= crop[0] and box[1] >= crop[1] and box[2] <= crop[2] and box[3] <= crop[3]


def compare(before: list[PageText], source: Path, after: Path, plan: Plan, score: Score) -> None:
    """Count words kept and moved, files of which the pixels outside the boxes stayed, and tags that stayed."""
    items = plan.pages()
    words = kept = moved = 0
    for old, new in zip(before, read_pages(after), strict=True):
        boxes = [grown(b, 0.5) for i in items.get(old.index, []) for b in i.boxes]
        outside = [w for w in old.words if not any(touches(w.box, b) for b in boxes) and _inside(w.box, old.crop)]
        left = Counter(w.text for w in new.words)
        places = Counter((w.text, round(w.box[0]), round(w.box[1])) for w in new.words)
        for text, count in Counter(w.text for w in outside).items():
            words += count
            kept += min(count, left[text])
        for word in outside:
            x, y = round(word.box[0]), round(word.box[1])
            near = [(word.text, x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
            moved += left[word.text] > 0 and not any(places[n] for n in near)
    score.words, score.kept, score.moved = score.words + words, score.kept + kept, score.moved + moved
    score.all_kept += words == kept
    if words != kept:
        score.lost.append(f"{source.name} ({words - kept} of {words})")
    for program, draw in PROGRAMS.items():
        share = changed_share(draw(source), draw(after), before, plan)
        score.quiet[program] += share < MOST_CHANGED
        if share >= MOST_CHANGED:
            score.noisy.setdefault(program, []).append(f"{source.name} ({100 * share:.2f} %)")
    if is_tagged(source):
        score.tagged += 1
        score.still_tagged += is_tagged(after)


def changed_share(old: Pictures, new: Pictures, pages: list[PageText], plan: Plan) -> float:
    """Share of pixels outside the boxes that changed by more than a quarter of the scale."""
    changed = total = 0
    items = plan.pages()
    for page, a, b in zip(pages, old, new, strict=False):
        if a.shape != b.shape:
            return 1.0
        mask = np.ones(a.shape, dtype=bool)
        for item in items.get(page.index, []):
            for box in item.boxes:
                mask[_pixels(box, page, a.shape)] = False
        changed += int((np.abs(a.astype(np.int16) - b)[mask] > CHANGED).sum())
        total += int(mask.sum())
    return changed / max(total, 1)


def _pixels(box: Box, page: PageText, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """Rows and columns of a picture of the turned page that a box covers, with a rim."""
    x, y, wide, high = page_to_view(grown(box, RIM), page)
    across, down = (page.height, page.width) if page.rotation in (90, 270) else (page.width, page.height)
    scale_x, scale_y = shape[1] / across, shape[0] / down
    return (
        slice(max(0, math.floor(y * scale_y)), max(0, math.ceil((y + high) * scale_y))),
        slice(max(0, math.floor(x * scale_x)), max(0, math.ceil((x + wide) * scale_x))),
    )


def is_tagged(path: Path) -> bool:
    """Whether the document has a structure tree with something in it."""
    with pikepdf.open(path) as pdf:
        tree = pdf.Root.get("/StructTreeRoot")
        return isinstance(tree, pikepdf.Dictionary) and "/K" in tree


def count_gaps(before: list[PageText], after: Path, plan: Plan, score: Score) -> None:
    """For a box between two words of one line: whether the gap between them is a multiple of twelve points now."""
    items = plan.pages()
    for old, new in zip(before, read_pages(after), strict=True):
        boxes = [b for i in items.get(old.index, []) for b in i.boxes]
        for box in boxes:
            line = [w for w in old.words if min(w.box[3], box[3]) - max(w.box[1], box[1]) > 0.6 * (box[3] - box[1])]
            if sum(any(touches(w.box, b) for b in boxes) for w in line) != 1:
                continue
            left = [w for w in line if w.box[2] <= box[0] + 0.5 and box[0] - w.box[2] < 8]
            right = [w for w in line if w.box[0] >= box[2] - 0.5 and w.box[0] - box[2] < 8]
            if not left or not right:
                continue
            first, last = max(left, key=lambda w: w.box[2]), min(right, key=lambda w: w.box[0])
            band = [w for w in new.words if abs(w.box[1] - first.box[1]) < 2]
            starts = [w.box[2] for w in band if w.text == first.text and abs(w.box[0] - first.box[0]) < 0.1]
            ends = [w.box[0] for w in band if w.text == last.text and w.box[0] > box[0]]
            if len(starts) == 1 and len(ends) == 1:
                gap = (ends[0] - starts[0]) / 12
                score.gaps += 1
                score.gaps_on_grid += abs(gap - round(gap)) < 0.01 and gap > 2.99
