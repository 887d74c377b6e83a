"""The reliability picture as SVG: the score on one axis, how often it is right on the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_LEFT, _TOP, _SIZE = 70, 50, 360
_LABELS = {"names": ("namen", "#154273", "circle"), "numbers": ("nummers en adressen", "#a90061", "square")}


def draw(rows: Iterable[Mapping[str, Any]]) -> str:
    """Give the picture; each point is a band of scores with its number of finds beside it."""
    rows = list(rows)
    lines = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 470" font-family="sans-serif" font-size="13">',
        "<title>Score en gevonden juistheid per groep</title>",
        '<rect width="680" height="470" fill="#ffffff"/>',
    ]
    for step in range(6):
        value = step / 5
        x, y = _x(value), _y(value)
        lines.append(f'<path d="M{_LEFT} {y}H{_LEFT + _SIZE}M{x} {_TOP}V{_TOP + _SIZE}" stroke="#d0d0d0"/>')
        lines.append(f'<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{_dutch(value)}</text>')
        lines.append(f'<text x="{x}" y="{_TOP + _SIZE + 20}" text-anchor="middle">{_dutch(value)}</text>')
    lines.append(f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="#696969" stroke-dasharray="6 4"/>')
    for row in rows:
        _label, colour, shape = _LABELS[row["group"]]
        x, y = _x(row["score"]), _y(row["right"])
        aside, anchor = (10, "start") if shape == "circle" else (-10, "end")
        count = f'<text x="{x + aside}" y="{y + 16}" fill="{colour}" text-anchor="{anchor}">{row["finds"]}</text>'
        lines.append(_mark(shape, colour, x, y) + count)
    for place, (label, colour, shape) in enumerate(_LABELS.values()):
        y = _TOP + 20 + 24 * place
        lines.append(_mark(shape, colour, 495, y) + f'<text x="510" y="{y + 4}">{label}</text>')
    lines.append(f'<text x="490" y="{_TOP + 72}" fill="#696969">getal: aantal vondsten</text>')
    lines.append(f'<text x="{_LEFT + _SIZE / 2}" y="455" text-anchor="middle">score van het voorstel</text>')
    lines.append(f'<text x="{_LEFT}" y="30">deel dat klopt</text></svg>')
    return "\n".join(lines) + "\n"


def _mark(shape: str, colour: str, x: float, y: float) -> str:
    if shape == "circle":
        return f'<circle cx="{x}" cy="{y}" r="6" fill="{colour}"/>'
    return f'<rect x="{x - 5}" y="{y - 5}" width="10" height="10" fill="{colour}"/>'


def _x(value: float) -> float:
    return round(_LEFT + value * _SIZE, 1)


def _y(value: float) -> float:
    return round(_TOP + _SIZE - value * _SIZE, 1)


def _dutch(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
