"""Sentence frames by genre and how they are filled: "Beste {first},⏎Bel {full} even" becomes a text with entities.

A frame stands on one line of `frames/<genre>.txt`; `⏎` is a line end and `#` opens a remark. Slots with people are PER,
organisations and things named after people ORG, places and streets LOC; laws, dates and the like carry no label.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tools.train_ner.people import (
    Name,
    any_form,
    blended,
    draw,
    initials,
    invented_surname,
    last_alone,
    last_first,
    with_tussenvoegsel,
)

HERE = Path(__file__).parent
HELD_OUT = ("jeugdzorg", "nieuws_regio", "burgerapp", "brief_met_ruis")
"""Genres that training never shows: the score on them is what new kinds of documents may expect."""

_SLOT = re.compile(r"\{(\w+)\}")
_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
_ROLES = (
    "beleidsmedewerker projectleider jurist adviseur teamleider inspecteur wijkagent huisarts coördinator "
    "bewindvoerder secretaris controller woordvoerder onderzoeker gezinsvoogd leerkracht taxateur planoloog griffier "
    "afdelingshoofd"
).split()
_COMPANY_TAILS = (
    "Transport B.V.;Bouw;& Zonen;Advies;Advocaten;Taxaties BV;Makelaardij;Groep;Holding B.V.;Installatietechniek;"
    "Schoonmaak;Logistiek;Consultancy;en Partners;Vastgoed N.V.;Ingenieurs;Catering;Beveiliging VOF"
).split(";")
_COMPANY_HEADS = "Bouwbedrijf;Garage;Bakkerij;Stichting;Hotel;Café;Loonbedrijf;Drukkerij;Kwekerij;Boekhandel".split(";")
_STREET_TAILS = "straat laan weg plein kade singel hof dreef gracht steeg".split()
_BRAND_HEADS = "Digi Info Mijn Smart e- Net Open Zaak Data my i".split()
_BRAND_TAILS = "Net;Flow;Soft;-Online;Pro;365; Suite;App;Desk;.nl;Cloud;+;Works; Connect;Scan;Base".split(";")
_NAMED_AFTER = (
    "commissie-{};Commissie {};motie-{} c.s.;wet-{};rapport-{};de zaak-{};kabinet-{} II;amendement-{};methode-{};"
    "het arrest {}/Staat;orkaan {};formulier-{}"
).split(";")


@dataclass(frozen=True, slots=True)
class Filled:
    """A frame with its slots filled: the text and (start, end, label) of its entities, and where it came from."""

    text: str
    entities: tuple[tuple[int, int, str], ...]
    genre: str
    origin: str


@cache
def _lines(path: Path) -> tuple[str, ...]:
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def all_frames() -> dict[str, tuple[str, ...]]:
    """Give the frames of every genre."""
    return {path.stem: _lines(path) for path in sorted((HERE / "frames").glob("*.txt"))}


def fill(frame: str, genre: str, chance: random.Random, held_out: bool = False, origin: str | None = None) -> Filled:
    """Fill one frame with people (from `held_out` names, or of one `origin`), things, places and numbers."""
    people: list[Name] = []

    def person() -> Name:
        people.append(draw(chance, held_out, origin))
        return people[-1]

    text, entities, position = "", [], 0
    frame = frame.replace("⏎", "\n")
    for slot in _SLOT.finditer(frame):
        text += frame[position : slot.start()]
        value, label = _value(slot[1], chance, person)
        if label:
            entities.append((len(text), len(text) + len(value), label))
        text += value
        position = slot.end()
    return Filled(text + frame[position:], tuple(entities), genre, people[0].origin if people else "-")


def _value(slot: str, chance: random.Random, person: Callable[[], Name]) -> tuple[str, str]:
    """Give the text and the label of one slot; raises KeyError for a slot nobody knows."""
    if slot in _PERSON_SLOTS:
        return _PERSON_SLOTS[slot](chance, person()), "PER"
    if slot in _THING_SLOTS:
        make, label = _THING_SLOTS[slot]
        return make(chance, person), label
    return _PLAIN_SLOTS[slot](chance), ""


_PERSON_SLOTS: dict[str, Callable[[random.Random, Name], str]] = {
    "person": any_form,
    "full": lambda _chance, name: f"{name.first} {name.last}",
    "first": lambda _chance, name: name.first,
    "last": last_alone,
    "tussen": with_tussenvoegsel,
    "lastlower": lambda _chance, name: name.last.lower(),
    "inits": lambda chance, name: f"{initials(chance, name)} {name.last}",
    "initials": initials,
    "lastfirst": last_first,
    "lower": lambda _chance, name: f"{name.first} {name.last}".lower(),
    "firstlower": lambda _chance, name: name.first.lower(),
    "upper": lambda _chance, name: f"{name.first} {name.last}".upper(),
    "lastupper": lambda _chance, name: name.last.upper(),
    "firstinit": lambda _chance, name: f"{name.first} {name.core[0]}.",
    "broken": lambda _chance, name: f"{name.first}\n{name.last}",
    "spaced": lambda chance, name: (
        f"{' '.join(initials(chance, name).replace('. ', '.').replace('.', ' .').split('  '))} {name.last}"
    ),
}


@cache
def _list(name: str) -> tuple[str, ...]:
    return _lines(HERE / f"{name}.txt")


def _surname(chance: random.Random, person: Callable[[], Name]) -> str:
    return person().core if chance.random() < 0.8 else invented_surname(chance)


def _company(chance: random.Random, person: Callable[[], Name]) -> str:
    name = _surname(chance, person)
    if chance.random() < 0.3:
        return f"{chance.choice(_COMPANY_HEADS)} {name}"
    return f"{name} {chance.choice(_COMPANY_TAILS)}"


def _building(chance: random.Random, person: Callable[[], Name]) -> str:
    name = _surname(chance, person)
    return chance.choice(
        (
            f"De {name}",
            f"Het {name}",
            f"'t {name}",
            name,
            f"De {chance.choice(('Brug', 'Linde', 'Wending', 'Haven', 'Molen', 'Regenboog'))}",
        )
    )


def _street(chance: random.Random, person: Callable[[], Name]) -> str:
    who = person()
    tail = chance.choice(_STREET_TAILS)
    street = chance.choice(
        (
            f"{who.core}{tail}".replace(" ", ""),
            f"{who.first} {who.core}{tail}",
            f"Burgemeester {who.core}{tail}",
            f"{chance.choice(('Kerk', 'Dorps', 'Molen', 'Eiken', 'School', 'Haven', 'Wilgen', 'Noorder'))}{tail}",
            f"Laan van {who.core}",
        )
    )
    return f"{street} {chance.randint(1, 240)}" if chance.random() < 0.6 else street


_THING_SLOTS: dict[str, tuple[Callable[[random.Random, Callable[[], Name]], str], str]] = {
    "org": (lambda chance, _person: chance.choice(_list("organisations")), "ORG"),
    "company": (_company, "ORG"),
    "building": (_building, "ORG"),
    "place": (lambda chance, _person: chance.choice(_list("places")), "LOC"),
    "street": (_street, "LOC"),
    "named": (lambda chance, person: chance.choice(_NAMED_AFTER).format(_surname(chance, person)), ""),
    "ship": (lambda _chance, person: f"{person().first} {person().first}", ""),
}


def _email(chance: random.Random) -> str:
    domain = chance.choice(("minjenv.nl", "gemeente.nl", "voorbeeld.nl", "dienst.nl"))
    return f"{chance.choice('abcdefghjklmnprstw')}.{invented_surname(chance).split()[-1].lower()}@{domain}"


def _phone(chance: random.Random) -> str:
    return chance.choice(("06-{:08d}", "06 {:08d}", "070 {:07d}", "+316{:08d}")).format(chance.randint(0, 9_999_999))


def _brand(chance: random.Random) -> str:
    """Make up a product or system: a capital that is nobody."""
    name = blended("surnames.txt", chance)
    style = chance.random()
    if style < 0.4:
        return chance.choice(_BRAND_HEADS) + name.lower()
    return name + chance.choice(_BRAND_TAILS) if style < 0.8 else name.upper()[:5]


_PLAIN_SLOTS: dict[str, Callable[[random.Random], str]] = {
    "law": lambda chance: chance.choice(_list("laws")),
    "nation": lambda chance: chance.choice(_list("nations")),
    "adj": lambda chance: chance.choice(_list("adjectives")),
    "role": lambda chance: chance.choice(_ROLES),
    "num": lambda chance: str(chance.randint(1, 400)),
    "art": lambda chance: f"{chance.randint(1, 9)}.{chance.randint(1, 60)}",
    "year": lambda chance: str(chance.randint(2014, 2026)),
    "month": lambda chance: chance.choice(_MONTHS),
    "date": lambda chance: f"{chance.randint(1, 28)} {chance.choice(_MONTHS)} {chance.randint(2015, 2026)}",
    "short": lambda chance: f"{chance.randint(1, 28):02d}-{chance.randint(1, 12):02d}-{chance.randint(2015, 2026)}",
    "time": lambda chance: f"{chance.randint(7, 22):02d}:{chance.randint(0, 59):02d}",
    "amount": lambda chance: f"€ {chance.randint(1, 990)}.{chance.randint(0, 999):03d},-",
    "case": lambda chance: f"{chance.choice('ZBWK')}{chance.randint(2015, 2026)}-{chance.randint(1000, 99999)}",
    "brand": _brand,
    "email": _email,
    "phone": _phone,
}


def damaged(filled: Filled, chance: random.Random) -> Filled:
    """Give the same text as hasty or scanned people write it: lower case, capitals, OCR errors, broken names."""
    kind = chance.random()
    text = filled.text
    if kind < 0.07:
        text = text.lower()
    elif kind < 0.10:
        text = text.upper()
    elif kind < 0.16:
        text = "".join(_misread(char, chance) for char in text)
    elif kind < 0.20:
        for start, end, label in filled.entities:
            gap = text.find(" ", start, end)
            if label == "PER" and gap > 0:
                text = f"{text[:gap]}\n{text[gap + 1 :]}"
    if len(text) != len(filled.text):  # "İ" is two characters in lower case: then the offsets would lie
        return filled
    return Filled(text, filled.entities, filled.genre, filled.origin)


_CONFUSED = {
    "l": "1",
    "i": "l",
    "o": "0",
    "e": "c",
    "n": "u",
    "u": "n",
    "c": "e",
    "h": "b",
    "t": "l",
    "S": "5",
    "B": "8",
}


def _misread(char: str, chance: random.Random) -> str:
    return _CONFUSED.get(char, char) if chance.random() < 0.04 else char
