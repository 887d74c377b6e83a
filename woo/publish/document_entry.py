"""One document as the outside world may know it: a row of the inventarislijst and, where public, a file (Woo 2.4).

Nothing has a default that means something in law: a row with an unknown judgement, ground or file type is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from woo.errors import InputRejected
from woo.law.grounds import GROUNDS, GroundKind
from woo.law.judgement import LISTED_JUDGEMENTS, PUBLISHED_JUDGEMENTS, Judgement

__all__ = ["FILE_TYPES", "MAX_REMARK", "MAX_TITLE", "UNPRINTABLE", "DocumentEntry", "Judgement", "Withdrawal"]

_ID = re.compile(r"[a-zA-Z0-9.\-]{1,170}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
# C0, DEL and C1 controls, and what XML 1.0 and spreadsheets cannot carry; tabs and line ends are checked apart.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

MAX_TITLE = 500
MAX_REMARK = 1000

# Source: minvws/nl-rdo-woo-web, the file types that open.minvws.nl knows.
FILE_TYPES = frozenset(
    {
        "pdf",
        "doc",
        "image",
        "presentation",
        "spreadsheet",
        "email",
        "html",
        "note",
        "database",
        "xml",
        "video",
        "audio",
        "vcard",
        "chat",
        "unknown",
    }
)


@dataclass(frozen=True)
class Withdrawal:
    """A published document that was taken back. `reason` is a TOOI URI from the DiWoo list of removal reasons."""

    on: date
    reason: str


@dataclass(frozen=True)
class DocumentEntry:
    """One document of the case. `sha256` is the hash of the approved public file; titles hold no personal data.

    `id` names the file (`<id>.pdf`) and keeps to the rules of open.minvws.nl; `pages` counts those of the public file.
    `reason` is the jurist's weighing for this document, for the besluit; `remark` is for the inventarislijst.
    """

    id: str
    title: str
    judgement: Judgement
    file_type: str
    date: date | None = None
    grounds: tuple[str, ...] = ()
    remark: str = ""
    reason: str = ""
    family: int | None = None
    thread_id: int | None = None
    related_id: str = ""
    duplicate_of: str = ""
    public_links: tuple[str, ...] = ()
    suspended: bool = False
    pages: int | None = None
    sha256: str | None = None
    withdrawal: Withdrawal | None = None

    def __post_init__(self) -> None:
        for problem in _problems(self):
            name = self.id if _ID.fullmatch(self.id) else "(zonder geldig nummer)"
            raise InputRejected(f"Document {name}: {problem} Er is niets gemaakt. Verbeter het document in de zaak.")

    @property
    def has_file(self) -> bool:
        """True where a file of this document belongs in the public folder now."""
        return self.judgement in PUBLISHED_JUDGEMENTS and not self.suspended and self.withdrawal is None

    @property
    def listed(self) -> bool:
        """True where the document is a row of the inventarislijst: not what is double or outside the request."""
        return self.judgement in LISTED_JUDGEMENTS


def _problems(entry: DocumentEntry) -> list[str]:
    """What is wrong with a row, as Dutch sentences; empty where it may be published."""
    problems = _form_problems(entry)
    needs_ground = entry.judgement in (Judgement.PARTIAL, Judgement.WITHHELD)
    if needs_ground and not entry.grounds:
        problems.append("er is geen weigeringsgrond ingevuld, terwijl (een deel van) het document niet openbaar wordt.")
    if entry.judgement is Judgement.PUBLIC and entry.grounds:
        problems.append("het document is openbaar, maar heeft toch een weigeringsgrond.")
    if entry.judgement is Judgement.ALREADY_PUBLIC and not entry.public_links:
        problems.append("het document is al openbaar, maar er staat niet bij waar (Woo art. 4.5, tweede lid).")
    if any(code not in GROUNDS or GROUNDS[code].kind is GroundKind.OLD for code in entry.grounds):
        problems.append("een weigeringsgrond bestaat niet in de Woo.")
    return problems


def _form_problems(entry: DocumentEntry) -> list[str]:
    problems = []
    if not _ID.fullmatch(entry.id) or entry.id.startswith("."):
        problems.append("het nummer mag alleen letters, cijfers, punten en streepjes hebben.")
    if not isinstance(entry.judgement, Judgement):
        problems.append("de beoordeling is onbekend.")
    if not entry.title.strip() or len(entry.title) > MAX_TITLE or not _one_clean_line(entry.title):
        problems.append(f"de titel moet 1 tot {MAX_TITLE} gewone tekens hebben.")
    if len(entry.remark) > MAX_REMARK or UNPRINTABLE.search(entry.remark + entry.reason):
        problems.append(f"de toelichting mag hoogstens {MAX_REMARK} gewone tekens hebben.")
    if entry.file_type not in FILE_TYPES:
        problems.append("het soort bestand is onbekend.")
    if any(number is not None and number < 1 for number in (entry.family, entry.thread_id, entry.pages)):
        problems.append("familie, e-mailreeks en bladzijden tellen vanaf 1.")
    if entry.sha256 is not None and not _SHA256.fullmatch(entry.sha256):
        problems.append("de controlewaarde van het bestand klopt niet.")
    if not all(re.match(r"https?://[^\s|]+\Z", link) and len(link) <= 2048 for link in entry.public_links):
        problems.append("een publieke link is geen webadres.")
    return problems


def _one_clean_line(text: str) -> bool:
    return not UNPRINTABLE.search(text) and not re.search(r"[\t\r\n\u2028\u2029]", text)
