"""The sample Woo request that ships with the product: a request, its source files, and what should become of them.

Everything in it is invented. `tools/make_sample.py` writes the files; change them there.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent


def request_eml() -> Path:
    """The request as it came in: an e-mail (eml)."""
    return ROOT / "verzoek.eml"


def sources() -> Path:
    """The folder with the source files, as departments handed them in."""
    return ROOT / "bronnen"


def manifest() -> dict[str, Any]:
    """Every source file and every part inside one, with its hash and expected outcome, and the totals.

    `items[].path` is relative to `sources()`; a part inside a file is `path!/name`. `items[].outcome` is `document`,
    `duplicate` (with `duplicate_of`), `container` (unpacked, no document itself) or `todo` (with `reason`: empty,
    broken, password or unsupported). Of equal files exactly one is the document; which one is free.
    """
    record: dict[str, Any] = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    return record


def persons() -> list[dict[str, Any]]:
    """Every person in the sample: name, spellings, initials, role, and each datum with the files that hold it.

    Where `public_role` is true the name is meant to stay readable; that person's contact data is not.
    """
    people: list[dict[str, Any]] = json.loads((ROOT / "persons.json").read_text(encoding="utf-8"))
    return people
