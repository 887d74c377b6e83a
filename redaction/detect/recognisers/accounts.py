"""What an account name is made of; shared by recognisers, finds nothing itself."""

from __future__ import annotations

import re
from functools import lru_cache

from redaction.detect.lexicon import is_common, is_forename, is_surname

_PARTICLE = re.compile(r"^[a-z]{0,2}?(?P<van>van(?:de[nr]?|het|t)?|vd|v)?(?(van)|(?:de[nr]?|te[nr]?|el|al))")
_SHORTEST_NAME = 4
"""Letters of a name below which any word would hold one."""


@lru_cache(maxsize=10_000)
def is_made_of_a_name(account: str) -> bool:
    """Tell whether an account is a person's name, with initials or a number: "pverhagen", "jansen2", "ext_rsingh"."""
    parts = [part for part in re.split(r"[^a-z]+", account.lower()) if len(part) >= _SHORTEST_NAME]
    return any(not is_common(part) and _holds_a_name(part) for part in parts)


def _holds_a_name(part: str) -> bool:
    """Tell whether letters are a first name or surname, perhaps with one or two initials at either end."""
    if is_forename(part) or is_surname(part) or _is_surname_behind_particle(part):
        return True
    trims = [(part[1:], 4), (part[2:], 5), (part[:-1], 5), (part[:-2], 6)]
    if any(len(trim) >= least and is_surname(trim) and not is_common(trim) for trim, least in trims):
        return True
    cuts = range(_SHORTEST_NAME, len(part) - _SHORTEST_NAME + 1)
    return any(
        is_forename(part[:cut]) and (is_surname(part[cut:]) or _is_surname_behind_particle(part[cut:])) for cut in cuts
    )


def _is_surname_behind_particle(part: str) -> bool:
    """Tell whether initials and "van de" stand before a surname: behind "van" that may be an ordinary word."""
    particle = _PARTICLE.match(part)
    if particle is None:
        return False
    rest, van = part[particle.end() :], len(particle["van"] or "") > 1
    return any(
        len(name) >= (3 if van else _SHORTEST_NAME) and is_surname(name) and (van or not is_common(name))
        for name in (rest, rest[:-1])
    )
