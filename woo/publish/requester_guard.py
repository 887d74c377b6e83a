"""Keeps the requester out of everything that is published: the name, the addresses and the telephone number.

Looks for the full name, the surname after a form of address or initials, the e-mail address, the telephone number and
the postal address. A surname by itself is not refused: it can be a word, a place or another person.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from woo.errors import NotAllowed
from woo.publish.case_file import Requester

_ADDRESSED = (
    r"(?:de\s+heer|heer|mevrouw|meneer|mijnheer|dhr\.?|mevr\.?|mw\.?|hr\.?|mr\.?|dr\.?|drs\.?|ir\.?|prof\.?"
    r"|(?:[a-z]\.\s?)+)\s*"
)
_POSTCODE = re.compile(r"\b[1-9]\d{3}\s?[A-Za-z]{2}\b")
_MIN_PHONE_DIGITS = 9


def check_free_of_requester(texts: Mapping[str, object], requester: Requester | None) -> None:
    """NotAllowed where a text (by path in nested data) names the requester; the message says where, never what."""
    if requester is None:
        return
    for place, text in _texts("", texts):
        if names_requester(text, requester):
            raise NotAllowed(
                f"In de publieke versie staan gegevens van de verzoeker (onderdeel: {place}). "
                "Er is niets gepubliceerd. Haal de gegevens weg en probeer het opnieuw."
            )


def names_requester(text: str, requester: Requester) -> bool:
    """True where `text` holds something that leads to the requester."""
    plain = _plain(text)
    if any(re.search(rf"(?<!\w){re.escape(trace)}(?!\w)", plain) for trace in _traces(requester)):
        return True
    phone = re.sub(r"\D", "", requester.phone)[-_MIN_PHONE_DIGITS:]
    if len(phone) == _MIN_PHONE_DIGITS and phone in re.sub(r"[\s\-().+]", "", text):
        return True
    surname = _surname(requester.name)
    return bool(surname and re.search(_ADDRESSED + re.escape(surname) + r"\b", plain))


def _traces(requester: Requester) -> list[str]:
    """The strings that may appear nowhere, in plain form."""
    found = []
    if " " in requester.name.strip():
        found.append(_plain(requester.name))
    if "@" in requester.email:
        found.append(_plain(requester.email))
    for line in requester.address:
        for code in _POSTCODE.findall(line):
            found += [_plain(f"{code[:4]}{gap}{code[-2:]}") for gap in ("", " ")]
        if re.search(r"\d", line) and re.search(r"[A-Za-z]{4}", line):
            found.append(_plain(line))
    return found


def _surname(name: str) -> str:
    """The part of a full name after the first name or initials, in plain form; empty for a single word."""
    words = _plain(name).split(" ")
    rest = [word for word in words[1:] if not re.fullmatch(r"(?:[a-z]\.)+", word)]
    return " ".join(rest)


def _plain(text: str) -> str:
    """Lower-case, accents off, one space: how two spellings of the same name are compared."""
    flat = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return re.sub(r"\s+", " ", flat).strip().casefold()


def _texts(place: str, value: object) -> Iterator[tuple[str, str]]:
    """Every text in nested data with the path that leads to it."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(f"{place}.{key}" if place else str(key), item)
    elif isinstance(value, Sequence) and not isinstance(value, bytes):
        for index, item in enumerate(value):
            yield from _texts(f"{place} {index + 1}", item)
