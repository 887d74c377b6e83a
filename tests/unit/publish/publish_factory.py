"""One realistic case for the tests of letters, lists and the public folder; every name in it is invented."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from woo.law.judgement import Judgement
from woo.publish import tooi
from woo.publish.case_file import (
    CaseFile,
    Consultation,
    Contact,
    ContactPerson,
    DeadlineStep,
    Forwarding,
    GroundReasoning,
    Organisation,
    Requester,
    Search,
    Signatory,
    Verdaging,
    ZienswijzeRound,
)
from woo.publish.document_entry import DocumentEntry, Withdrawal
from woo.publish.folder import PublishedFolder, write_publication
from woo.publish.letters import public_besluit_letter
from woo.typeset import typeset

BASE = "https://woo.example.nl"
SITE_NOW = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)

ORGANISATION = Organisation(
    name="Ministerie van Justitie en Veiligheid",
    authority="de minister van Justitie en Veiligheid",
    uri="https://identifier.overheid.nl/tooi/id/ministerie/mnre1058",
    unit="Centrale Eenheid Woo",
    postal_address=("Postbus 20301", "2500 EH Den Haag"),
    email="woo@minjenv.example",
    website="https://www.minjenv.example",
    bezwaar_address=(
        "de minister van Justitie en Veiligheid",
        "Directie Wetgeving en Juridische Zaken",
        "Postbus 20301",
        "2500 EH Den Haag",
    ),
    bezwaar_online="https://bezwaar.minjenv.example",
    city="Den Haag",
)
REQUESTER = Requester(
    name="Daan Verbruggen",
    organisation="De Delta Courant",
    address=("Brakwaterkade 27", "4398 ZB Oostervliet"),
    email="d.verbruggen@deltacourant.example",
    phone="06 4471 9035",
    salutation="Beste Daan Verbruggen",
)
# Every way in which the requester could show in a public file.
REQUESTER_STRINGS = ("Verbruggen", "Delta Courant", "deltacourant", "Brakwaterkade", "4398", "4471", "9035")
PERSONAL_REASON = (
    "Het gaat om namen, e-mailadressen en telefoonnummers van bewoners, van medewerkers van het "
    "opvangcentrum "
    "en van ambtenaren die niet vanwege hun functie in de openbaarheid treden. Deze gegevens "
    "zeggen niets over "
    "de besluitvorming. Het belang van deze personen weegt daarom zwaarder dan het belang van "
    "openbaarheid."
)


def pdf(text: str) -> bytes:
    """A small real PDF with this text."""
    folder = Path(__file__).parent
    return typeset(folder / "blad.typ", {"text": text}, standard=None)


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def entry(number: int, judgement: Judgement = Judgement.PUBLIC, **values: object) -> DocumentEntry:
    """A document of the case with sensible values for what the test does not name."""
    base: dict[str, object] = {
        "id": f"{number:04d}",
        "title": f"Nota noodopvang deel {number}",
        "judgement": judgement,
        "file_type": "pdf",
        "date": date(2026, 5, 1 + number % 28),
    }
    if judgement in (Judgement.PARTIAL, Judgement.WITHHELD):
        base["grounds"] = ("5.1.2.e",)
    if judgement in (Judgement.PUBLIC, Judgement.PARTIAL):
        base |= {"sha256": sha(pdf(f"document {number}")), "pages": 1}
    if judgement is Judgement.ALREADY_PUBLIC:
        base["public_links"] = ("https://open.overheid.example/documenten/havenkade",)
    return DocumentEntry(**(base | values))  # type: ignore[arg-type]


def documents() -> tuple[DocumentEntry, ...]:
    """One document of every judgement, and a few more."""
    return (
        entry(1, title="Nota Havenkade definitief", file_type="doc", date=date(2026, 5, 12)),
        entry(
            2,
            Judgement.PARTIAL,
            title="E-mail over afspraken met de beveiliging",
            file_type="email",
            grounds=("5.1.2.e", "5.1.2.h"),
            thread_id=7,
            family=2,
            remark="Namen en toegangscodes zijn weggelaten.",
        ),
        entry(3, Judgement.WITHHELD, title="Ontruimingsplan hal 3", grounds=("5.1.2.h",)),
        entry(4, Judgement.ALREADY_PUBLIC, title="Nieuwsbrief voor omwonenden", file_type="html"),
        entry(5, Judgement.DUPLICATE, title="Kopie van nota Havenkade", file_type="doc"),
        entry(6, Judgement.OUT_OF_SCOPE, title="Uitnodiging afdelingsuitje", file_type="email"),
        entry(
            7,
            Judgement.PARTIAL,
            title="=Advies over de locatiekeuze; concept",
            file_type="doc",
            grounds=("5.2.1",),
            date=date(2019, 3, 4),
        ),
        entry(8, Judgement.PUBLIC, title="Capaciteitsoverzicht noodopvang", file_type="spreadsheet", date=None),
    )


def case(**values: object) -> CaseFile:
    """A complete case, ready to be signed; `values` replaces fields."""
    return replace(_BASE, **values)  # type: ignore[arg-type]


_BASE = CaseFile(
    number="2026-0142",
    subject="de noodopvanglocatie Havenkade in Oostervliet",
    summary="U vraagt om alle documenten over de noodopvanglocatie Havenkade in Oostervliet, in de periode van 1 "
    "januari 2026 "
    "tot en met 31 oktober 2026.\n\nHet gaat u in het bijzonder om de keuze voor de locatie, adviezen over "
    "brandveiligheid, de kosten, de communicatie met omwonenden en incidenten.",
    received=date(2026, 10, 31),
    received_via="per e-mail",
    receipt_sent=date(2026, 11, 3),
    directorate="Directoraat-Generaal Migratie",
    organisation=ORGANISATION,
    contact=ContactPerson("Sanne de Wit", "s.dewit@minjenv.example", "070 370 00 00"),
    deadline=date(2026, 12, 29),
    deadline_steps=(
        DeadlineStep(date(2026, 10, 31), 0, "Woo 4.4 lid 1", "Uw verzoek is ontvangen; deze dag telt niet mee."),
        DeadlineStep(date(2026, 11, 28), 28, "Woo 4.4 lid 1", "Vier weken vanaf de dag na ontvangst."),
        DeadlineStep(
            date(2026, 12, 12), 14, "Woo 4.4 lid 2", "Verdaging van twee weken, meegedeeld op 20 november 2026."
        ),
        DeadlineStep(
            date(2026, 12, 27), 15, "Woo 4.4 lid 3", "Stilgestaan van 24 november tot en met 8 december 2026."
        ),
        DeadlineStep(date(2026, 12, 29), 2, "Atw 1", "De termijn eindigt niet op een zondag of een feestdag."),
    ),
    requester=REQUESTER,
    besluit_date=date(2026, 12, 15),
    published_on=date(2026, 12, 30),
    verdaging=Verdaging(
        date(2026, 11, 20),
        14,
        "het gaat om ongeveer 900 documenten uit zes systemen, en een deel daarvan raakt de veiligheid van bewoners",
        date(2026, 12, 14),
    ),
    contacts=(
        Contact(
            date(2026, 11, 5), "Er is afgesproken dat de documenten over brandveiligheid als eerste worden behandeld"
        ),
    ),
    search=Search(
        places=(
            "het documentmanagementsysteem",
            "de mailboxen van de betrokken directie",
            "chatberichten op telefoons van de dienst",
        ),
        carried_out_by=("de directie Opvang", "het Centraal Orgaan opvang asielzoekers"),
        terms=("Havenkade", "noodopvang Oostervliet"),
        period_from=date(2026, 1, 1),
        period_to=date(2026, 10, 31),
        remark="Papieren dossiers zijn apart bekeken",
    ),
    zienswijze=ZienswijzeRound(
        3,
        2,
        1,
        "Een bedrijf vreest dat concurrenten zijn prijzen leren kennen.",
        "Ik heb de prijzen per eenheid bekeken. Zij zijn inmiddels achterhaald en worden openbaar.",
        True,
        date(2026, 11, 24),
        date(2026, 12, 8),
    ),
    forwardings=(
        Forwarding("de gemeente Oostervliet", date(2026, 11, 3), "Het gaat om de vergunningen voor de locatie"),
    ),
    consultations=(
        Consultation(
            "het Centraal Orgaan opvang asielzoekers", "Het heeft ingestemd met openbaarmaking van zijn documenten"
        ),
    ),
    reasonings=(
        GroundReasoning("5.1.2.e", PERSONAL_REASON),
        GroundReasoning(
            "5.1.2.h",
            "Openbaarmaking van toegangscodes, looproutes en de inzet van beveiligers "
            "maakt bewoners en "
            "medewerkers kwetsbaar. Dat weegt zwaarder dan het belang van openbaarheid.",
        ),
        GroundReasoning(
            "5.2.1",
            "De weggelaten zinnen zijn adviezen van een ambtenaar aan de leidinggevende.",
            "De opvattingen gaan over een keuze die nog steeds speelt.",
        ),
    ),
    documents=documents(),
    release_date=date(2026, 12, 30),
    bezwaar_until=date(2027, 1, 26),
    signatory=Signatory("H.J. Terlouw", "directeur-generaal Migratie"),
)


def stored(folder: Path, file: CaseFile) -> dict[str, Path]:
    """The real approved files of a case by id, as the internal store holds them."""
    folder.mkdir(exist_ok=True)
    paths = {}
    for item in file.files:
        paths[item.id] = folder / item.id
        paths[item.id].write_bytes(pdf(f"document {int(item.id)}"))
    return paths


def publish(
    root: Path, key: Ed25519PrivateKey, file: CaseFile, letter: bytes | None = None, *, replacing: bool = False
) -> PublishedFolder:
    """Publish a case below `root` from its approved files; its own public besluit unless `letter` is given."""
    paths = stored(root.parent / f"store-{file.number}", file)
    approved = {number: sha(path.read_bytes()) for number, path in paths.items()}
    besluit = letter if letter is not None else public_besluit_letter(file)
    return write_publication(file, besluit, paths, root, BASE, key, approved=approved, replacing=replacing)


def publish_without(root: Path, key: Ed25519PrivateKey, number: str, letter: bytes | None = None) -> PublishedFolder:
    """Publish the case anew, one document of it withdrawn on 4 January 2027 for the sake of privacy."""
    gone = Withdrawal(date(2027, 1, 4), tooi.REASON_PRIVACY)
    entries = tuple(replace(item, withdrawal=gone) if item.id == number else item for item in case().documents)
    return publish(root, key, case(documents=entries), letter or public_besluit_letter(case()), replacing=True)


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file below `root` with its bytes, but for the publisher's lock."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != "slot"
    }
