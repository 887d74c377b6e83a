"""Table tests of references that agencies make up themselves, and of codes that only look like one."""

from __future__ import annotations

import pytest

from redaction.detect.recogniser import Recogniser
from redaction.detect.recognisers.case_number import CaseNumberRecogniser
from redaction.detect.recognisers.reference import ReferenceRecogniser


def texts(recogniser: type[Recogniser], text: str) -> list[str]:
    """The finds without those that lie inside another."""
    found = {text[finding.start : finding.end] for finding in recogniser().find(text)}
    return sorted(one for one in found if not any(one != other and one in other for other in found))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Eerder signaal over mevrouw Bakker: SG-2020-55121.", ["SG-2020-55121"]),
        ("de heer Visser (RO-22-0518) is gehoord", ["RO-22-0518"]),
        ("betrokkene kreeg een waarschuwing, TW/2019/412", ["TW/2019/412"]),
        ("Zijn moeder belde, zie MB-0812-33871", ["MB-0812-33871"]),
        ("melder Kuipers, ticket INC0092817", ["INC0092817"]),
        ("mevrouw Bakker, pas ZN-402.118", ["ZN-402.118"]),
        ("Legitimatiebewijzen van Bakker en Visser: LB-0071, LB-0072", ["LB-0071", "LB-0072"]),
        ("Jansen, Sara, meisje, GZ-19 0033871", ["GZ-19 0033871"]),
        ("het onderzoek 2021-OPS-00417 naar Bakker", ["2021-OPS-00417"]),
        ("het gebouw voldoet aan NEN-7510 en ISO-27001, zegt mevrouw Bakker", []),
        ("het wetsvoorstel CAO-2021 dat mevrouw Bakker noemt", []),
        ("Ons kenmerk: DGW-2021-55121, behandeld door mevrouw Bakker", []),
        ("factuur FA-2021-55121 van mevrouw Bakker", []),
        ("Zaaknummer: DGW-2021-55121 van mevrouw Bakker", []),
        ("kavel KV-2021-55121 van mevrouw Bakker", []),
        ("de regeling TRC-2007-1788 treedt in werking", []),
        ("mevrouw Bakker woont aan de A-12 en rijdt op de N-201", []),
        ("bericht van mevrouw Bakker over COVID-19", []),
    ],
)
def test_a_reference_counts_where_somebody_is_spoken_of(text: str, expected: list[str]) -> None:
    assert texts(ReferenceRecogniser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Inspecteur J. Bakker, nr. 55180 en K. Visser, nr. 60311", ["55180", "60311"]),
        ("Tolk 20118 (Dari)", ["20118"]),
        ("parkeerwachter 0417 schreef de bon", ["0417"]),
        ("registertolk A. Visser, Rbtv 10418", ["10418"]),
        ("zijn boa-pas 3308812", ["3308812"]),
        ("Uw nummer: GR 30117", ["GR 30117"]),
        ("zijn klantnummer is KT-2020-0331", ["KT-2020-0331"]),
        ("het zorgnummer ZK-310.448", ["ZK-310.448"]),
        ("bezwaar tegen naheffing 7710029384", ["7710029384"]),
        ("bekeuring BK-21-0033812", ["BK-21-0033812"]),
        ("PL2100-2022-014417-2", ["PL2100-2022-014417-2"]),
        ("inspecteur 2021 en agent 2019", []),
        ("de tolk kostte 1200 euro", []),
        ("Inkoopordernr. 4600118213", []),
        ("Grafnummer: C-11-0042", []),
        ("datalek nr. DL-2020-0031", []),
        ("uw nummer 12", []),
    ],
)
def test_numbers_of_officials_readers_and_fines(text: str, expected: list[str]) -> None:
    assert texts(CaseNumberRecogniser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mevrouw Kaya krijgt een brief, kenmerk AOW/23/0047718/co. Graag nakijken.", ["AOW/23/0047718/co"]),
        ("Het gaat over kenmerk KL-19-20773, de klacht van mijn buurvrouw.", ["KL-19-20773"]),
        ("Mijn vrouw schreef op 8 juli over medicijnen (uw ref. 2022-K-31907).", ["2022-K-31907"]),
        ("Ons kenmerk: IGJ-2019-2510783\nBeste mevrouw Kaya,", []),
        ("Kenmerk: VWS-2019-251078\nAan mevrouw Kaya", []),
    ],
)
def test_a_kenmerk_that_a_sentence_names_is_of_the_matter(text: str, expected: list[str]) -> None:
    assert texts(ReferenceRecogniser, text) == expected
