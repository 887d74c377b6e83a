"""A name found once is searched for in the whole document and the whole case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from redaction.detect import Detector, Dossier, Span

Found = Callable[[str, str], list[str]]


def dossier(detector: Detector, *texts: str) -> list[list[str]]:
    numbered = ((str(number), text) for number, text in enumerate(texts))
    return [
        [span.text for span in spans if span.kind in ("person_name", "username")]
        for _id, spans in detector.detect_dossier(numbered)
    ]


def test_a_surname_alone_is_found_after_the_whole_name(found: Found) -> None:
    text = "Teamchef Ronald Brand keurde de declaraties goed.\n\nBrand ontkent. Er was geen brand."
    assert found(text, "person_name") == ["Ronald Brand", "Brand"]


def test_a_name_in_one_document_is_found_in_another(detector: Detector) -> None:
    first, second = dossier(
        detector,
        "Met vriendelijke groet,\nZbynka Twardoch",
        "De vraag ligt nu op tafel bij Twardoch. Zbynka weet ervan.",
    )
    assert first == ["Zbynka Twardoch"]
    assert second == ["Twardoch", "Zbynka"]


def test_a_directory_name_is_found_written_the_other_way_round(detector: Detector) -> None:
    _first, second = dossier(
        detector, "Aan: Xandrov, Q. van der (Quirkus)", "Zie de notitie Quirkus van der Xandrov, pagina 3."
    )
    assert second == ["Quirkus van der Xandrov"]


def test_the_first_part_of_an_address_is_found_as_a_user_name(detector: Detector) -> None:
    _first, second = dossier(
        detector, "Mail naar q.xandrovski@voorbeeld.nl", "Bestand opgeslagen door q.xandrovski op de schijf."
    )
    assert second == ["q.xandrovski"]


def test_the_reason_says_how_often_a_name_occurs(detector: Detector) -> None:
    texts = [("1", "Geachte heer Terlouw,\n\nDank."), ("2", "Notulist: Terlouw"), ("3", "Terlouw belt morgen.")]
    whys = [span.why for _id, spans in detector.detect_dossier(texts) for span in spans]
    assert len(whys) == 3 and all("komt 3 keer voor in dit dossier" in why for why in whys)


def test_a_surname_that_is_a_word_is_not_found_in_that_sense(detector: Detector) -> None:
    _first, second = dossier(
        detector, "Geachte heer De Groen,\n\nDank.", "Het groen langs de weg wordt gemaaid. Groen is mooi."
    )
    assert second == []


def test_a_name_with_a_dutch_ending_or_a_slip_of_the_scanner_is_found(detector: Detector) -> None:
    _first, second = dossier(
        detector,
        "Geachte heer Twardochowski,\n\nDank.\n\nGeachte mevrouw Hamersveld,\n\nDank.",
        "Het ligt nu bij Twardochowsky. Op Twardochowskis bureau. De brief van Harnersveld is weg.",
    )
    assert second == ["Twardochowsky", "Twardochowskis", "Harnersveld"]


def test_another_name_or_word_that_differs_by_one_letter_is_not_the_same(detector: Detector) -> None:
    _first, second = dossier(
        detector, "Geachte heer Xandersen,\n\nDank.", "De Zandersel en de Xander zijn merken; Anderen niet."
    )
    assert "Zandersel" not in second and "Anderen" not in second


def test_user_names_made_of_a_name_are_found(detector: Detector) -> None:
    _first, second = dossier(
        detector, "Steller: Quirkus van der Xandrov", "zie map qvanderxandrov en qxandrov02 op de schijf"
    )
    assert second == ["qvanderxandrov", "qxandrov02"]


def test_a_company_with_the_same_name_is_not_a_person(detector: Detector) -> None:
    _first, second = dossier(
        detector, "Geachte heer Veldkamp,\n\nDank.", "De factuur van Veldkamp Transport B.V. is betaald."
    )
    assert second == []


def test_a_doubtful_find_is_not_searched_for_elsewhere() -> None:
    rule = "sequence.unknown_acts"
    doubtful = Span(4, 10, "Xiquel", "person_name", 0.2, rule, (rule,), "Onbekend woord.")
    text = "Op de doos staat met grote letters Xiquel."
    for score, found in ((0.2, []), (0.97, ["Xiquel"])):
        names = Dossier()
        names.learn("Kan Xiquel dit even nakijken?", [replace(doubtful, score=score)])
        assert [span.text for span in names.complete(text, [])] == found
