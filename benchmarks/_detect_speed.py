"""How fast `woo detect` reads: one document per call, one process beside two, and a thousand pages as text and PDF.

Words a second are per second of CPU on one core; the pages are timed by the clock, with the start of the processes.
"""

from __future__ import annotations

import itertools
import multiprocessing
import resource
import textwrap
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from redaction.detect import DetectorSettings, load_detector
from redaction.detect.command import detect_files
from redaction.detect.nlp import SHIPPED
from redaction.detect.pipelines import load_pipeline

_PAGES, _WORDS_A_PAGE, _PAGES_A_FILE = 1000, 500, 100


def print_speed(texts: Sequence[str]) -> None:
    """Print load time, words a second and memory of one process, then the thousand pages by one process and by two."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        print("\n" + process.submit(_one_process, texts).result())
    with TemporaryDirectory() as folder:
        for name, files in (("text", _text_files(Path(folder), texts)), ("PDF", _pdf_files(Path(folder), texts))):
            seconds = [_seconds(files, processes) for processes in (1, 2)]
            print(
                f"{_PAGES} pages of {_WORDS_A_PAGE} words as {name}: {seconds[0]:.1f} s by one process, "
                f"{seconds[1]:.1f} s by two ({seconds[0] / seconds[1]:.2f} times as fast)",
                flush=True,
            )


def _one_process(texts: Sequence[str]) -> str:
    """Measure here what one process does: the model's start, the detector's, its words a second, and its memory."""
    begin = process_time()
    load_pipeline(SHIPPED)
    model = process_time() - begin
    detector = load_detector(DetectorSettings())
    loaded = process_time() - begin - model
    words, rates = sum(len(text.split()) for text in texts), []
    for _round in range(3):
        begin = process_time()
        for text in texts:
            detector.detect(text)
        rates.append(words / (process_time() - begin))
    first = _megabytes()
    for page in itertools.islice(_pages(texts), _PAGES):
        detector.detect(page)
    return (
        f"model loaded in {model:.1f} s, the whole detector in {loaded:.1f} s\n"
        f"one document per call: {rates[0]:.0f} words/s the first time, {max(rates):.0f} later\n"
        f"memory: {first:.0f} MB at most, {_megabytes():.0f} MB after {_PAGES} pages more"
    )


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _seconds(files: Sequence[Path], processes: int) -> float:
    begin = perf_counter()
    for found in detect_files(files, processes=processes):
        if "error" in found:
            raise RuntimeError(found["error"])
    return perf_counter() - begin


def _pages(texts: Sequence[str]) -> Iterator[str]:
    """Yield pages without end: the texts one after the other, cut at line ends once a page has its words."""
    page: list[str] = []
    count = 0
    for text in itertools.cycle(texts):
        for line in (*text.splitlines(), ""):
            page.append(line)
            count += len(line.split())
            if count >= _WORDS_A_PAGE:
                yield "\n".join(page)
                page, count = [], 0


def _text_files(folder: Path, texts: Sequence[str]) -> list[Path]:
    files = [folder / f"{number}.txt" for number in range(_PAGES)]
    for file, page in zip(files, _pages(texts), strict=False):
        file.write_text(page, "utf-8")
    return files


def _pdf_files(folder: Path, texts: Sequence[str]) -> list[Path]:
    pages, files = _pages(texts), [folder / f"{number}.pdf" for number in range(_PAGES // _PAGES_A_FILE)]
    for file in files:
        canvas = Canvas(str(file), pagesize=A4)
        for page in itertools.islice(pages, _PAGES_A_FILE):
            lines = [part for line in page.splitlines() for part in textwrap.wrap(line, 110) or [""]]
            write = canvas.beginText(40, A4[1] - 30)
            write.setFont("Helvetica", 8)
            write.setLeading(min(9.5, (A4[1] - 60) / len(lines)))
            write.textLines(lines)
            canvas.drawText(write)
            canvas.showPage()
        canvas.save()
    return files
