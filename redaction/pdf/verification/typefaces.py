"""Names of fonts that are on every computer, and of letters: they do not tell a hidden word that is one of them."""

from __future__ import annotations

import re

from fontTools.agl import AGL2UV

_FACES = """
Aptos; Arial; Arial Rounded; Arial Unicode; Avant Garde; Avant Garde Gothic; Bodoni; Book Antiqua; Bookman;
Bookman Old Style; Calibri; Cambria; Cambria Math; Candara; Century; Century Gothic; Century Schoolbook; Comic Sans;
Consolas; Constantia; Corbel; Courier; Courier New; DejaVu Sans; DejaVu Sans Mono; DejaVu Serif; Franklin Gothic;
Free Mono; Free Sans; Free Serif; Frutiger; Futura; A Garamond; Adobe Garamond; EB Garamond; Garamond; Geneva; Georgia;
Gill Sans; Helvetica; Helvetica Neue; Impact; Lato; Liberation Mono; Liberation Sans; Liberation Serif; Lucida;
Lucida Bright; Lucida Console; Lucida Fax; Lucida Sans; Microsoft Sans Serif; Ming LiU; Minion; Monaco; MS Gothic;
MS Mincho; MS PGothic; MS PMincho; Myriad; New Century Schlbk; New Century Schoolbook; Nimbus Mono; Nimbus Mono L;
Nimbus Roman; Nimbus Roman No L; Nimbus Sans; Nimbus Sans L; Noto Sans; Noto Sans Mono; Noto Serif; Open Sans; Optima;
Palatino; Palatino Linotype; Rijksoverheid Sans; Rijksoverheid Serif; Roboto; Rockwell; Segoe; Sim Hei; Sim Sun;
Source Code; Source Sans; Source Serif; Symbol; Tahoma; Times; Times New Roman; Trebuchet; Ubuntu; Univers; Verdana;
Webdings; Wingdings; Zapf Dingbats
"""
_STYLES = """
Bd Black Bold Book Cn Cond Condensed Demi Extra Heading Heavy It Ital Italic Light LT Md Medium MS MT Narrow Normal Obl
Oblique Pro PS Regular Roman Semi Std Text Thin UI Ultra Unicode
"""
_SEAM = "(?:[ ,_-]|#20|#2C)*"
_FAMILY = "|".join(_SEAM.join(face.split()) for face in _FACES.split(";"))
_KNOWN = f"(?:{_FAMILY})(?:{_SEAM}(?:{'|'.join(_STYLES.split())}))*"
_NAME = re.compile(rf"/?([A-Z]{{6}}\+)?(?:(?i:{_KNOWN})|(.*))", re.DOTALL)
CALLED = re.compile(rf"(/(?:BaseFont|FontName)\s*/(?:[A-Z]{{6}}\+)?)(?i:{_KNOWN})(?=[\s/<>\[\]()])".encode())
"""The same where the bytes of a file say how a font is called; the mark of a subset comes before."""


def said_by(name: str) -> str:
    """What the name of a font may tell: all of it, or the mark of a subset alone when the rest is on every computer."""
    found = _NAME.fullmatch(name)
    return "".join(part or "" for part in found.groups()) if found else name


def said_by_letter(name: str) -> str:
    """What the name of a letter may tell: nothing when it is of the Adobe Glyph List, or put together from these."""
    parts = re.split("[._]", name.removeprefix("/"))
    return "" if all(part in AGL2UV for part in parts) else name
