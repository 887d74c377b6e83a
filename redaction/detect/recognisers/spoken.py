"""Patterns for numbers as people say them in Dutch; shared by recognisers, finds nothing itself."""

from __future__ import annotations

_ONE_TO_NINE = r"(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen)"
DIGIT = rf"(?:nul|{_ONE_TO_NINE})"
TEENS = r"(?:tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien)"
TENS = rf"(?:(?:{_ONE_TO_NINE}[eë]n)?(?:twintig|dertig|veertig|vijftig|[zs]estig|[zs]eventig|tachtig|negentig))"
"""Two digits from twenty on: "zesentachtig"."""
