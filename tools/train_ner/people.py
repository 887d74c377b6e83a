"""Invented people: first names and surnames of many origins, put together the ways Dutch texts write them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
_HEADS = (
    "Aal Beek Blank Bos Breed Brink Dam Dieper Eiken Es Goor Groot Haver Heide Hoog Ijzer Kalk Kerk Klaver Korn Kraai "
    "Kruis Laag Lange Linden Loos Meer Molen Nieuw Noor Oude Over Plag Raven Riet Rood Schaap Snel Steen Stok Tand Uil "
    "Varen Vel Vlas Voor Wal Weg Wester Wild Zand Zeil Zuid"
).split()
_TAILS = (
    "kamp veld huis dijk berg stra sma inga ink mans sen hof man horst beek zee water kooi poel hoek graaf laar rode "
    "broek burg donk loo meijer ers akkers brug voort vliet singh ova oğlu ski enko yan idze pour zade"
).split()
_TUSSEN = (
    "van;de;van der;van den;van de;ter;ten;den;in 't;van 't;op de;op den;v.d.;v/d;te;uit den;aan de;van het;'t;in de;"
    "onder de;bij de;vd;d';von;del;el;le"
).split(";")
_KEPT_APART = 4
_MEMORY = 3
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody's first name and surname (with tussenvoegsel), and where such names come from."""

    first: str
    last: str
    origin: str

    @property
    def core(self) -> str:
        """The surname without its tussenvoegsels: "Berg" of "van den Berg"."""
        words = self.last.split()
        while len(words) > 1 and words[0][0].islower() and "-" not in words[0]:
            words.pop(0)
        return " ".join(words)

    @property
    def tussen(self) -> str:
        """The tussenvoegsels: "van den" of "van den Berg", empty for most."""
        return self.last[: len(self.last) - len(self.core)].strip()


@cache
def _by_origin() -> dict[str, tuple[list[str], list[str]]]:
    names: dict[str, tuple[list[str], list[str]]] = {}
    for line in (HERE / "names.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            origin, _, rest = line.partition(":")
            first, _, last = rest.partition("/")
            names[origin] = (first.split(), [name.strip() for name in last.split(";")])
    return names


@cache
def _listed(name: str) -> list[str]:
    path = HERE.parents[1] / "redaction" / "detect" / "lexicon" / name
    return [line for line in path.read_text("utf-8").splitlines() if len(line) > 1]


def origins() -> list[str]:
    """Give the origins for which names were written down."""
    return list(_by_origin())


def draw(chance: random.Random, held_out: bool = False, origin: str | None = None) -> Name:
    """Draw somebody; `held_out` gives only names that training never shows, `origin` narrows to one origin."""
    if origin is None and not held_out:
        kind = chance.random()
        if kind < 0.20:
            return _listed_name(chance)
        if kind < 0.38:
            first = blended("forenames.txt", chance)
            return Name(first, _with_tussen(blended("surnames.txt", chance), 0.15, chance), "gemengd")
        if kind < 0.48:
            return Name(chance.choice(_listed("forenames.txt")), invented_surname(chance), "verzonnen")
    known = _by_origin()
    if origin is None:
        weights = [6 if name in ("Nederlands", "Woorden") else 1 for name in known]
        origin = chance.choices(list(known), weights)[0]
    firsts, lasts = known[origin]
    first, last = _part(chance, firsts, held_out), _part(chance, lasts, held_out)
    if not held_out and chance.random() < 0.08:
        first += chance.choice((" ", "-")) + _part(chance, firsts, held_out)
    return Name(first, last, origin)


def _listed_name(chance: random.Random) -> Name:
    surname = chance.choice(_listed("surnames.txt"))
    return Name(chance.choice(_listed("forenames.txt")), _with_tussen(surname, 0.2, chance), "lijst")


def _with_tussen(surname: str, share: float, chance: random.Random) -> str:
    return f"{chance.choice(_TUSSEN)} {surname}" if chance.random() < share else surname


def _part(chance: random.Random, names: list[str], held_out: bool) -> str:
    cut = len(names) - len(names) // _KEPT_APART
    return chance.choice(names[cut:] if held_out else names[:cut])


@cache
def _followers(list_name: str) -> dict[str, list[str]]:
    """Give the letters that follow each run of letters in the names of a list; an empty one ends a name."""
    followers: dict[str, list[str]] = {}
    for name in _listed(list_name):
        for index in range(len(name) + 1):
            followers.setdefault(name[max(0, index - _MEMORY) : index], []).append(name[index : index + 1])
    return followers


def blended(list_name: str, chance: random.Random) -> str:
    """Make up a name out of the letter runs of listed ones: the model must read what surrounds it."""
    followers = _followers(list_name)
    while True:
        name = ""
        while len(name) <= _LONGEST and (letter := chance.choice(followers[name[-_MEMORY:]])):
            name += letter
        if 3 <= len(name) <= _LONGEST:
            return name


def with_tussenvoegsel(chance: random.Random, name: Name) -> str:
    """Give a surname with its tussenvoegsels in lower case, as after a first name: "van den Berg"."""
    return name.last if name.tussen else _with_tussen(name.last, 1.0, chance)


def invented_surname(chance: random.Random) -> str:
    """Make up a surname nobody listed, now and then with a tussenvoegsel or doubled."""
    name = chance.choice(_HEADS) + chance.choice(_TAILS)
    if chance.random() < 0.35:
        name = f"{chance.choice(_TUSSEN)} {name}"
    if chance.random() < 0.08:
        name += "-" + chance.choice(_HEADS) + chance.choice(_TAILS)
    return name


def initials(chance: random.Random, name: Name) -> str:
    """Give one to four initials, with or without spaces between them."""
    letters = [name.first[0].upper()] + [
        chance.choice("ABCDEFGHJKLMNPRSTW") for _ in range(chance.choice((0, 0, 1, 1, 2, 3)))
    ]
    return (". " if chance.random() < 0.12 else ".").join(letters) + "."


def last_alone(chance: random.Random, name: Name) -> str:
    """Give the surname without a first name: "Van den Berg", and as many write it: "van den Berg"."""
    return name.last if chance.random() < 0.3 else name.last[0].upper() + name.last[1:]


def last_first(chance: random.Random, name: Name) -> str:
    """Give the surname first, as directories do: "Berg, M. van den", "van den Berg, Marieke", "Berg, M. (Marieke)"."""
    given = name.first if chance.random() < 0.5 else initials(chance, name)
    if chance.random() < 0.25:
        return f"{name.last}, {given}"
    tail = f" {name.tussen}" if name.tussen else ""
    nick = f" ({name.first})" if "." in given and chance.random() < 0.2 else ""
    return f"{name.core}, {given}{tail}{nick}"


def any_form(chance: random.Random, name: Name) -> str:
    """Give the whole name in one of the ways it is written in running text."""
    kind = chance.random()
    if kind < 0.62:
        return f"{name.first} {name.last}"
    if kind < 0.88:
        return f"{initials(chance, name)} {name.last}"
    if kind < 0.93:
        return f"{name.first} {chance.choice('ABCDEHJKLMPRST')}. {name.last}"
    return f"{name.first} {name.last}-{invented_surname(chance).rsplit(maxsplit=1)[-1]}"
