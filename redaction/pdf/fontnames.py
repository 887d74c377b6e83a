"""Names of fonts: those that every computer knows say nothing of a person, others can be changed without being seen."""

from __future__ import annotations

import re

from redaction.pdf.hidden_words import HiddenWords, spaced

FAMILIES = """
courier helvetica times symbol zapfdingbats arial arialrounded timesnewroman couriernew calibri cambria cambriamath
candara consolas constantia corbel aptos verdana georgia tahoma trebuchet segoe comicsans impact lucida lucidaconsole
lucidasans lucidabright lucidafax palatino palatinolinotype bookantiqua bookman bookmanoldstyle century centurygothic
centuryschoolbook newcenturyschlbk newcenturyschoolbook garamond agaramond adobegaramond ebgaramond franklingothic
gillsans rockwell helveticaneue univers frutiger futura optima myriad minion avantgarde avantgardegothic bodoni
wingdings webdings geneva monaco microsoftsansserif msgothic mspgothic msmincho mspmincho simsun simhei mingliu
liberationsans liberationserif liberationmono dejavusans dejavuserif dejavusansmono nimbussans nimbusroman nimbusmono
nimbussansl nimbusromannol nimbusmonol freesans freeserif freemono opensans roboto lato notosans notoserif notosansmono
sourcesans sourceserif sourcecode ubuntu rijksoverheidsans rijksoverheidserif
"""
"""Families without the spaces in their names."""
STYLES = """
ps mt ms std pro lt ui roman regular normal text heading book light thin medium md semi demi bold bd heavy black extra
ultra italic ital it oblique obl narrow condensed cond cn unicode
"""
COMMON = re.compile(f"(?:{'|'.join(FAMILIES.split())})(?:{'|'.join(STYLES.split())})*")
SEPARATORS = re.compile(r"[ ,_-]")
SUBSET = re.compile(r"[A-Z]{6}\+")
NO_MARK = "AAAAAA+"
"""The mark of a subset that says only that it is one (ISO 32000-2, 9.9.2)."""
STYLED = re.compile(r"[,-].*")


def is_common(name: str) -> bool:
    """Whether a name without a mark is that of a family which every computer knows, in whatever style."""
    return COMMON.fullmatch(SEPARATORS.sub("", name).lower()) is not None


def other_name(name: str, hidden: HiddenWords) -> str | None:
    """Another name for a font that is called after what is hidden; None for the others.

    Viewers choose the face of a font they do not know by its measures and by the style behind its name: that stays.
    The name of a standard font would be drawn with other shapes.
    """
    name = name.removeprefix("/")
    found = SUBSET.match(name)
    mark = found.group() if found else ""
    rest = name[len(mark) :]
    if not hidden.within(spaced(mark if is_common(rest) else name)):
        return None
    style = "".join(re.findall("Bold|Italic|Oblique", "".join(STYLED.findall(rest))))
    return f"/{NO_MARK if mark else ''}Lettertype{'-' if style else ''}{style}"
