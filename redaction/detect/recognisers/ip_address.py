"""IP addresses (version 4 and 6) and MAC addresses: they point at a person's device."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from redaction.detect.recogniser import Recogniser, before
from redaction.detect.span import Finding

_V4 = re.compile(r"(?<![\w.:])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)", re.ASCII)
_V6 = re.compile(r"(?<![\w:.])(?=[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]{0,40}:)[0-9A-Fa-f:]{3,39}(?![\w:])", re.ASCII)
_MAC = re.compile(r"(?<![\w:\-])(?:[0-9A-Fa-f]{2}([:\-]))(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}(?![\w:\-])", re.ASCII)
_NUMBERED = re.compile(r"(?i)(?:artikel|art\.?|paragraaf|par\.|§|versie|v\.?|hoofdstuk|bijlage|punt|onderdeel)\s?$")


class IpAddressRecogniser(Recogniser):
    """Finds addresses that Python's `ipaddress` accepts; loopback and unspecified ones name nobody."""

    KINDS = ("ip_address", "mac_address")

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the addresses."""
        for pattern in (_V4, _V6):
            for match in pattern.finditer(text):
                if self._names_a_device(match[0]) and not _NUMBERED.search(before(text, match.start(), 14)):
                    yield Finding(
                        "ip_address", match.start(), match.end(), 0.85, "ip_address.form", "IP-adres van een apparaat."
                    )
        for match in _MAC.finditer(text):
            yield Finding(
                "mac_address", match.start(), match.end(), 0.9, "mac_address.form", "MAC-adres van een apparaat."
            )

    @staticmethod
    def _names_a_device(value: str) -> bool:
        """Tell whether this is a real address of some device."""
        try:
            address = ipaddress.ip_address(value)
        except ValueError:
            return False
        return not (address.is_loopback or address.is_unspecified)
