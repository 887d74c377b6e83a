"""Everything that letters, lists and the public folder say about one case: plain frozen values, no database.

The service fills a `CaseFile` from its rows. Law: Woo art. 4.1-4.5 (request, term, decision), 5.1-5.3 (reasons),
Awb art. 3:46-3:47 (reasons given), 4:8 (zienswijze), 6:4-6:9 (bezwaar).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from woo.errors import InputRejected
from woo.law.grounds import GROUNDS, ground
from woo.law.judgement import Judgement, Outcome, outcome_of
from woo.law.sums import Step
from woo.publish.document_entry import UNPRINTABLE, DocumentEntry

DeadlineStep = Step  # a line of the sum of the term, as the legal clock gives it

_NUMBER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9\-]|\.(?!\.)){0,48}[A-Za-z0-9]")


@dataclass(frozen=True)
class Organisation:
    """The bestuursorgaan. `authority` is who decides ("de minister van …"); `uri` is its TOOI URI."""

    name: str
    authority: str
    uri: str
    unit: str
    postal_address: tuple[str, ...]
    email: str
    website: str
    bezwaar_address: tuple[str, ...]
    bezwaar_online: str = ""
    city: str = ""


@dataclass(frozen=True)
class ContactPerson:
    """Whom the requester can reach about the request (Woo art. 4.7)."""

    name: str
    email: str
    phone: str = ""


@dataclass(frozen=True)
class Requester:
    """Who asked. Never part of anything that is published."""

    name: str
    organisation: str = ""
    address: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    salutation: str = ""


@dataclass(frozen=True)
class Verdaging:
    """The extension of Woo art. 4.4, second paragraph: notice, days (at most 14), reason, and the new last day."""

    notice: date
    days: int
    reason: str
    new_deadline: date


@dataclass(frozen=True)
class Search:
    """How documents were looked for: where, by whom (functions, never names), with which words, over which period."""

    places: tuple[str, ...] = ()
    carried_out_by: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    period_from: date | None = None
    period_to: date | None = None
    remark: str = ""


@dataclass(frozen=True)
class ZienswijzeRound:
    """The hearing of third parties (Awb 4:8): how many, what they said in general terms, and what was done with it.

    `release_later`: a third party is expected to object, so files follow two weeks after the besluit (4.4 lid 5).
    """

    asked: int
    answered: int
    objecting: int
    summary: str
    response: str
    release_later: bool
    suspended_from: date | None = None
    suspended_to: date | None = None


@dataclass(frozen=True)
class Forwarding:
    """A part of the request that was sent on to another bestuursorgaan (Woo art. 4.2)."""

    organisation: str
    on: date
    what: str


@dataclass(frozen=True)
class Consultation:
    """Another bestuursorgaan that was asked about documents that concern it too."""

    organisation: str
    text: str


@dataclass(frozen=True)
class Contact:
    """A contact moment with the requester that the besluit reports: the day and what was agreed."""

    on: date
    text: str


@dataclass(frozen=True)
class GroundReasoning:
    """The jurist's weighing for one ground (Woo 5.1 lid 3), and, for information older than five years, art. 5.3."""

    code: str
    text: str
    older_than_five_years: str = ""

    def __post_init__(self) -> None:
        if ground(self.code).code != self.code:
            raise ValueError("a ground is spelled as it is stored")


@dataclass(frozen=True)
class Signatory:
    """Who signs for the authority: stays visible, since a mandate holder acts in public."""

    name: str
    function: str


@dataclass(frozen=True)
class CaseFile:
    """One request as the letters and the public folder need it. `subject` completes "Besluit op Woo-verzoek over …".

    Dates are Dutch calendar days. `requester` never reaches a public file; no other text holds data of the requester.
    """

    number: str
    subject: str
    summary: str
    received: date
    directorate: str
    organisation: Organisation
    contact: ContactPerson
    deadline: date
    deadline_steps: tuple[DeadlineStep, ...]
    requester: Requester | None = None
    received_via: str = ""
    receipt_sent: date | None = None
    besluit_date: date | None = None
    published_on: date | None = None
    verdaging: Verdaging | None = None
    contacts: tuple[Contact, ...] = ()
    search: Search = field(default_factory=Search)
    zienswijze: ZienswijzeRound | None = None
    forwardings: tuple[Forwarding, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    reasonings: tuple[GroundReasoning, ...] = ()
    documents: tuple[DocumentEntry, ...] = ()
    release_date: date | None = None
    bezwaar_until: date | None = None
    signatory: Signatory | None = None

    def __post_init__(self) -> None:
        check_number(self.number)
        for name in ("subject", "summary"):
            text = getattr(self, name)
            if not text.strip() or UNPRINTABLE.search(text):
                missing = "een onderwerp" if name == "subject" else "een samenvatting"
                raise InputRejected(
                    f"De zaak mist {missing} in gewone tekens. Er is niets gemaakt. Vul het in bij de zaak."
                )
        ids = Counter(entry.id.lower() for entry in self.documents)
        if any(count > 1 for count in ids.values()):
            raise InputRejected(
                "Twee documenten van de zaak hebben hetzelfde nummer. Er is niets gemaakt. "
                "Geef ieder document een eigen nummer."
            )

    @property
    def title(self) -> str:
        """The title of the besluit, for the page, the PDF and the metadata."""
        return f"Besluit op Woo-verzoek over {self.subject}"

    @property
    def listed(self) -> tuple[DocumentEntry, ...]:
        """The rows of the inventarislijst in chronological order; undated documents come last, then by id."""
        rows = [entry for entry in self.documents if entry.listed]
        return tuple(sorted(rows, key=lambda entry: (entry.date or date.max, _natural(entry.id))))

    @property
    def files(self) -> tuple[DocumentEntry, ...]:
        """The documents that have a file in the public folder, in the order of the inventarislijst."""
        return tuple(entry for entry in self.listed if entry.has_file)

    @property
    def grounds(self) -> tuple[str, ...]:
        """Every ground that was used, once, in the order of the law."""
        used = {code for entry in self.listed for code in entry.grounds}
        return tuple(code for code in GROUNDS if code in used)

    @property
    def outcome(self) -> Outcome:
        """What the besluit comes to; it follows from the judgements, so it cannot contradict them."""
        return outcome_of(entry.judgement for entry in self.documents)

    def count(self, *judgements: Judgement) -> int:
        """How many documents have one of these judgements."""
        return sum(entry.judgement in judgements for entry in self.documents)


def check_number(number: str) -> str:
    """`number` where it can be a folder name and part of a web address; InputRejected otherwise."""
    if not _NUMBER.fullmatch(number):
        raise InputRejected(
            "Het zaaknummer mag alleen letters, cijfers, punten en streepjes hebben (2 tot 50 tekens). "
            "Er is niets gemaakt."
        )
    return number


def _natural(text: str) -> list[tuple[int, int, str]]:
    """Sort key that puts 2 before 10: digits compare as numbers."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", text) if part]
