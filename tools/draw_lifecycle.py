"""Draws the life of a case in the handbook from the table of the law: docs/handboek/levensloop.md.

Usage: python tools/draw_lifecycle.py [--check]; --check exits 1 when the page is not what the table says.
"""

from __future__ import annotations

import sys
from pathlib import Path

from woo.law.guards import GUARD_LABELS
from woo.law.lifecycle import (
    EVENT_LABELS,
    PHASE_LABELS,
    ROLE_LABELS,
    STAGE_LABELS,
    TRANSITIONS,
    Phase,
    Role,
    Transition,
    transitions_from,
)

PAGE = Path(__file__).parents[1] / "docs" / "handboek" / "levensloop.md"
_OPENING = """# De levensloop van een zaak

Deze bladzijde is gemaakt uit de tabel die het programma zelf gebruikt (`woo/law/lifecycle.py`). Knoppen, stromen en
tests lezen dezelfde tabel: een stap die hier niet staat, bestaat niet.

Een pijl is een stap van een mens. Een stap met ⚙ zet het systeem zelf als zijn werk klaar is.
"""
_CLOSING = """
Elke stap is één transactie met één regel in de geschiedenis. Lukt een voorwaarde niet, dan verandert er niets en
zegt het programma waarom. **Vier ogen** betekent: niet door iemand die zelf over een document van de zaak besliste.
"""


def page() -> str:
    """The whole page."""
    phases = [_phase(phase) for phase in Phase if any(move.source is phase for move in TRANSITIONS)]
    return "\n".join([_OPENING, _diagram(), *phases, _ends(), _CLOSING.rstrip(), ""])


def _diagram() -> str:
    lines = ["```mermaid", "stateDiagram-v2", "    direction TB"]
    lines += [f"    {phase.value} : {label}" for phase, label in PHASE_LABELS.items()]
    lines.append(f"    [*] --> {Phase.INTAKE.value} : Verzoek ontvangen")
    lines += [f"    {move.source.value} --> {move.target.value} : {_event(move)}" for move in TRANSITIONS]
    lines += [f"    {phase.value} --> [*]" for phase in Phase if not transitions_from(phase, list(Role))]
    return "\n".join([*lines, "```"])


def _event(move: Transition) -> str:
    return f"⚙ {EVENT_LABELS[move.event]}" if Role.SYSTEM in move.roles else EVENT_LABELS[move.event]


def _phase(phase: Phase) -> str:
    """The moves out of one phase as a table."""
    lines = [
        f"\n## {PHASE_LABELS[phase]}\n",
        "| Stap | Naar | Wie | Voorwaarden | Daarna begint |",
        "|---|---|---|---|---|",
    ]
    for move in (move for move in TRANSITIONS if move.source is phase):
        guards = [GUARD_LABELS[guard] for guard in move.guards] + (["vier ogen"] if move.four_eyes else [])
        who = ", ".join(sorted(ROLE_LABELS[role] for role in move.roles))
        starts = STAGE_LABELS[move.starts] if move.starts else "–"
        lines.append(
            f"| {_event(move)} | {PHASE_LABELS[move.target]} | {who} | {'; '.join(guards) or '–'} | {starts} |"
        )
    return "\n".join(lines)


def _ends() -> str:
    names = [PHASE_LABELS[phase].lower() for phase in Phase if not transitions_from(phase, list(Role))]
    return f"\n## Einde\n\nEen zaak eindigt als zij is {' of '.join(names)}. Daarna kunt u nog wel feiten " \
           "vastleggen, zoals een bezwaar."


def main(arguments: list[str]) -> int:
    """Write the page, or only look whether it is right."""
    if "--check" in arguments:
        return 0 if PAGE.read_text(encoding="utf-8") == page() else 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
