"""News prose of others (UD Alpino, CC BY-SA 4.0), with the people in it checked by hand: to measure, never to train."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tools.train_ner.frames import Filled

_FILES = ("ud-alpino-dev.conllu.gz", "ud-alpino-test.conllu.gz")
_NAME_TAG = "eigen"
_TOGETHER = 4
"""Sentences that are read at once, about a paragraph: names come back, as they do in an article."""


@cache
def people() -> frozenset[str]:
    """Give the names in these texts that are people's."""
    lines = (Path(__file__).parent / "news_people.txt").read_text("utf-8").splitlines()
    return frozenset(name for line in lines if line[0] != "#" for name in line.split(";"))


def paragraphs(folder: Path) -> Iterator[Filled]:
    """Yield the news in paragraphs with its people; nothing where the files are not in `folder`."""
    text, entities, count = "", [], 0
    for name in _FILES:
        path = folder / name
        if not path.exists():
            return
        for sentence, tokens in _sentences(path):
            offset = len(text) + 1 if text else 0
            entities += [(start + offset, end + offset, "PER") for start, end in _people_in(sentence, tokens)]
            text += (" " if text else "") + sentence
            count += 1
            if count % _TOGETHER == 0:
                yield Filled(text, tuple(entities), "nieuws van anderen", "-")
                text, entities = "", []
    if text:
        yield Filled(text, tuple(entities), "nieuws van anderen", "-")


def _sentences(path: Path) -> Iterator[tuple[str, list[tuple[str, bool]]]]:
    """Yield (text, tokens) of each sentence; a token is its word and whether it was marked as a name."""
    text, tokens = "", []
    for line in gzip.decompress(path.read_bytes()).decode("utf-8").splitlines():
        if line.startswith("# text = "):
            text = line.removeprefix("# text = ")
        elif not line and tokens:
            yield text, tokens
            tokens = []
        elif line[:1].isdigit() and (fields := line.split("\t"))[0].isdigit():
            tokens.append((fields[1], _NAME_TAG in fields[4]))


def _people_in(text: str, tokens: list[tuple[str, bool]]) -> Iterator[tuple[int, int]]:
    places, position = [], 0
    for word, _named in tokens:
        position = text.index(word, position)
        places.append((position, position + len(word)))
        position += len(word)
    first = 0
    while first < len(tokens):
        last = next(
            (
                last
                for last in range(min(len(tokens), first + 6), first, -1)
                if tokens[first][1] and text[places[first][0] : places[last - 1][1]] in people()
            ),
            first,
        )
        if last > first:
            yield places[first][0], places[last - 1][1]
        first = max(last, first + 1)
