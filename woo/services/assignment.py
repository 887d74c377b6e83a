"""Which jurist of the pool has which case: desks with their load, who fits a case, and giving and taking back.

A jurist may work for several directorates. The Centrale Eenheid assigns; a jurist may take a case that nobody has, and
hand back her own.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from models import Case, User, UserDirectorate
from woo.errors import InputRejected, NotAllowed, Stale
from woo.law.lifecycle import Role
from woo.services import audit, facts, outbox, screens
from woo.services.forecast import pace_of
from woo.services.pace import measured
from woo.services.standings import NOBODY, Standing, standings
from woo.services.work import Work

MOST_AT_ONCE = 500
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Desk:
    """What one jurist carries: running cases, those late, pages without a judgement in them.

    `pace` is pages per working day (hers, or that of the unit where hers was not measured long enough), None where none
    was measured. `version` is that of her account, for `link_directorates`.
    """

    user_id: uuid.UUID
    name: str
    directorates: tuple[str, ...]
    cases: int
    late: int
    pages: int
    pace: float | None
    version: int

    @property
    def days(self) -> float | None:
        """Working days that her pages take at that pace."""
        return self.pages / self.pace if self.pace else None


@dataclass(frozen=True, slots=True)
class Fit:
    """Who fits a case best, and why, in Dutch."""

    desk: Desk
    why: str


@dataclass(frozen=True, slots=True)
class Pool:
    """All desks, the running cases that lie on none (`free_`), and who fits those that were asked for."""

    desks: Sequence[Desk]
    free_cases: int
    free_late: int
    free_pages: int
    fits: Mapping[uuid.UUID, Fit]


@dataclass(frozen=True, slots=True)
class Wish:
    """One case to assign, as the user saw it."""

    case_id: uuid.UUID
    version: int


def pool(work: Work, numbers: Collection[str], pages: Mapping[str, int]) -> Pool:
    """The desks, what lies on none, and a fit for each of these cases that nobody has; `pages` is `pages_to_judge`."""
    running = [s for s in standings(work) if s.running]
    cases = Counter(s.jurist for s in running)
    late = Counter(s.jurist for s in running if s.badge == "late")
    to_judge: Counter[str] = Counter()
    for s in running:
        if s.number in pages:
            to_judge[s.jurist] += pages[s.number]
    every = _desks(work, lambda jurist: (cases[jurist], late[jurist], to_judge[jurist]))
    free = [s for s in running if s.jurist == NOBODY and s.number in numbers]
    return Pool(every, cases[NOBODY], late[NOBODY], to_judge[NOBODY], spread(every, free, pages))


def _desks(work: Work, load: Callable[[str], tuple[int, int, int]]) -> list[Desk]:
    """Every jurist with an active account, by name. `load` tells cases, late ones and pages by the jurist's key."""
    found = measured(work)
    links: dict[uuid.UUID, list[str]] = {}
    for user_id, name in work.session.execute(select(UserDirectorate.user_id, UserDirectorate.directorate)):
        links.setdefault(user_id, []).append(name)
    made = []
    for user in screens.staff(work, Role.JURIST):
        pace, names = pace_of(found.days_of(user.id)[0]), tuple(sorted(links.get(user.id, ()), key=str.casefold))
        made.append(Desk(user.id, user.name, names, *load(str(user.id)), pace.mean if pace else None, user.version))
    return made


def best_fit(every: Sequence[Desk], directorate: str) -> Fit | None:
    """The jurist of this directorate with the least work; of all where nobody works for it. None without jurists."""
    own = [desk for desk in every if directorate and directorate in desk.directorates]
    candidates = own or every
    if not candidates:
        return None
    least = min(candidates, key=lambda d: (d.days or 0, d.pages, d.cases, d.name))
    load = f"{least.cases} {'zaak' if least.cases == 1 else 'zaken'}, {least.pages} pagina’s te gaan"
    if own:
        why = f"Werkt voor {directorate} en heeft daar het minste werk: {load}."
        return Fit(least, why if len(own) > 1 else f"Werkt als enige voor {directorate}: {load}.")
    start = f"Niemand is gekoppeld aan {directorate}" if directorate else "De zaak heeft geen directie"
    return Fit(least, f"{start}. Heeft van alle juristen het minste werk: {load}.")


def spread(every: Sequence[Desk], free: Iterable[Standing], pages: Mapping[str, int]) -> dict[uuid.UUID, Fit]:
    """A fit for each of these cases; each counts with the work that the ones before it would bring."""
    now = {desk.user_id: desk for desk in every}
    fits: dict[uuid.UUID, Fit] = {}
    for case in free:
        if fit := best_fit(list(now.values()), case.directorate):
            fits[case.case_id] = fit
            more = fit.desk.pages + pages.get(case.number, 0)
            now[fit.desk.user_id] = replace(fit.desk, cases=fit.desk.cases + 1, pages=more)
    return fits


