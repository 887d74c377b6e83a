"""Writes text that moved or went anew, so that no operator beside it tells where it stood.

A removed name leaves more than a gap: the operators that placed it, those that place the words after it from where it
ended, and the word spacing (Tw) of a line that was set against two edges. So each stretch of such text gets a place of
its own (Tm), and its spaces become movements. What stays where it was keeps its operators.

Where no text moves, its places tell nothing that the boxes do not: then what stays keeps its operators to the last
decimal, for a viewer that adds up steps in single precision puts a letter on another pixel when they differ at all.
"""
from __future__ import annotations

from bisect import bisect
from collections.abc import Callable
from operator import attrgetter

from pikepdf import Array, ContentStreamInstruction, Operator

from redaction.pdf.content import Content, Show, Step
from redaction.pdf.geometry import IDENTITY, Matrix, apply, invert, multiply
from redaction.pdf.runs import Run, rewrite

CLIPS = 4
"""Text rendering modes from here on cut what is painted next to the shape of the letters."""
FINE, COARSE = 6, 3
"""Decimals of movements of the pen, where the places of letters must stay what they were and where not."""
FAINT = 1e-7
"""Movements of the pen that are none."""
Instructions = list[ContentStreamInstruction]


class TextWriter:
    """Writes the text of one stream, of which `runs` holds those that were looked at; `run_of` explodes a Show.

    With `exact` no text moves, and only the operators go that placed what is wholly gone.
    """

    def __init__(
        self, content: Content, runs: dict[int, Run], run_of: Callable[[Show], Run], ctm: Matrix, *, exact: bool = False
    ) -> None:
        self.content, self.runs, self.run_of, self._exact = content, runs, run_of, exact
        self.changes: dict[int, Instructions] = {}
        """What stands in the place of each operator that changes."""
        self.written: list[Run] = []
        """The runs that are shown in another way."""
        touched = {r.show.chain for r in runs.values() if r.touched}
        self._first: dict[int, Show] = {}
        """The first Show of each chain that still shows something."""
        for show in content.shows if touched else ():
            if show.chain not in self._first and not self._empty(show):
                self._first[show.chain] = show
        self._touched = touched
        self._bodies = {s.body for s in content.steps if s.chain in touched}
        self._shown = {show.chain for show in content.shows}
        self._windows = self._emptied_windows() if touched else set()
        """The text objects of which all letters went that were a window on what follows."""
        self._unplaced = self._bare_transforms() if touched and not exact else set()
        self._spacing = (0.0, 0.0)
        self._stack: list[tuple[tuple[float, float], Matrix]] = []
        self._ctm = ctm
        self._sound = True
        """Whether the line matrix is what the original operators made of it."""
        self._placed = True
        """Whether the text matrix is that of the pen."""
        self._line: Matrix | None = None
        """The line matrix as the operators written so far leave it; None where that is not looked at."""
        self._chain, self._residual = -1, 0.0

    def write(self) -> dict[int, Instructions]:
        """The changes."""
        if self._touched:
            items: list[Step | Show] = [*self.content.steps, *self.content.shows]
            items.sort(key=attrgetter("index"))  # of one operator the step comes first
            for item in items:
                if isinstance(item, Show):
                    self._show(item)
                else:
                    self._step(item)
        return self.changes

    def _anew(self, show: Show) -> bool:
        run = self.runs.get(show.index)
        return run is not None and run.touched

    def _empty(self, show: Show) -> bool:
        return self._anew(show) and all(g.removed for g in self.runs[show.index].glyphs)

    # what places and spaces ------------------------------------------------------------------------------------------
    def _step(self, step: Step) -> None:
        if step.operator == "q":
            self._stack.append((self._spacing, self._ctm))
        elif step.operator == "Q":
            self._spacing, self._ctm = self._stack.pop()
        elif step.operator in ("Tw", "Tc"):
            self.changes[step.index] = []
        elif step.operator == "cm":
            self._transform(step)
        elif step.operator == "BT":
            first = self._first.get(step.chain)
            self._sound = self._placed = self._exact or first is None or not self._anew(first)
            self._line = IDENTITY if self._exact else None
        elif step.operator == "ET":
            if step.body in self._windows:  # without the letters, all that they cut off would show
                made = (("ET", ()), ("re", (0.0,) * 4), ("W", ()), ("n", ()))
                self.changes[step.index] = [_operator(name, values) for name, values in made]
        elif step.body in self._bodies:
            self._place(step)

    def _transform(self, step: Step) -> None:
        matrix = step.matrix
        if step.index in self._unplaced:
            matrix = (*matrix[:4], 0.0, 0.0)
            self.changes[step.index] = [_operator("cm", matrix)]
        self._ctm = multiply(matrix, self._ctm)

    def _place(self, step: Step) -> None:
        """Keep a positioning operator before text that stays where it was, drop it elsewhere."""
        first = self._first.get(step.chain)
        self._placed = first is not None and not self._anew(first)
        if self._exact:
            self._placed = first is not None or step.chain not in self._shown
        shows = step.operator in ("'", '"')
        line, self._line = self._line, step.matrix if self._exact and self._placed else self._line
        if shows and self._exact and self._placed and self._sound:
            self.changes[step.index] = [_operator("T*", ())]
            return
        if self._placed and not shows and (self._sound or step.operator == "Tm"):
            self._sound = True
            return
        made = [_operator("TL", (step.leading,))] if step.operator == "TD" else []
        if self._placed:
            made.append(_jump(line, step.matrix))
        self._sound = self._placed
        self.changes[step.index] = made

    def _emptied_windows(self) -> set[int]:
        body_of = {step.chain: step.body for step in self.content.steps}
        left: dict[int, bool] = {}
        for show in self.content.shows:
            if show.state.mode >= CLIPS and show.chain in body_of:
                stays = not self._anew(show) or any(not g.removed and not g.blank for g in self.runs[show.index].glyphs)
                left[body_of[show.chain]] = left.get(body_of[show.chain], False) or stays
        return {body for body, stays in left.items() if not stays}

    def _bare_transforms(self) -> set[int]:
        """The cm operators that bear upon nothing but text that is written anew."""
        content = self.content
        fixed = sorted(
            [s.index for s in content.shows if not self._anew(s)]
            + [use.index for uses in (content.images, content.forms, content.paths, content.shadings) for use in uses]
            + [use.index for use in content.masks]
        )
        anew = [s.index for s in content.shows if self._anew(s)]
        found: set[int] = set()
        ends = [len(content.instructions)]
        for step in reversed(content.steps):
            if step.operator == "Q":
                ends.append(step.index)
            elif step.operator == "q" and len(ends) > 1:
                ends.pop()
            elif step.operator == "cm" and _invertible(step.matrix):
                end = ends[-1]
                if bisect(fixed, end) == bisect(fixed, step.index) and bisect(anew, end) > bisect(anew, step.index):
                    found.add(step.index)
        return found

    # what shows -----------------------------------------------------------------------------------------------------
    def _show(self, show: Show) -> None:
        if show.chain != self._chain:
            self._chain, self._residual = show.chain, 0.0
        if self._anew(show) or abs(self._residual) >= FAINT:
            self._write(show)
        else:
            self._keep(show)

    def _keep(self, show: Show) -> None:
        """Show what stays where it was, with its own spacing."""
        before = self.changes.get(show.index)
        state = show.state
        operator = show.operator
        if before is None and operator == '"':
            self._spacing = (state.char_space, state.word_space)
            return
        made = (before or []) + self._space(state.char_space, state.word_space)
        if before is None and made and operator == "'":
            before = made = [*made, _operator("T*", ())]
        if not made:
            return
        shown = self.content.instructions[show.index]
        name = "TJ" if operator == "TJ" else "Tj"
        self.changes[show.index] = [*made, ContentStreamInstruction([shown.operands[-1]], Operator(name))]

    def _write(self, show: Show) -> None:
        run = self.run_of(show)
        start, items, self._residual = rewrite(
            run, self._residual, placed=self._placed, decimals=FINE if self._exact else COARSE
        )
        made: Instructions = []
        if items:
            made = self._space(run.char_space, 0.0)
            if not self._placed:
                made.append(_operator("Tm", self._matrix_at(run, start)))
                self._placed, self._line = True, None
            made.append(ContentStreamInstruction([Array(items)], Operator("TJ")))
        self.changes[show.index] = self.changes.get(show.index, []) + made
        self.written.append(run)

    def _matrix_at(self, run: Run, pen: float) -> Matrix:
        """The text matrix with the pen so far along the run."""
        move = (1.0, 0.0, 0.0, 1.0, 0.0, pen) if run.vertical else (1.0, 0.0, 0.0, 1.0, pen, 0.0)
        matrix = multiply(move, run.show.matrix)
        return matrix if self._ctm == run.show.ctm else multiply(multiply(matrix, run.show.ctm), invert(self._ctm))

    def _space(self, characters: float, words: float) -> Instructions:
        """Operators that set character and word spacing where they differ."""
        old, self._spacing = self._spacing, (characters, words)
        return [
            _operator(name, (value,))
            for name, value, was in (("Tc", characters, old[0]), ("Tw", words, old[1]))
            if value != was
        ]


def _jump(line: Matrix | None, matrix: Matrix) -> ContentStreamInstruction:
    """The operator that makes a line matrix of another: a step where it can, as viewers add these up."""
    if line is not None and line[:4] == matrix[:4] and _invertible(line):
        x, y = apply(invert((*line[:4], 0.0, 0.0)), matrix[4] - line[4], matrix[5] - line[5])
        return _operator("Td", (x, y))
    return _operator("Tm", matrix)


def _invertible(matrix: Matrix) -> bool:
    try:
        invert((*matrix[:4], 0.0, 0.0))
    except ZeroDivisionError:
        return False
    return True


def _operator(name: str, values: tuple[float, ...]) -> ContentStreamInstruction:
    return ContentStreamInstruction([round(v, 5) for v in values], Operator(name))
