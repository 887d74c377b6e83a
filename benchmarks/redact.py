"""Measures redaction beside PyMuPDF and a raster, in one run over the same files.

`python -m benchmarks.redact [FOLDER] [--boxes 3] [--seed 1] [--every 1] [--no-peers] [--no-attacks] [--memos 20 100]`

Three sets: the attack files of the tests, each hiding one name in one place, the PDFs in FOLDER with boxes on random
words of every page, and memos of as many pages as given, on which only the product is timed. All results are judged by
the product's own verification.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._memo import make_memo
from benchmarks._redact_score import Score, compare, count_gaps, make_plan
from benchmarks._redact_tools import Ours, PyMuPdf, start_pymupdf
from redaction.apart import sweep_seldom
from redaction.errors import UnusableInput
from redaction.pdf import Plan
from redaction.pdf.report import Finding
from redaction.pdf.verification.checks import Ledger, run_checks
from tests.unit.pdf import attacks

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "pdf"
Tool = Ours | PyMuPdf
MOST_GROWTH = 1.1
"""Results larger than this many times the source are named."""


def measure(files: list[Path], tool: Tool, boxes: int, seed: int, score: Score, *, gaps: bool = False) -> None:
    """Run one tool over real files; with `gaps` count those on the grid instead of words that stayed in place."""
    for path in files:
        try:
            plan, pages = make_plan(path, boxes, random.Random(f"{seed}{path.name}"))
        except UnusableInput:
            continue
        score.tried += 1
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder)
            try:
                made = tool.run(path, plan, work)
            except Exception as error:
                score.crashes.append(f"{path.name} ({type(error).__name__})")
                continue
            result = work / "out.pdf"
            start = processor_seconds()
            report = run_checks(made.base, result, plan)
            score.check_seconds += processor_seconds() - start
            if not report.proven:
                score.with_findings.append(f"{path.name} ({', '.join(sorted({f.channel for f in report.findings}))})")
            score.finished += 1
            score.pages += len(pages)
            score.seconds += made.seconds
            score.image_pages += sum(engine == "image" for engine in made.engines.values())
            score.sizes.append(result.stat().st_size / path.stat().st_size)
            if score.sizes[-1] > MOST_GROWTH:
                score.larger.append(f"{path.name} ({score.sizes[-1]:.2f} x)")
            if gaps:
                count_gaps(pages, result, plan, score)
            else:
                compare(pages, path, result, plan, score)


class TimedLedger(Ledger):
    """A ledger that knows how many processor seconds each check took, its own processes included."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: Counter[str] = Counter()

    def check(self, channels: Iterable[str], work: Callable[[], list[Finding]]) -> None:
        """Do one check and note its time under the first of its channels."""
        names = list(channels)
        start = processor_seconds()
        super().check(names, work)
        self.seconds[names[0]] += processor_seconds() - start


def processor_seconds() -> float:
    """Processor time of this process and of those that it waited for."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(spent.ru_utime + spent.ru_stime for spent in both)


def measure_checks(pages: int, boxes: int, seed: int) -> None:
    """Print what each check of a memo costs: the best of three runs."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        memo = make_memo(work / "memo.pdf", pages, seed)
        plan, read = make_plan(memo, boxes, random.Random(seed))
        made = Ours(width_defence=True).run(memo, plan, work)
        runs = []
        for _ in range(3):
            ledger, start = TimedLedger(), processor_seconds()
            report = run_checks(made.base, work / "out.pdf", plan, ledger=ledger)
            runs.append((processor_seconds() - start, ledger.seconds, report.proven))
    total, seconds, proven = min(runs, key=lambda run: run[0])
    print(f"\nMemo of {len(read)} pages, {boxes} boxes a page, {'proven' if proven else 'NOT PROVEN'}.")
    print(f"CPU seconds to build {made.seconds:.2f}, to check {total:.2f} ({len(read) / total:.1f} pages a second):")
    for name, spent in [*seconds.most_common(), ("both files read by PDFium", total - seconds.total())]:
        print(f"  {name:<28}{spent:>8.3f} s{1000 * spent / len(read):>10.2f} ms a page")


def attack(tool: Tool, score: Score, every: int) -> None:
    """Run one tool over the attack files: a channel is closed when nothing is found of what leaked there before."""
    for name in sorted(attacks.CONTENT | attacks.BESIDE | attacks.BYTES)[::every]:
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder)
            source, leak, plan = _attacked(name, work)
            score.channels += 1
            leaking = {f.channel for f in run_checks(source, leak, plan).findings}
            try:
                made = tool.run(source, plan, work)
                left = {f.channel for f in run_checks(made.base, work / "out.pdf", plan).findings}
            except Exception:  # a crash leaves the channel open as well
                left = leaking
            if left & leaking:
                score.open_channels.append(name)


