"""How the runner says that it works: one byte through a pipe, so that nobody has to guess from outside."""

from __future__ import annotations

import os
import select

READY_VARIABLE = "FLOWS_READY"
"""Number of the pipe end that the runner writes to."""


class ReadyPipe:
    """The parent's side. The writer goes to the child; `said` is true once the child wrote."""

    def __init__(self) -> None:
        self._reader, self.writer = os.pipe()
        self._said = False

    def started(self) -> None:
        """Close the parent's copy of the child's end."""
        os.close(self.writer)

    @property
    def said(self) -> bool:
        """True once the child said that it works; a child that died first never does."""
        if not self._said and select.select([self._reader], [], [], 0)[0]:
            self._said = os.read(self._reader, 1) == b"1"
        return self._said

    def __del__(self) -> None:
        os.close(self._reader)


def say_ready() -> None:
    """The child's side: say it once; nothing where nobody asked."""
    if descriptor := os.environ.pop(READY_VARIABLE, None):
        os.write(int(descriptor), b"1")
        os.close(int(descriptor))
