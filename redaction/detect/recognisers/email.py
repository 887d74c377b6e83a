"""E-mail addresses, checked against the bundled public suffix list; mailboxes of a team are left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from presidio_analyzer.predefined_recognizers import EmailRecognizer
from tldextract import TLDExtract

from redaction.detect.lexicon import is_common, is_forename, is_surname
from redaction.detect.looks import near
from redaction.detect.recogniser import LANGUAGE
from redaction.detect.span import Finding

# suffix_list_urls=() and no cache folder: never the network, never a write.
_EXTRACT = TLDExtract(suffix_list_urls=(), cache_dir=None)

# Without the equals sign, which RFC 5322 allows and nobody uses: in logs it parts a key from its value.
_LOCAL = r"\w[\w!#$%&'*+/?^`{|}~\-]{0,63}(?:\.[\w!#$%&'*+/?^`{|}~\-]{1,64}){0,8}"
_DOMAIN = r"[^\W_](?:[\w\-]{0,62})(?:\.[\w\-]{1,63}){1,6}"
_ADDRESS = re.compile(rf"(?<![\w.@+])({_LOCAL})@({_DOMAIN})")
_SPELLED = re.compile(
    rf"(?<![\w.@+\-])([\w.+\-]{{2,64}})\s?(?:\s@\s?|@\s|[\[(]\s?(?:at|apenstaartje|@)\s?[\])])\s?({_DOMAIN})",
    re.IGNORECASE,
)

_SIGN = re.compile("@")
_SPELLED_SIGN = re.compile(r"\s@|@\s|[\[(]\s?(?:at|apenstaartje|@)", re.IGNORECASE)
_LONGEST = (700, 600)
"""Characters that an address can take before its sign, and from there."""

_TEAM_MAILBOX = re.compile(
    r"(?i)^(?:info|contact|secretariaat|administratie|financien|crediteuren|debiteuren|facturen|factuur|inkoop|verkoop|"
    r"sales|support|service(?:desk|punt)?|help(?:desk)?|ict|redactie|pers|press|communicatie|woordvoering|klachten|"
    r"klantenservice|klantcontact|postbus\w*|post|postkamer|gemeente|burgerzaken|receptie|balie|meldkamer|meldpunt|"
    r"no-?reply|noreply|donotreply|do-not-reply|mailer-daemon|postmaster|webmaster|abuse|privacy|fg|avg|woo|wob|"
    r"woo-?verzoek(?:en)?|wob-?verzoek(?:en)?|bezwaar|juridischezaken|hrm?|personeelszaken|vacatures|griffie|bestuur|"
    r"directie|nieuwsbrief|newsletter|office|algemeen|dl|[\w.\-]{2,30}-allen|omwonenden|team|afdeling|dienst|project|"
    r"planning|kenniscentrum|piket|zaal|[\w.\-]{2,40}-(?:un)?subscribe|[\w.\-]{2,40}-request|"
    r"handhaving|vergunningen|toezicht|omgevingsloket)(?:$|[._\-+]|\d)"
)
_OFFICE = re.compile(
    r"(?i)(?:service|registratie|inbox|beheer|zaken|loket|desk|balie|administratie|secretariaat|dienst)$"
)
"""What a mailbox of an office ends in."""
_SHORTEST_TASK = 5
_PRIVATE_PROVIDER = re.compile(
    r"(?i)^(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|ziggo|kpnmail|kpnplanet|planet|xs4all|"
    r"home|"
    r"casema|chello|upcmail|hetnet|tele2|telfort|online|solcon|zeelandnet|protonmail|proton|gmx|web|t-online|skynet|"
    r"telenet|wp|onet|mail|ukr|yandex)$"
)


class EmailAddressRecogniser(EmailRecognizer):  # type: ignore[misc]  # presidio ships no types
    """Presidio's e-mail recogniser with bounded patterns, the bundled suffix list and no team mailboxes."""

    def __init__(self) -> None:
        super().__init__(supported_language=LANGUAGE, supported_entity="email", name=type(self).__name__)

    def validate_result(self, pattern_text: str) -> bool:
        """Tell whether the domain of this address ends in a public suffix (bundled list, no network)."""
        return bool(_EXTRACT(pattern_text.rpartition("@")[2]).suffix)

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: Any = None, regex_flags: int | None = None
    ) -> list[Finding]:
        """Give all addresses in `text` that can belong to a person."""
        return list(self.find(text))

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the addresses, also those that a scanner or a cautious writer broke up."""
        for match in near(_ADDRESS, text, _SIGN, *_LONGEST):
            yield from self._judge(
                text, match, "email.address", "Ziet eruit als een e-mailadres van een persoon.", 0.95
            )
        for match in _SPELLED.finditer(text) if _SPELLED_SIGN.search(text) else ():
            yield from self._judge(
                text, match, "email.spelled", "Uitgeschreven of gebroken e-mailadres van een persoon.", 0.75
            )

    def _judge(self, text: str, match: re.Match[str], rule: str, why: str, score: float) -> Iterator[Finding]:
        domain = match[2].rstrip(".-_")
        known = self.validate_result(f"x@{domain}")
        if not known and (rule == "email.spelled" or not domain.rpartition(".")[2].isalpha()):
            return
        name = _EXTRACT(domain).domain
        team = _is_of_a_team(match[1]) and not _PRIVATE_PROVIDER.match(name)
        if team and not (_follows_a_name(text, match.start()) or _names_somebody(match[1])):
            return
        yield Finding("email", match.start(), match.start(2) + len(domain), score if known else 0.6, rule, why)


def _is_of_a_team(local: str) -> bool:
    """Tell whether a mailbox is called after a task: a known word, or one of the dictionary that is no name."""
    word = local.lower()
    task = len(word) > _SHORTEST_TASK and is_common(word) and not (is_forename(word) or is_surname(word))
    return bool(_TEAM_MAILBOX.match(local) or _OFFICE.search(local)) or task


def _follows_a_name(text: str, start: int) -> bool:
    """Tell whether a person writes from this mailbox: "Natasja Verkerk <planning@bedrijf.nl>"."""
    left = re.search(r"([^:;\"<>\n@]{2,50})\"?\s?<(?:mailto:)?$", text[max(0, start - 60) : start])
    return left is not None and any(
        is_forename(word) and not is_common(word) for word in re.findall(r"[^\W\d_]+", left[1])
    )


def _names_somebody(local: str) -> bool:
    """Tell whether a first name stands in the name of a mailbox: "planning.fatima"."""
    return any(is_forename(part) and not is_common(part) for part in re.findall(r"[^\W\d_]{4,}", local)[1:])
