"""Names of writers in footnotes and lists of literature: "Baars & Kuipers 2018", "Noor et al.", "Bos AJ, Vis K."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.detect.lexicon import fold, is_common, is_forename, is_surname, places
from redaction.detect.names.shape import HYPHENATED, TUSSEN, UPPER
from redaction.detect.names.veto import is_acronym, is_never_a_name
from redaction.detect.recogniser import Recogniser, holds
from redaction.detect.span import Finding

_SURNAME = rf"(?:(?:{TUSSEN}){{0,2}}{HYPHENATED})"
_YEAR = r"(?:,?[ ]\(?(?a:(?:19|20)\d\d)[a-d]?\b)"
_TOGETHER = re.compile(
    rf"(?<![\w.&\-])(?P<others>(?:{_SURNAME},[ ]){{0,4}})(?P<one>{_SURNAME})[ ]&[ ](?P<two>{_SURNAME}){_YEAR}"
)
_AND_OTHERS = re.compile(
    rf"(?<![\w.&\-])(?P<one>{_SURNAME})(?:[ ][{UPPER}]{{1,3}})?,?[ ](?:et[ ]al\b|e\.a\.[ ]?\(?(?:19|20)\d\d)"
)
_BARE = re.compile(rf"(?<![\w.&\-])(?P<name>{_SURNAME}[ ][{UPPER}]{{1,3}})(?=,[ ]|\.[ ][{UPPER}]|[ ]&)")
_FEWEST_BARE = 2
_WHY = "Naam van een schrijver in een literatuurverwijzing."


class NameCitationRecogniser(Recogniser):
    """Finds writers beside a year, before "et al.", and in rows of surnames with bare initials."""

    KIND = "person_name"

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the writers."""
        for match in _TOGETHER.finditer(text) if "&" in text else ():
            names = [match.span("one"), match.span("two")]
            names += [
                (match.start() + one.start(), match.start() + one.end())
                for one in re.finditer(_SURNAME, match["others"])
            ]
            if all(_may_be_writer(text[start:end]) for start, end in names):
                for start, end in names:
                    yield Finding(self.KIND, start, end, 0.75, "citation.year", _WHY)
        for match in _AND_OTHERS.finditer(text) if holds(text, ("et al", "e.a.")) else ():
            if _may_be_writer(match["one"]):
                yield Finding(self.KIND, *match.span("one"), 0.75, "citation.others", _WHY)
        rows = [match for match in _BARE.finditer(text) if is_surname(match["name"].split()[-2])]
        for match in rows if len(rows) >= _FEWEST_BARE else ():
            if _may_be_writer(match["name"].rpartition(" ")[0]):
                yield Finding(self.KIND, *match.span("name"), 0.65, "citation.initials", _WHY)


def _may_be_writer(name: str) -> bool:
    """Tell whether a surname can be a writer's: no place, abbreviation or ordinary word that nobody is called."""
    core = name.rsplit(maxsplit=1)[-1]
    if is_acronym(core) or is_never_a_name(core) or fold(core) in places():
        return False
    return is_surname(core) or is_forename(core) or not is_common(core)
