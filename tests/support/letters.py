"""Letters of the procedure in tests: a draft with everything filled in, what it says, and sending it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from models import Case, Letter
from tests.conftest import NOW
from woo.services import letters
from woo.services.letters import Composed, Edits
from woo.services.work import Actor, Database, Work

TODAY = NOW.date()


@contextmanager
def working(database: Database, actor: Actor, case_id: uuid.UUID) -> Iterator[tuple[Work, Case]]:
    with database.work(actor) as work:
        yield work, work.session.get_one(Case, case_id)


def edits(dated: date | None = TODAY, parts: dict[str, str] | None = None, **fields: Any) -> Edits:
    party = {name: str(fields.pop(name, "")) for name in ("addressee_name", "addressee_address", "salutation")}
    return Edits(dated, **party, fields=fields, parts=parts or {})


def draft(database: Database, actor: Actor, case_id: uuid.UUID, key: str, filled: Edits) -> uuid.UUID:
    """A draft of this kind with everything filled in."""
    with working(database, actor, case_id) as (work, case):
        letter = letters.start(work, case, key)
        letters.save(work, case, letter, filled, letter.version)
        return letter.id


def look(database: Database, actor: Actor, case_id: uuid.UUID, key: uuid.UUID) -> Composed:
    with database.reading(actor) as work:
        case = work.session.get_one(Case, case_id)
        letter = letters.letter_of(work, case, key)
        assert letter is not None
        return letters.compose(work, case, letter)


def words_of(composed: Composed) -> str:
    """What the letter says, a line for each line."""
    return "\n".join("".join(run.text for run in line) for b in composed.letter.text.blocks for line in b.lines)


def send(database: Database, actor: Actor, case_id: uuid.UUID, key: uuid.UUID, **changes: Any) -> uuid.UUID:
    shown = look(database, actor, case_id, key).sha256
    with working(database, actor, case_id) as (work, case):
        letter = work.session.get_one(Letter, key)
        wanted = {"sent_on": letter.dated, "channel": "email", "shown_sha256": shown} | changes
        return letters.send(work, case, letter, **wanted).id
