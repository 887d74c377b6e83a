"""More processes, each with a detector of its own: texts share nothing, so the work spreads over the cores."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from redaction.detect.engine import Detector, load_detector
from redaction.detect.errors import DetectionError
from redaction.detect.settings import DetectorSettings

Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 4
"""Items that wait for each process: enough to keep it busy, few enough to keep memory flat."""

_mine: Detector | None = None


def spread(
    task: Callable[[Detector, Item], Result], items: Iterable[Item], settings: DetectorSettings, processes: int
) -> Iterator[Result]:
    """Yield the result of `task` for every item, in the order of the items, by `processes` processes.

    `task` is a function of a module, for it is called elsewhere. At most a few items per process are read ahead, so an
    endless stream may pass. Raises PipelineUnavailableError where the configured model cannot be loaded, and
    DetectionError where a process was ended from outside (by the system, when memory runs out).
    """
    load_detector(settings)  # a wrong model is told once and clearly, before any process starts
    waiting: deque[Future[Result]] = deque()
    context = multiprocessing.get_context("spawn")  # a copy of a process with threads in it may hang
    with ProcessPoolExecutor(processes, context, _load, (settings,)) as executor:
        try:
            for item in items:
                waiting.append(executor.submit(_run, task, item))
                if len(waiting) >= processes * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise DetectionError(
                "Een van de zoekprocessen is gestopt, misschien omdat het geheugen vol is. Wat al is getoond, klopt. "
                "Probeer de rest opnieuw met minder processen."
            ) from error
        finally:
            for future in waiting:
                future.cancel()


def _load(settings: DetectorSettings) -> None:
    global _mine  # noqa: PLW0603  # one detector for the life of the process
    _mine = load_detector(settings)


def _run(task: Callable[[Detector, Any], Any], item: Any) -> Any:
    if _mine is None:
        raise RuntimeError("The process was started without its detector.")
    return task(_mine, item)
