"""The words of an HTML page without its layout: for pages that no tree can be made of, and to check the tree."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_INLINE = {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "label",
           "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr", "img"}
_SPACE = re.compile(r"[ \t\r\n\f]+")


class _Words(HTMLParser):
    """The words of a page without any layout; knows no depth, so nothing is too deep for it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.silent: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Stop listening inside a script or a style."""
        if tag in ("script", "style", "title"):
            self.silent = tag
        elif tag not in _INLINE:
            self.pieces.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        """Listen again."""
        if tag == self.silent:
            self.silent = None

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        if self.silent is None:
            self.pieces.append(_SPACE.sub(" ", data))


def bare_text(source: str) -> str:
    """All words of the page in order, blocks parted by empty lines."""
    reader = _Words()
    reader.feed(source)
    reader.close()
    return re.sub(r"\n\s*\n", "\n\n", "".join(reader.pieces))


def solid(text: str) -> int:
    """How many characters of a text are not white space."""
    return len(_SPACE.sub("", text))
