"""More processes that read: copies of one in which the detector was loaded, so they start at once and share memory."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Event
from typing import Any, Generic, Self, TypeVar

from redaction.apart import Copy, Exceeded, Limits, Origin

Reader = TypeVar("Reader")
Item = TypeVar("Item")
Result = TypeVar("Result")

LIMITS = Limits(seconds=3600, cpu=sys.maxsize)
"""One item may be a document of thousands of pages; a process reads any number of items."""
_AHEAD = 4
"""Items that wait for each process: enough to keep it busy, few enough to keep memory flat."""

_mine: Any = None


class Pool(Generic[Reader]):
    """Processes that have what `load` gives: a detector, or what holds one.

    `load` and the tasks are functions of a module, for they are called elsewhere. What `load` raises is raised by
    `each`. Close the pool by leaving its `with`.
    """

    def __init__(self, load: Callable[[], Reader], processes: int) -> None:
        self._processes = processes
        self._origin = Origin(partial(_load, load))
        self._idle: list[Copy] = []
        self._leaving = Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._origin.end()

    def each(
        self, task: Callable[[Reader, Item], Result], items: Iterable[Item]
    ) -> Generator[tuple[Item, Result | Exception]]:
        """Yield every item with what `task` gives for it, or with the error that it raised, in the order of the items.

        At most a few items per process are read ahead, so an endless stream may pass. An item at which a process dies
        is tried once more; the second time its error is Exceeded, as it is where one item takes too long.
        """
        self._leaving.clear()
        waiting: deque[tuple[Item, Future[Result | Exception]]] = deque()
        with ThreadPoolExecutor(self._processes) as threads:
            try:
                for item in items:
                    waiting.append((item, threads.submit(self._tried, task, item)))
                    if len(waiting) >= self._processes * _AHEAD:
                        yield _settled(*waiting.popleft())
                while waiting:
                    yield _settled(*waiting.popleft())
            except BaseException:  # nobody wants the rest any more
                threads.shutdown(wait=False, cancel_futures=True)
                self._leaving.set()
                self._origin.end()
                raise

    def _tried(self, task: Callable[[Reader, Item], Result], item: Item) -> Result | Exception:
        try:
            copy = self._idle.pop()
        except IndexError:
            copy = self._origin.copy(LIMITS)
        try:
            return self._done(copy, task, item)
        except Exceeded as error:
            if error.what == "time" or self._leaving.is_set():
                return error
        try:
            return self._done(self._origin.copy(LIMITS), task, item)
        except Exceeded as error:
            return error

    def _done(self, copy: Copy, task: Callable[[Reader, Item], Result], item: Item) -> Result | Exception:
        """The result of the task, or its own error; raises Exceeded where the copy is of no more use."""
        try:
            result: Result | Exception = copy.do(_run, task, item)
        except Exceeded:
            copy.end()
            raise
        except Exception as error:
            result = error
        self._idle.append(copy)
        return result


def _settled(item: Item, future: Future[Result]) -> tuple[Item, Result]:
    return item, future.result()


def _load(load: Callable[[], Any]) -> None:
    global _mine  # noqa: PLW0603  # one reader for the life of the process
    _mine = load()


def _run(task: Callable[[Any, Any], Any], item: Any) -> Any:
    return task(_mine, item)
