"""Who acts in public keeps the name by default; a person still decides."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from redaction.detect import Detector, DetectorSettings, PublicFigure, public_figures, shipped_figures
from redaction.detect.public_role import mark_public_roles


def names(detector: Detector, text: str, public: bool) -> list[str]:
    return [span.text for span in detector.detect(text) if span.kind == "person_name" and span.public_role is public]


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("Minister Schouten reageert vrijdag.", ["Schouten"]),
        ("De staatssecretaris van Financiën, mevrouw Van Huffelen, was erbij.", ["Van Huffelen"]),
        ("wethouders Bijl, El Idrissi en Kamphuis-Vos waren akkoord", ["Bijl", "El Idrissi", "Kamphuis-Vos"]),
        ("het Kamerlid Pieter Omtzigt vroeg ernaar", ["Pieter Omtzigt"]),
        ("Marleen de Wit (D66) stelde vragen.", ["Marleen de Wit"]),
        ("Hoogachtend,\n\nJ.H. Terlouw\nDirecteur-generaal Migratie", ["J.H. Terlouw"]),
        ("woordvoerder Anja Postma zegt dat het klopt", ["Anja Postma"]),
    ],
)
def test_a_public_role_is_seen_from_the_words_around_the_name(detector: Detector, text: str, public: list[str]) -> None:
    assert names(detector, text, public=True) == public
    assert names(detector, text, public=False) == []


@pytest.mark.parametrize(
    "text",
    [
        "Oud-minister Schouten is nu burger.",
        "De heer Schouten woont in Zwolle.",
        "Namens de minister,\n\nP.Q. Everts\nAfdelingshoofd Toezicht",
        "mevrouw G. Lammers-Tuinstra (Prinses Beatrixlaan 9)",
        "Aan: Femke Akkerman, beleidsmedewerker",
        "Kopie Anneke Koning, Jetske Ypma, Ömer Yıldırım",
    ],
)
def test_nobody_else_is_taken_for_public(detector: Detector, text: str) -> None:
    assert names(detector, text, public=True) == []


def test_the_reason_names_the_role(detector: Detector) -> None:
    (span,) = [span for span in detector.detect("Burgemeester Westerveld was er.") if span.kind == "person_name"]
    assert span.public_role and "burgemeester" in span.why and "standaard niet lakken" in span.why


def test_a_name_on_the_list_is_public(detector: Detector) -> None:
    text = "Het stuk is besproken met Wietske Hoekstra en Sjoukje Terpstra."
    figures = (PublicFigure("korpschef", "Wietske Hoekstra"),)
    spans = mark_public_roles(text, detector.detect(text), figures)
    assert [(s.text, s.public_role) for s in spans] == [("Wietske Hoekstra", True), ("Sjoukje Terpstra", False)]
    assert "korpschef, op de lijst van openbare functies" in spans[0].why


@pytest.mark.parametrize(
    ("on", "public"),
    [
        (date(2019, 12, 31), False),
        (date(2020, 1, 1), True),
        (date(2021, 6, 30), True),
        (date(2021, 7, 1), False),
        (None, False),
    ],
)
def test_a_function_counts_only_on_the_days_it_was_held(detector: Detector, on: date | None, public: bool) -> None:
    text = "Het stuk is besproken met Wietske Hoekstra."
    figure = PublicFigure("korpschef", "Wietske Hoekstra", date(2020, 1, 1), date(2021, 6, 30))
    (span,) = mark_public_roles(text, detector.detect(text), (figure,), on)
    assert span.public_role is public


def test_a_title_of_the_list_makes_whoever_bears_it_public(detector: Detector) -> None:
    figures = (PublicFigure("kwartiermaker digitaal loket"),)
    for text in (
        "De dag is geopend door kwartiermaker digitaal loket Sjoukje Terpstra.",
        "De opening is gedaan door Sjoukje Terpstra, kwartiermaker digitaal loket.",
    ):
        (span,) = mark_public_roles(text, [s for s in detector.detect(text) if "Terpstra" in s.text], figures)
        assert span.public_role and "kwartiermaker digitaal loket" in span.why


def test_the_list_that_ships_is_read_and_every_period_runs_forward() -> None:
    figures = shipped_figures()
    assert DetectorSettings().public_figures == figures
    assert all(f.since and f.until and f.since < f.until for f in figures if f.name)


def test_no_ministry_has_two_ministers_at_once_in_the_list_that_ships() -> None:
    terms = [
        (f.function, f.since, f.until)
        for f in shipped_figures()
        if f.function.startswith("minister") and f.since and f.until
    ]
    assert len(terms) > 70
    for (function, since, until), (other, start, end) in itertools.combinations(terms, 2):
        assert function != other or until <= start or end <= since, (function, since, start)


@pytest.mark.parametrize(
    ("day", "public"), [(date(2019, 3, 1), ["Ingrid van Engelshoven"]), (date(2022, 3, 1), []), (None, [])]
)
def test_a_minister_of_the_list_is_public_in_the_period_of_the_function(
    detector: Detector, day: date | None, public: list[str]
) -> None:
    text = "Het gesprek tussen Ingrid van Engelshoven en Sjoukje Terpstra is verplaatst."
    marked = mark_public_roles(text, detector.detect(text), shipped_figures(), day)
    assert [span.text for span in marked if span.public_role] == public


@pytest.mark.parametrize(
    "entry",
    [{"name": "A. Bos"}, {"function": " "}, {"function": "x", "naam": "A"}, {"function": "x", "since": "2024-01-01"}],
)
def test_a_wrong_entry_is_refused_in_dutch(entry: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"openbare functie|datums"):
        public_figures([entry])


@pytest.mark.parametrize(
    ("text", "public", "other"),
    [
        (
            "Woordvoerder Anja Postma zegt dat het klopt. De mail is gestuurd aan Anja Postma en Sjoukje Terpstra.",
            ["Anja Postma", "Anja Postma"],
            ["Sjoukje Terpstra"],
        ),
        (
            "Van: Postma, Anja\nOnderwerp: reactie\n\nHet is nagevraagd bij woordvoerder Anja Postma.",
            ["Postma, Anja", "Anja Postma"],
            [],
        ),
        (
            "Burgemeester Westerveld was er. Mevrouw Westerveld uit de Kerkstraat heeft geklaagd.",
            ["Westerveld"],
            ["Westerveld"],
        ),
    ],
)
def test_the_same_full_name_is_public_all_over_the_document(
    detector: Detector, text: str, public: list[str], other: list[str]
) -> None:
    assert names(detector, text, public=True) == public
    assert names(detector, text, public=False) == other


def test_the_reason_of_another_mention_names_the_role(detector: Detector) -> None:
    text = "Woordvoerder Anja Postma zegt dat het klopt. Gisteren heeft Anja Postma gebeld."
    whys = [span.why for span in detector.detect(text) if span.kind == "person_name"]
    assert whys[1] == "Dezelfde naam treedt in dit document op als woordvoerder: standaard niet lakken."
