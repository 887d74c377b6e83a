"""No operator beside a removed name tells how wide it was: names of unlike width leave one and the same content."""
from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pikepdf
import pytest

from redaction.pdf import read_pages
from tests.unit.pdf.test_setting import FILLER, LEFT, LINE, RIGHT, SIZE, TOP, Placed, content, redacted, spread, wide

Write = Callable[[Iterable[Placed]], str]


def rows(lines: Iterable[Placed]) -> Iterable[tuple[int, Placed]]:
    return ((TOP - 16 * row, line) for row, line in enumerate(lines))


def word_spacing(lines: Iterable[Placed]) -> str:
    """Tw, and blanks at the ends of lines."""
    shown = [f"/F1 {SIZE} Tf 16 TL {LEFT} {TOP + 16} Td"]
    for line in lines:
        words = " ".join(word for _, word in line)
        shown.append(f"{line[1][0] - line[0][0] - wide(line[0][1]) - wide(' '):.4f} Tw ({words} ) '")
    return "BT " + "\n".join(shown) + " ET"


def operator_of_three(lines: Iterable[Placed]) -> str:
    shown = [f"/F1 {SIZE} Tf 16 TL {LEFT} {TOP + 16} Td"]
    for line in lines:
        words = " ".join(word for _, word in line)
        shown.append(f'{line[1][0] - line[0][0] - wide(line[0][1]) - wide(" "):.4f} 0 ({words}) "')
    return "BT " + "\n".join(shown) + " ET"


def numbers(lines: Iterable[Placed]) -> str:
    """TJ numbers between words, blanks included, one stretch after the other."""
    shown = [f"BT /F1 {SIZE} Tf 1 0 0 1 {LEFT} {TOP} Tm"]
    for line in lines:
        space = line[1][0] - line[0][0] - wide(line[0][1]) - wide(" ")
        items = f" {-space / SIZE * 1000:.3f} ".join(f"({word} )" for _, word in line)
        shown.append(f"[{items}] TJ 0 -16 Td")
    return "\n".join(shown) + " ET"


def offsets(lines: Iterable[Placed]) -> str:
    """Each word so far from the one before."""
    shown = [f"BT /F1 {SIZE} Tf"]
    x0 = y0 = 0.0
    for y, line in rows(lines):
        for x, word in line:
            shown.append(f"{x - x0:.8f} {y - y0:.4f} TD ({word}) Tj")
            x0, y0 = x, y
    return "\n".join(shown) + " ET"


def letters(lines: Iterable[Placed]) -> str:
    """Each letter at its place, in one text object."""
    shown = [f"BT /F1 {SIZE} Tf"]
    for y, line in rows(lines):
        for x, word in line:
            shown += [f"1 0 0 1 {x + wide(word[:i]):.4f} {y} Tm ({c}) Tj" for i, c in enumerate(word)]
    return "\n".join(shown) + " ET"


def transforms(lines: Iterable[Placed]) -> str:
    """Each word placed by the matrix of the page."""
    return "\n".join(
        f"q 1 0 0 1 {x:.4f} {y} cm BT /F1 {SIZE} Tf ({word}) Tj ET Q" for y, line in rows(lines) for x, word in line
    )


def letter_spacing(lines: Iterable[Placed]) -> str:
    """Tc that fills each line."""
    shown = [f"/F1 {SIZE} Tf 16 TL {LEFT} {TOP + 16} Td"]
    for line in lines:
        words = " ".join(word for _, word in line)
        shown.append(f"{(RIGHT - LEFT - wide(words)) / (len(words) - 1):.4f} Tc ({words}) '")
    return "BT " + "\n".join(shown) + " ET"


def numbers_between_letters(lines: Iterable[Placed]) -> str:
    """TJ numbers between every two letters that fill each line."""
    shown = [f"BT /F1 {SIZE} Tf 1 0 0 1 {LEFT} {TOP} Tm"]
    for line in lines:
        words = " ".join(word for _, word in line)
        between = -(RIGHT - LEFT - wide(words)) / (len(words) - 1) / SIZE * 1000
        shown.append("[" + f" {between:.3f} ".join(f"({c})" for c in words) + "] TJ 0 -16 Td")
    return "\n".join(shown) + " ET"


