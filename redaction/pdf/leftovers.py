"""What is left around content that went: saved states, text objects and marks that hold nothing any more.

They tell how many pieces went, and their matrices and clips how wide each was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pikepdf import ContentStreamInstruction, Operator, String

from redaction.pdf.content import named

STATE = frozenset(
    "cm w J j M d ri i gs CS cs SC SCN sc scn G g RG rg K k Tc Tw Tz TL Tf Tr Ts Td TD Tm T* "
    "m l c v y h re W W* n".split()
)
"""Operators that paint nothing themselves: all others count as something to be seen."""
PLACES = {"Td", "TD", "Tm", "T*"}
MARKS = {"BMC", "BDC", "EMC"}
OPENS = {"q": "q", "BT": "BT", "BMC": "EMC", "BDC": "EMC"}
CLOSES = {"Q": "q", "ET": "BT", "EMC": "EMC"}


@dataclass
class _Open:
    """What was begun: where in the list, whether the structure tree needs it, and whether something in it is seen."""

    kind: str
    start: int
    needed: bool
    seen: bool = False


def without_leftovers(instructions: Iterable[tuple[str, Any, bool]]) -> list[Any]:
    """The operators without what holds nothing to be seen; those told to be needed stay, and so does the state.

    Each comes with its name, and whether it is needed.
    """
    out: list[Any] = []
    begun: list[_Open] = []
    places: list[int] = []  # where text was put since the last that was shown
    for operator, instruction, needed in instructions:
        if operator == "Tj" and list(instruction.operands) == [String("")]:
            continue
        if operator in ("Tm", "ET"):  # nothing was shown there: another place follows, or none
            for i in places:
                out[i] = _leading(out[i])
            places = []
        if operator in PLACES:
            places.append(len(out))
        elif operator not in STATE:
            places = []
        out.append(instruction)
        if operator in OPENS:
            begun.append(_Open(OPENS[operator], len(out) - 1, needed))
        elif operator in CLOSES:
            _close(out, begun, CLOSES[operator])
        elif operator not in STATE:
            _see(begun)
    return [i for i in out if i is not None]


def _see(begun: list[_Open]) -> None:
    """Note that something is seen in all that was begun; around what was seen already all is noted."""
    for other in reversed(begun):
        if other.seen:
            return
        other.seen = True


def shows_nothing(instructions: Iterable[Any]) -> bool:
    """Whether these operators only set a state that nothing uses."""
    return all(named(i) in STATE for i in instructions)


def _close(out: list[Any], begun: list[_Open], kind: str) -> None:
    """End the last of this kind; what overlaps with it instead of lying within it stays as it is."""
    place = next((i for i in range(len(begun) - 1, -1, -1) if begun[i].kind == kind), None)
    if place is None or place + 1 < len(begun):
        _see(begun)
    if place is None:
        return
    ended = begun.pop(place)
    if ended.seen or ended.needed:
        return
    within = [i for i in out[ended.start + 1 : -1] if i is not None]
    if kind == "q":
        within = [i for i in within if named(i) in MARKS]
    out[ended.start :] = within


def _leading(instruction: Any) -> Any:
    """What a place sets besides: TD the leading (ISO 32000-2, table 106), the others nothing."""
    if named(instruction) != "TD" or len(instruction.operands) < 2:
        return None
    return ContentStreamInstruction([-instruction.operands[1]], Operator("TL"))
