"""The sentence frames behind the name model: every slot is known, every entity is where it says, nothing leaks."""

from __future__ import annotations

import gzip
import random
import re
from collections import Counter
from pathlib import Path

import pytest
import spacy

from redaction.detect.lexicon import is_surname
from tools.train_ner.corpora import document, filled_frames, held_out_frames
from tools.train_ner.documents import Cast
from tools.train_ner.frames import HELD_OUT, all_frames, damaged, fill
from tools.train_ner.news import paragraphs
from tools.train_ner.people import blended, draw, origins, with_tussenvoegsel
from tools.train_ner.tokens import cut_at_signs

GENRES = sorted(all_frames())


def test_there_are_enough_frames_of_enough_genres_and_origins() -> None:
    assert len({frame for frames in all_frames().values() for frame in frames}) >= 2500
    assert len(GENRES) >= 30
    assert len(origins()) >= 18


def test_frames_are_not_each_others_copies() -> None:
    """Slots, digits, signs and capitals left aside, hardly two frames say the same words."""
    words = Counter(
        " ".join(re.findall(r"[^\W\d_]+", re.sub(r"\{\w+\}", "", frame).casefold()))
        for frames in all_frames().values()
        for frame in frames
    )
    copies = sum(count - 1 for text, count in words.items() if len(text.split()) > 2)
    assert copies < 0.01 * words.total()
    assert words.total() - len(words) < 0.12 * words.total()  # a table or a chat is often no more than slots


def test_no_frame_stands_in_two_genres() -> None:
    held_out = {frame for genre in HELD_OUT for frame in all_frames()[genre]}
    trained = {frame for genre, frames in all_frames().items() if genre not in HELD_OUT for frame in frames}
    assert not held_out & trained


@pytest.mark.parametrize("genre", GENRES)
def test_every_frame_of_a_genre_can_be_filled(genre: str) -> None:
    chance = random.Random(11)
    for frame in all_frames()[genre]:
        filled = fill(frame, genre, chance)
        assert "{" not in filled.text and "⏎" not in filled.text
        assert all(0 <= start < end <= len(filled.text) for start, end, _label in filled.entities)


def test_entities_lie_where_the_names_are() -> None:
    filled = fill("Beste {first},⏎Bel {full} van {org} even.", "mail", random.Random(5))
    (a, b, per), (c, d, also), (e, f, org) = filled.entities
    assert (per, also, org) == ("PER", "PER", "ORG")
    assert filled.text == f"Beste {filled.text[a:b]},\nBel {filled.text[c:d]} van {filled.text[e:f]} even."


def test_damage_keeps_the_length_and_so_the_offsets() -> None:
    chance = random.Random(2)
    for genre, frames in all_frames().items():
        filled = fill(frames[0], genre, chance)
        assert all(len(damaged(filled, chance).text) == len(filled.text) for _ in range(20))


def test_training_never_shows_what_is_held_out() -> None:
    assert {filled.genre for filled in filled_frames(1, seed=4)}.isdisjoint(HELD_OUT)
    assert {filled.genre for filled in held_out_frames(4)} == set(HELD_OUT)
    chance = random.Random(6)
    kept_apart = {draw(chance, held_out=True, origin="Fries").last for _ in range(200)}
    shown = {draw(chance, origin="Fries").last for _ in range(200)}
    assert kept_apart and shown and not kept_apart & shown


def test_blended_names_are_on_no_list_most_of_the_time_and_never_endless() -> None:
    chance = random.Random(9)
    names = [blended("surnames.txt", chance) for _ in range(300)]
    assert all(3 <= len(name) <= 12 for name in names)
    assert sum(is_surname(name) for name in names) < 0.5 * len(names)


def test_a_tussenvoegsel_stands_before_the_surname_in_lower_case() -> None:
    chance = random.Random(12)
    for _ in range(100):
        name = with_tussenvoegsel(chance, draw(chance))
        assert name[0] == name[0].lower() and " " in name


def test_news_of_others_has_its_people_where_they_stand(tmp_path: Path) -> None:
    assert list(paragraphs(tmp_path)) == []
    lines = [
        "# text = Theo de Rooij en Koerts won",
        *(
            f"{n}\t{w}\t_\t_\t{t}\t_"
            for n, w, t in (
                (1, "Theo", "N|eigen"),
                (2, "de", "SPEC|deeleigen"),
                (3, "Rooij", "SPEC|deeleigen"),
                (4, "en", "VG"),
                (5, "Koerts", "N|eigen"),
                (6, "won", "WW"),
            )
        ),
    ]
    for part in ("dev", "test"):
        (tmp_path / f"ud-alpino-{part}.conllu.gz").write_bytes(gzip.compress("\n".join([*lines, "", ""]).encode()))
    (paragraph,) = paragraphs(tmp_path)
    assert [paragraph.text[a:b] for a, b, _label in paragraph.entities] == ["Theo de Rooij", "Koerts"] * 2


def test_the_same_seed_gives_the_same_texts() -> None:
    assert list(filled_frames(1, seed=8)) == list(filled_frames(1, seed=8))


def test_nearly_every_filled_frame_becomes_a_document_with_all_its_entities() -> None:
    nlp = spacy.blank("nl")
    texts = list(filled_frames(1, seed=3))
    docs = [doc for filled in texts if (doc := document(nlp, filled)) is not None]
    assert len(docs) > 0.97 * len(texts)
    filled = fill("Namens {company}:⏎Naam: {full}", "contract", random.Random(1))
    doc = document(nlp, filled)
    assert doc is not None and [ent.label_ for ent in doc.ents] == ["ORG", "PER"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('TOG-88;2021-03-02;"Benhaddou, F.";1987-06-14', "Benhaddou, F."),
        ("BZW-20|T. Demirtaş|Slotlaan 3", "T. Demirtaş"),
        ("ip=10.0.0.1;SEARCH;naam=Sterre Hoogland", "Sterre Hoogland"),
        ("typ: HB/ml", "HB"),
        ("Ruil Mo/Syl akkoord", "Syl"),
        ("<naam>Haile Mariam</naam>", "Haile Mariam"),
        ("12;Karim, Z.;trainee;z.karim@voorbeeld.nl", "Karim, Z."),
        ("~Chantal v.d. Heijden belt", "Chantal v.d. Heijden"),
    ],
)
def test_a_name_between_signs_is_made_of_whole_words(text: str, name: str) -> None:
    nlp = cut_at_signs(spacy.blank("nl"))
    assert nlp.make_doc(text).char_span(text.index(name), text.index(name) + len(name)) is not None


def test_dates_times_addresses_and_hyphens_stay_one_word() -> None:
    nlp = cut_at_signs(spacy.blank("nl"))
    for word in ("12/11", "09:30", "12,50", "jan@voorbeeld.nl", "https://www.voorbeeld.nl/a_b?c=d", "Smit-Bakker"):
        assert [token.text for token in nlp.make_doc(f"op {word} ,")] == ["op", word, ","]


def test_initials_are_played_by_initials_and_names_by_names() -> None:
    played = [Cast(random.Random(seed)).play("J. JvdB WTO Wessels") for seed in range(40)]
    shapes = {re.sub("[A-Z]", "X", text.rpartition(" ")[0]) for text in played}
    assert shapes == {"X. XvdX XXX"}
    assert len(set(played)) == len(played)
    one = Cast(random.Random(1))
    assert one.play("RK") == one.play("RK") != "RK"
