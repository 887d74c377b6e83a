"""Measures redaction: one command, one table. `python benchmarks/redact.py FOLDER [--boxes 3] [--seed 1] [--peers]`.

Boxes fall on random words of every page. Each file is redacted with the width defence off (so that nothing may move),
with it on, and by the raster peer that turns every page into an image. PyMuPDF is measured only where it is installed,
in an environment for development: its licence (AGPL) keeps it out of the product.
"""
from __future__ import annotations

import argparse
import importlib.util
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from redaction.errors import UnusableInput
from redaction.pdf import Box, Item, PageText, Plan, read_pages
from redaction.pdf.builder import Builder
from redaction.pdf.geometry import grown, touches
from redaction.pdf.pdfium import document_of
from redaction.pdf.verification.checks import run_checks
from redaction.pdf.verification.pixels import grey, window

LARGEST_PAGE = 5_000.0


@dataclass
class Score:
    """Sums over the files of one tool."""

    tried: int = 0
    finished: int = 0
    pages: int = 0
    image_pages: int = 0
    image_files: int = 0
    with_findings: list[str] = field(default_factory=list)
    words: int = 0
    kept: int = 0
    moved: int = 0
    all_kept: int = 0
    quiet: int = 0
    gaps: int = 0
    gaps_on_grid: int = 0
    seconds: float = 0.0
    check_seconds: float = 0.0
    sizes: list[float] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)


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


def compare(before: list[PageText], base: Path, after: Path, plan: Plan, score: Score) -> None:
    """Count words kept and moved and pixels changed outside the boxes."""
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
    score.quiet += changed_share(base, after, plan) < 0.0001


def changed_share(base: Path, after: Path, plan: Plan) -> float:
    """Share of pixels outside the boxes that changed by more than a quarter of the scale, at 72 dpi."""
    changed = total = 0
    items = plan.pages()
    with document_of(base) as old, document_of(after) as new:
        for index in range(len(old)):
            a, b = grey(old, index, uncover=[]), grey(new, index, uncover=[])
            if a.shape != b.shape:
                return 1.0
            page = next(iter([old[index]]))
            crop = page.get_bbox() if hasattr(page, "get_bbox") else page.get_cropbox()
            mask = np.ones(a.shape, dtype=bool)
            for item in items.get(index, []):
                for box in item.boxes:
                    mask[window(grown(box, 2), crop, a.shape)] = False
            changed += int((np.abs(a.astype(np.int16) - b)[mask] > 64).sum())
            total += int(mask.sum())
    return changed / max(total, 1)


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


Tool = Callable[[Path, Plan, Path], tuple[Path, dict[int, str]]]


def ours(width_defence: bool, *, images: bool = False) -> Tool:
    """The product's own engine; with `images` every page becomes a picture."""

    def run(source: Path, plan: Plan, work: Path) -> tuple[Path, dict[int, str]]:
        forced = dict.fromkeys(plan.pages(), "peer") if images else {}
        builder = Builder(source, plan, work, width_defence=width_defence, password=None, images=forced)
        try:
            return builder.base, builder.build(work / "out.pdf").engines
        finally:
            builder.close()

    return run


def pymupdf() -> Tool:
    """PyMuPDF's apply_redactions with scrub, as a peer."""
    import pymupdf as fitz  # noqa: PLC0415  only where installed

    def run(source: Path, plan: Plan, work: Path) -> tuple[Path, dict[int, str]]:
        with fitz.open(source) as document:
            for index, items in plan.pages().items():
                page = document[index]
                for item in items:
                    for box in item.boxes:
                        page.add_redact_annot(fitz.Rect(box) * page.transformation_matrix, fill=(0, 0, 0))
                page.apply_redactions()
            document.scrub()
            document.save(work / "out.pdf", garbage=4, deflate=True)
        return source, {}

    return run


def measure(files: list[Path], tool: Tool, boxes: int, seed: int, *, gaps: bool) -> Score:
    """Run one tool over the files."""
    score = Score()
    for path in files:
        try:
            plan, pages = make_plan(path, boxes, random.Random(f"{seed}{path.name}"))
        except UnusableInput:
            continue
        score.tried += 1
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder)
            try:
                start = time.process_time()
                base, engines = tool(path, plan, work)
                score.seconds += time.process_time() - start
            except Exception as error:
                score.crashes.append(f"{path.name} ({type(error).__name__})")
                continue
            made = work / "out.pdf"
            start = time.process_time()
            report = run_checks(base, made, plan)
            score.check_seconds += time.process_time() - start
            if not report.proven:
                score.with_findings.append(f"{path.name} ({', '.join(sorted({f.channel for f in report.findings}))})")
            score.finished += 1
            score.pages += len(pages)
            images = sum(e == "image" for e in engines.values())
            score.image_pages, score.image_files = score.image_pages + images, score.image_files + bool(images)
            score.sizes.append(made.stat().st_size / path.stat().st_size)
            if gaps:
                count_gaps(pages, made, plan, score)
            else:
                compare(pages, base, made, plan, score)
    return score


def show(name: str, s: Score) -> None:
    """One block of the table."""

    def share(part: int, whole: int) -> str:
        return f"{part} of {whole} ({100 * part / whole:.2f} %)" if whole else "-"

    rows = {
        "finished": share(s.finished, s.tried),
        "files with findings": share(len(s.with_findings), s.finished),
        "files / pages as image": f"{s.image_files} / {s.image_pages}",
        "words kept outside boxes": share(s.kept, s.words),
        "words moved": share(s.moved, s.words),
        "files with all words": share(s.all_kept, s.finished) if s.words else "-",
        "files < 0.01 % pixels changed": share(s.quiet, s.finished) if s.words else "-",
        "gaps on the 12 pt grid": share(s.gaps_on_grid, s.gaps),
        "pages per CPU-second": f"{s.pages / s.seconds:.1f}" if s.seconds else "-",
        "pages verified per CPU-second": f"{s.pages / s.check_seconds:.1f}" if s.check_seconds else "-",
        "size of result / original, median": f"{statistics.median(s.sizes):.2f}" if s.sizes else "-",
    }
    print(f"\n{name}")
    for label, value in rows.items():
        print(f"  {label:<36}{value}")
    for label, names in (("findings in", s.with_findings), ("crashed on", s.crashes)):
        if names:
            print(f"  {label}: {'; '.join(names)}")


def main() -> None:
    """Entry of the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--boxes", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=1, help="take every so many-th file")
    parser.add_argument("--peers", action="store_true", help="also measure the raster peer and, if installed, PyMuPDF")
    given = parser.parse_args()
    files = sorted(given.folder.rglob("*.pdf"))[:: given.every]
    show("content engine, width defence off", measure(files, ours(False), given.boxes, given.seed, gaps=False))
    show("content engine, width defence on", measure(files, ours(True), given.boxes, given.seed, gaps=True))
    if given.peers:
        raster = measure(files, ours(False, images=True), given.boxes, given.seed, gaps=False)
        show("peer: every page an image", raster)
        if importlib.util.find_spec("pymupdf"):
            show("peer: PyMuPDF", measure(files, pymupdf(), given.boxes, given.seed, gaps=False))
        else:
            print("\npeer: PyMuPDF is not installed here, so it was not measured")


if __name__ == "__main__":
    main()
