"""The value lists of DiWoo 0.9.8 (TOOI identifiers): organisations, kinds of document, handelingen, removal reasons.

The lists are shipped in values/diwoo-0.9.8.json, which names its source; a URI outside them is refused.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from woo.errors import InputRejected

_KERN = "https://identifier.overheid.nl/tooi/def/thes/kern/"
_PUBLICATIONS = "http://publications.europa.eu/resource/authority/"

CATEGORY_WOO_REQUESTS = _KERN + "c_3baef532"
KIND_BESLUIT = _KERN + "c_4f50ca9c"
HANDELING_VASTSTELLING = _KERN + "c_641ecd76"
HANDELING_ONDERTEKENING = _KERN + "c_e1ec050e"
RELATION_ANNEX = _KERN + "c_05f4a5f3"
LANGUAGE_DUTCH = _PUBLICATIONS + "language/NLD"
FORMAT_PDF = _PUBLICATIONS + "file-type/PDF"
FORMAT_CSV = _PUBLICATIONS + "file-type/CSV"
REASON_PRIVACY = _KERN + "c_098c1346"


def label(list_name: str, uri: str) -> str:
    """The official label of `uri` in a list ("organisations", "document_kinds", …); InputRejected where unknown."""
    values: dict[str, str] = _lists()[list_name]
    if uri not in values:
        raise InputRejected(
            "Een waarde staat niet in de officiële waardelijst (TOOI). Er is niets gemaakt. "
            "Kies een waarde uit de lijst of controleer de instelling van de organisatie."
        )
    return values[uri]


def removal_reasons() -> dict[str, str]:
    """The reasons for which a published document may be withdrawn: URI and label."""
    return dict(_lists()["removal_reasons"])


@cache
def _lists() -> dict[str, dict[str, str]]:
    path = Path(__file__).parent / "values" / "diwoo-0.9.8.json"
    lists: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return lists