def half_taken_back(lines: Iterable[Placed]) -> str:
    """Tc twice as wide as would fill each line, of which numbers between the letters take half back."""
    shown = [f"BT /F1 {SIZE} Tf 1 0 0 1 {LEFT} {TOP} Tm"]
    for line in lines:
        words = " ".join(word for _, word in line)
        between = (RIGHT - LEFT - wide(words)) / (len(words) - 1)
        numbers = f" {between / SIZE * 1000:.3f} ".join(f"({c})" for c in words)
        shown.append(f"{2 * between:.4f} Tc [{numbers}] TJ 0 -16 Td")
    return "\n".join(shown) + " ET"


def with_marks(lines: Iterable[Placed]) -> str:
    """A line under one word, a ground behind another and a line through some."""
    made = []
    for y, line in rows(lines):
        (third, _), (under, word), (fifth, _), (last, end) = line[2], line[3], line[4], line[-1]
        made += [f"{under:.3f} {y - 2} {wide(word):.3f} 0.5 re f", f"{third:.3f} {y + 4} m {fifth:.3f} {y + 4} l S",
                 f"1 1 0 rg {last:.3f} {y - 3} {wide(end):.3f} 12 re f 0 g"]  # fmt: skip
    return content(lines) + "\n" + "\n".join(made)


def contents(path: Path) -> str:
    with pikepdf.open(path) as pdf:
        return pikepdf.unparse_content_stream(pikepdf.parse_content_stream(pdf.pages[0])).decode("latin-1")


WRITERS = [
    word_spacing, operator_of_three, numbers, offsets, letters, transforms, letter_spacing, numbers_between_letters,
    half_taken_back, with_marks,
]  # fmt: skip


TURNS = ("0 1 -1 0 750 0", "0 -1 1 0 -600 600", "-1 0 0 -1 595 842", "-1 0 0 1 595 0", "1 0 0 -1 0 842")
"""Upwards, downwards, upside down, and mirrored both ways."""


@pytest.mark.parametrize("turn", TURNS)
def test_names_of_unlike_width_leave_the_same_content_in_turned_and_mirrored_text(turn: str, tmp_path: Path) -> None:
    found = []
    for name in ("Jansen", "Janssens"):
        body = content([spread(line) for line in (*FILLER, LINE.format(name))])
        found.append(contents(redacted(f"q {turn} cm\n{body}\nQ", name, tmp_path / name)))
    assert found[0] == found[1]


@pytest.mark.parametrize("write", WRITERS)
def test_names_of_unlike_width_leave_the_same_content(write: Write, tmp_path: Path) -> None:
    found = []
    for name in ("Jansen", "Janssens"):
        lines = [spread(line) for line in (*FILLER, LINE.format(name), "en toen was het klaar")]
        found.append(contents(redacted(write(lines), name, tmp_path / name)))
    assert found[0] == found[1]


@pytest.mark.parametrize("blanks", [True, False], ids=["blanks shown", "blanks by spacing"])
def test_words_stay_as_wide_where_numbers_take_character_spacing_back(blanks: bool, tmp_path: Path) -> None:
    """Each line has a spacing of its own, which is only left between words."""
    shown = [f"BT /F1 {SIZE} Tf 1 0 0 1 {LEFT} {TOP} Tm"]
    for spacing, line in zip((3.3, 0.55, 1.1, 2.2), (LINE.format("Jansen"), *FILLER), strict=True):
        back = f" {spacing / SIZE * 1000:.3f} "
        words = ["(" + f"){back}(".join(word) + ")" for word in line.split()]
        shown.append(f"{spacing} Tc [{(f'{back}( ){back}' if blanks else ' ').join(words)}] TJ 0 -16 Td")
    target = redacted("\n".join(shown) + " ET", "Jansen", tmp_path)
    found = {word.text: word.box[2] - word.box[0] for word in next(read_pages(target)).words}
    for word in ("gisteren", "anderen", "gebouw"):
        assert found[word] == pytest.approx(wide(word), abs=0.1)