def assign(work: Work, wishes: Sequence[Wish], user_id: uuid.UUID | None) -> int:
    """Give cases to a jurist, or (None) take them back; all or none. Returns how many got another jurist.

    Stale where one of them was edited after the user saw it; NotAllowed for who may not; InputRejected for a wrong
    choice.
    """
    if not wishes:
        raise InputRejected("Kies een of meer zaken. Er is niets veranderd.")
    if len(wishes) > MOST_AT_ONCE:
        raise InputRejected(f"Kies ten hoogste {MOST_AT_ONCE} zaken tegelijk. Er is niets veranderd.")
    if user_id is not None and not _is_jurist(work, user_id):
        raise InputRejected("Kies een Woo-jurist met een actief account. Er is niets veranderd.")
    audit.take_turn(work)
    rows = {
        case.id: case
        for case in work.session.scalars(select(Case).where(Case.id.in_([wish.case_id for wish in wishes])))
    }
    changed = 0
    for wish in wishes:
        case = rows.get(wish.case_id)
        if case is None:
            raise InputRejected("Een van de zaken bestaat niet. Er is niets veranderd. Ververs de pagina.")
        _check_may(work, case, user_id)
        if case.version != wish.version:
            raise Stale(
                f"Zaak {case.number} is intussen veranderd. Er is niets toegewezen. Ververs de pagina en kies opnieuw."
            )
        changed += _give(work, case, user_id)
    return changed


def may_assign(roles: Collection[Role]) -> bool:
    """Whether somebody with these roles may give any case to anybody."""
    return Role.COORDINATOR in roles


def may_take(roles: Collection[Role], assigned_to: uuid.UUID | None, me: uuid.UUID | None) -> bool:
    """Whether this person may take a case that lies on this desk (on nobody's), or hand it back (hers)."""
    return Role.JURIST in roles and me is not None and assigned_to in (None, me)


def known_directorates(work: Work) -> list[str]:
    """The directorates of the cases and of the jurists."""
    on_cases = work.session.scalars(select(Case.directorate).where(Case.directorate != "").distinct())
    of_jurists = work.session.scalars(select(UserDirectorate.directorate).distinct())
    return sorted({*on_cases, *of_jurists}, key=str.casefold)


def link_directorates(work: Work, user_id: uuid.UUID, names: Collection[str], version: int) -> None:
    """Set for which directorates a jurist works; Stale where somebody else changed her account first."""
    if not may_assign(work.actor.roles):
        raise NotAllowed("Alleen de Centrale Eenheid koppelt juristen aan directies. Er is niets veranderd.")
    wanted = sorted({name.strip() for name in names if name.strip()}, key=str.casefold)
    if any(len(name) > _LONGEST for name in wanted):
        raise InputRejected("De naam van een directie is te lang. Er is niets veranderd. Maak de naam korter.")
    if not _is_jurist(work, user_id):
        raise InputRejected("Kies een Woo-jurist met een actief account. Er is niets veranderd.")
    user = work.session.get_one(User, user_id)
    facts.expect_version(user, version)
    kept = {link.directorate: link for link in user.directorates}
    user.directorates = [kept.get(name) or UserDirectorate(directorate=name) for name in wanted]
    flag_modified(user, "name")  # the links are rows of their own: this raises the version of the account
    audit.record(work, "directorates_linked", "user", user_id, directorates=wanted)


def _check_may(work: Work, case: Case, user_id: uuid.UUID | None) -> None:
    roles, me = work.actor.roles, work.actor.id
    if may_assign(roles) or (may_take(roles, case.assigned_to_id, me) and user_id in (None, me)):
        return
    if Role.JURIST in roles:
        raise NotAllowed(
            "U kunt een zaak nemen die nog niemand heeft, of uw eigen zaak teruggeven. De Centrale Eenheid wijst "
            "andere zaken toe. Er is niets veranderd."
        )
    raise NotAllowed("U mag deze zaak niet toewijzen. Er is niets veranderd.")


def _give(work: Work, case: Case, user_id: uuid.UUID | None) -> bool:
    if case.assigned_to_id == user_id:
        return False
    before, case.assigned_to_id = case.assigned_to_id, user_id
    audit.record(work, "case_assigned", "case", case.id, case_id=case.id, to=user_id, before=before)
    outbox.post(work, outbox.SHOW_CASE, case)
    return True


def _is_jurist(work: Work, user_id: uuid.UUID) -> bool:
    user = work.session.get(User, user_id)
    return user is not None and user.active and Role.JURIST in {r.role for r in user.roles}