def _attacked(name: str, work: Path) -> tuple[Path, Path, Plan]:
    """The file of an attack, the file in which only its own channel leaks, and the plan."""
    if name in attacks.BYTES:
        source = attacks.BYTES[name](work / "in.pdf")
        return source, source, attacks.PLAN
    if name in attacks.BESIDE:
        source = attacks.saved(attacks.BESIDE[name](True), work / "in.pdf")
        return source, attacks.saved(attacks.BESIDE[name](False), work / "leak.pdf"), attacks.PLAN
    pdf = attacks.CONTENT[name](True)
    source = attacks.saved(pdf, work / "in.pdf")
    plan = attacks.PLANS[name](source) if name in attacks.PLANS else attacks.boxes_on_every_page(pdf)
    return source, source, plan


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} ({100 * part / whole:.2f} %)" if whole else "-"


ROWS: dict[str, Callable[[Score], str]] = {
    "channels closed": lambda s: _share(s.channels - len(s.open_channels), s.channels),
    "files finished": lambda s: _share(s.finished, s.tried),
    "files with findings": lambda s: _share(len(s.with_findings), s.finished),
    "words kept outside boxes": lambda s: _share(s.kept, s.words),
    "words moved": lambda s: _share(s.moved, s.words),
    "files with all words": lambda s: _share(s.all_kept, s.finished) if s.words else "-",
    "same pixels by PDFium": lambda s: _share(s.quiet["PDFium"], s.finished) if s.words else "-",
    "same pixels by poppler": lambda s: _share(s.quiet["poppler"], s.finished) if s.words else "-",
    "tagged and still tagged": lambda s: _share(s.still_tagged, s.tagged),
    "pages as image": lambda s: _share(s.image_pages, s.pages),
    "gaps on the 12 pt grid": lambda s: _share(s.gaps_on_grid, s.gaps),
    "size of result, median": lambda s: f"{statistics.median(s.sizes):.2f} x" if s.sizes else "-",
    "pages redacted per CPU second": lambda s: f"{s.pages / s.seconds:.1f}" if s.seconds else "-",
    "pages checked per CPU second": lambda s: f"{s.pages / s.check_seconds:.1f}" if s.check_seconds else "-",
}


def show(scores: dict[str, Score]) -> None:
    """The table, a column for each tool, and below it what went wrong."""
    print("\n" + " " * 32 + "".join(f"{name:>26}" for name in scores))
    for label, value in ROWS.items():
        print(f"{label:<32}" + "".join(f"{value(score):>26}" for score in scores.values()))
    for name, score in scores.items():
        for label, names in (
            ("findings in", score.with_findings), ("crashed on", score.crashes), ("open channels", score.open_channels),
            ("lost words in", score.lost), *((f"other pixels by {p} in", n) for p, n in score.noisy.items()),
            ("larger", score.larger),
        ):  # fmt: skip
            if names:
                print(f"\n{name}, {label}: {'; '.join(names)}")


def main() -> None:
    """Entry of the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--boxes", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=1, help="take every so many-th file and attack")
    parser.add_argument("--no-peers", action="store_true", help="measure the product alone")
    parser.add_argument("--no-attacks", action="store_true", help="leave out the attack files")
    parser.add_argument("--memos", type=int, nargs="*", default=[20, 100], help="pages of the memos to time checks on")
    given = parser.parse_args()
    sweep_seldom()  # as in the processes in which the product works
    files = sorted(given.folder.rglob("*.pdf"))[:: given.every] if given.folder.is_dir() else []
    tools: dict[str, Tool] = {
        "gaps kept": Ours(width_defence=False), "width defence": Ours(width_defence=True)
    }  # fmt: skip
    peer = None if given.no_peers else start_pymupdf()
    if not given.no_peers:
        tools["raster"] = Ours(width_defence=False, images=True)
        if peer is not None:
            tools[f"PyMuPDF {peer.version}"] = peer
        else:
            print("PyMuPDF could not be installed in an environment of its own, so it is not measured.")
    scores = {name: Score() for name in tools}
    for name, tool in tools.items():
        measure(files, tool, given.boxes, given.seed, scores[name], gaps=name == "width defence")
        if not given.no_attacks:
            attack(tool, scores[name], given.every)
    show(scores)
    for pages in given.memos:
        measure_checks(pages, given.boxes, given.seed)
    if peer is not None:
        peer.close()


if __name__ == "__main__":
    main()
