"""A picture of counts by row and column: the darker, the more; the number always stands in it. SVG without style.

Pure: numbers in, text out. Classes colour it (`workbench.css`), so that a strict content security policy allows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

_NAMES, _CELL, _ROW, _HEAD = 150, 46, 26, 26
_STEPS = 4


@dataclass(frozen=True, slots=True)
class Heat:
    """A table of counts. `rows` and `columns` are key and label; `links` holds where a cell leads to, if anywhere."""

    rows: Sequence[tuple[str, str]]
    columns: Sequence[tuple[str, str]]
    cells: Mapping[tuple[str, str], int]
    links: Mapping[tuple[str, str], str]

    def count(self, row: str, column: str) -> int:
        """The count in a cell; 0 where there is none."""
        return self.cells.get((row, column), 0)


def heat_svg(heat: Heat) -> Markup:
    """The picture. It is decoration for who sees it: the same table in HTML must stand beside it (hidden or not)."""
    width, height = _NAMES + _CELL * len(heat.columns), _HEAD + _ROW * len(heat.rows)
    most = max(heat.cells.values(), default=0)
    parts = [
        f'<svg class="woo-heat" viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true" '
        'focusable="false">'
    ]
    for place, (_, label) in enumerate(heat.columns):
        x = _NAMES + place * _CELL + _CELL / 2
        parts.append(f'<text class="woo-heat__head" x="{x}" y="17" text-anchor="middle">{escape(label)}</text>')
    for line, (row, label) in enumerate(heat.rows):
        y = _HEAD + line * _ROW
        parts.append(f'<text class="woo-heat__name" x="0" y="{y + 17}">{escape(_cut(label))}</text>')
        parts += [
            _cell(_NAMES + place * _CELL, y, heat.count(row, column), most)
            for place, (column, _) in enumerate(heat.columns)
        ]
    return Markup("".join([*parts, "</svg>"]))  # noqa: S704 - every text in it was escaped above


def _cell(x: int, y: int, number: int, most: int) -> str:
    step = 0 if not number else 1 + min(_STEPS - 1, (number - 1) * _STEPS // max(1, most))
    box = (
        f'<rect class="woo-heat__cell woo-heat__cell--{step}" x="{x + 1}" y="{y + 1}" width="{_CELL - 2}" '
        f'height="{_ROW - 2}"/>'
    )
    if not number:
        return box
    text = f'<text class="woo-heat__number woo-heat__number--{step}" x="{x + _CELL / 2}" y="{y + 17}" '
    return f'{box}{text}text-anchor="middle">{number}</text>'


def _cut(label: str, most: int = 20) -> str:
    return label if len(label) <= most else label[: most - 1] + "…"
