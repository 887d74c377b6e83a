"""The sentence frames behind the name model: every slot is known, every entity is where it says, nothing leaks."""

from __future__ import annotations

import random

import pytest
import spacy

from tools.train_ner.corpora import document, filled_frames, held_out_frames
from tools.train_ner.frames import HELD_OUT, all_frames, damaged, fill
from tools.train_ner.people import draw, origins

GENRES = sorted(all_frames())


def test_there_are_enough_frames_of_enough_genres_and_origins() -> None:
    assert sum(map(len, all_frames().values())) >= 1500
    assert len(GENRES) >= 30
    assert len(origins()) >= 18


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
