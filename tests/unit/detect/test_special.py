"""Special personal data: a question near a person, and never anything else."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from itertools import pairwise

import pytest

from redaction.detect import JUDGED_ONE_BY_ONE, KIND_LABELS, Detector
from redaction.detect.special import categories, with_special_categories
from woo.law.grounds import default_ground_for


def special(detector: Detector, text: str) -> list[tuple[str, str]]:
    return [(span.kind, span.text) for span in detector.detect(text) if span.kind in JUDGED_ONE_BY_ONE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Haar man Wim Brand krijgt chemo op de oncologie.", [("health", "krijgt chemo")]),
        ("Vervoerde persoon (K.B., diabetes) wordt onwel.", [("health", "diabetes")]),
        ("Mevrouw Kaya draagt een hoofddoek.", [("religion", "draagt een hoofddoek")]),
        ("Hij is van Marokkaanse afkomst.", [("ethnicity", "is van Marokkaanse afkomst")]),
        ("Collega J. Mol is lid van de FNV.", [("union_membership", "is lid van de FNV")]),
        ("De heer Vos stemt op een kleine partij.", [("political_opinion", "stemt op")]),
        ("Zij is lesbisch en woont samen.", [("sexual_life", "is lesbisch")]),
        ("De Boer werd veroordeeld tot een boete, aldus mw. K. Bos.", [("criminal", "werd veroordeeld")]),
    ],
)
def test_words_about_somebody_are_a_question(detector: Detector, text: str, expected: list[tuple[str, str]]) -> None:
    assert special(detector, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Het Ministerie van Volksgezondheid, Welzijn en Sport schrijft een brief.",
        "Het vakbondsoverleg gaat door in het kerkgebouw.",
        "De richtlijn over diabetes en kanker is herzien.",
        "Minister Schouten stemde op een ander voorstel.",
        "Mevrouw Parkinson belde. De Diabetesvereniging is een stichting.",
        "Jan Mol belde.\n\nDe nota gaat over verslaving en depressie.",
        "Een medewerker die zwanger is, krijgt verlof volgens de regeling.",
    ],
)
def test_without_a_person_in_the_sentence_nothing_is_asked(detector: Detector, text: str) -> None:
    assert special(detector, text) == []


def test_a_question_is_never_sure_and_says_that_a_person_judges(detector: Detector) -> None:
    (span,) = [s for s in detector.detect("Wim Brand gebruikt insuline.") if s.kind == "health"]
    assert span.score <= 0.5 and not span.public_role
    assert "beoordeel zelf" in span.why and "art. 9 AVG" in span.why


def test_every_category_has_a_label_a_ground_and_words_in_lower_case() -> None:
    assert {category.kind for category in categories()} == JUDGED_ONE_BY_ONE <= set(KIND_LABELS)
    assert {default_ground_for(kind) for kind in JUDGED_ONE_BY_ONE} == {"5.1.1.d"}
    for category in categories():
        assert all(word == word.lower() for row in category.words for word in row)
        assert len(set(category.words)) == len(category.words)


def test_a_question_never_takes_text_from_another_find(detector: Detector) -> None:
    text = "Verdachte Jan Verslaving (verslaafd) belt 06-12345678."
    spans = detector.detect(text)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert with_special_categories(text, spans) == spans


def test_the_word_list_is_valid_toml() -> None:
    data = tomllib.loads((files("redaction.detect.lexicon") / "special_categories.toml").read_text("utf-8"))
    assert all(set(one) == {"label", "article", "words"} for one in data.values())
