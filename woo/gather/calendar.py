"""Shows an invitation that travels inside a mail: the fields that people read, as a table."""

from __future__ import annotations

import re

from woo.gather.blocks import Block, Run

_LABELS = {
    "METHOD": "Soort", "SUMMARY": "Onderwerp", "DTSTART": "Begin", "DTEND": "Einde", "RRULE": "Herhaling",
    "LOCATION": "Plaats", "ORGANIZER": "Organisator", "ATTENDEE": "Genodigde", "STATUS": "Status",
    "COMMENT": "Opmerking", "DESCRIPTION": "Tekst", "CONTACT": "Contact",
}
_TIME = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})\d{2}(Z?))?$")


def invitation(text: str) -> list[Block]:
    """The invitation as one table; a name and its address are both shown. [] when it says nothing readable."""
    rows: list[list[list[Run]]] = []
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        head, _, value = line.partition(":") if '"' not in line.partition(":")[0] else _quoted(line)
        name, *parameters = head.split(";")
        label = _LABELS.get(name.upper())
        if label and value.strip():
            rows.append([[{"s": label}], [{"s": _readable(value, parameters)}]])
    return [{"kind": "table", "rows": rows, "header": False}] if rows else []


def _quoted(line: str) -> tuple[str, str, str]:
    """Split at the first colon outside quotation marks."""
    found = re.match(r'((?:[^":]|"[^"]*")*):(.*)$', line)
    return (found[1], ":", found[2]) if found else (line, "", "")


def _readable(value: str, parameters: list[str]) -> str:
    """Times in Dutch order, escapes undone, the name of a person beside the address."""
    found = _TIME.match(value.strip())
    if found:
        clock = f" {found[4]}:{found[5]}{' UTC' if found[6] else ''}" if found[4] else ""
        return f"{found[3]}-{found[2]}-{found[1]}{clock}"
    names = [p[3:].strip('"') for p in parameters if p.upper().startswith("CN=")]
    plain = re.sub(r"\\([nN,;\\])", lambda escape: "\n" if escape[1] in "nN" else escape[1], value)
    return " ".join([*names, re.sub(r"(?i)^mailto:", "", plain)])
