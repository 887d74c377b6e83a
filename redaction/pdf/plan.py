"""What must go from a PDF: boxes on pages, each with the ground printed in it. The JSON form is in contracts.md."""
from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from redaction.pdf.geometry import Box, normal


@dataclass(frozen=True)
class Item:
    """One decision: `boxes` (points, user space) on `page` (from 0), label `code`, and optionally the text that goes.

    Where `text` is given, verification fails while it is still on the page.
    """

    page: int
    boxes: tuple[Box, ...]
    code: str
    text: str | None = None


@dataclass(frozen=True)
class Plan:
    """All decisions for one document; `gone_everywhere` asks that the texts are on no page at all."""

    items: tuple[Item, ...]
    gone_everywhere: bool = False

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Plan:
        """Plan from its JSON form. Raises ValueError with a Dutch sentence when the form is wrong."""
        items = data.get("items")
        if not isinstance(items, list):
            raise ValueError("Het lakplan heeft geen lijst 'items'.")
        return cls(tuple(_item(i, n) for n, i in enumerate(items)), bool(data.get("gone_everywhere", False)))

    def to_json(self) -> dict[str, Any]:
        """JSON form; `Plan.from_json(plan.to_json()) == plan`."""
        items = []
        for item in self.items:
            row: dict[str, Any] = {"page": item.page, "boxes": [list(b) for b in item.boxes], "code": item.code}
            if item.text is not None:
                row["text"] = item.text
            items.append(row)
        return {"items": items, "gone_everywhere": self.gone_everywhere}

    def sha256(self) -> str:
        """Hash of the canonical JSON form (sorted keys, no spaces), as stored beside a verified file."""
        text = json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def pages(self) -> dict[int, list[Item]]:
        """Items by page, in the order of the plan."""
        found: dict[int, list[Item]] = {}
        for item in self.items:
            found.setdefault(item.page, []).append(item)
        return found


def _item(data: object, number: int) -> Item:
    where = f"Regel {number + 1} van het lakplan"
    if not isinstance(data, dict):
        raise ValueError(f"{where} is geen object.")
    page, boxes, code, text = data.get("page"), data.get("boxes"), data.get("code", ""), data.get("text")
    if not isinstance(page, int) or isinstance(page, bool) or page < 0:
        raise ValueError(f"{where} heeft geen geldig paginanummer (vanaf 0).")
    if not isinstance(boxes, list):
        raise ValueError(f"{where} heeft geen lijst 'boxes'.")
    if not isinstance(code, str) or not (text is None or isinstance(text, str)):
        raise ValueError(f"{where}: 'code' en 'text' moeten tekst zijn.")
    return Item(page, tuple(_box(b, where) for b in boxes), code, text)


def _box(data: object, where: str) -> Box:
    numbers = isinstance(data, list | tuple) and len(data) == 4
    if not numbers or any(isinstance(v, bool) or not isinstance(v, int | float) for v in data):  # type: ignore[attr-defined]
        raise ValueError(f"{where}: een vak is vier getallen [x0, y0, x1, y1].")
    box = normal(data)  # type: ignore[arg-type]
    if not all(math.isfinite(v) for v in box) or box[2] - box[0] <= 0 or box[3] - box[1] <= 0:
        raise ValueError(f"{where}: een vak moet breedte en hoogte hebben.")
    return box
