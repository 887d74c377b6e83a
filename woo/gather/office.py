"""Word files to PDF by LibreOffice: a process and a profile of its own, no macros, nothing fetched, bounded."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from woo.gather.sandbox import MB, Exceeded, Limits, run_program

_FILTER = (
    'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"false"},'
    '"ExportBookmarks":{"type":"boolean","value":"false"},"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"IsSkipEmptyPages":{"type":"boolean","value":"false"}}'
)
# Highest macro security, no updating of links, referrers untrusted, and a proxy that leads nowhere.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Writer/Content/Update", "Field", "false"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
_SECONDS = 60
_SECONDS_EACH = 30


def office_to_pdf(sources: Sequence[Path], folder: Path) -> dict[Path, Path]:
    """Convert files in one run of LibreOffice; the PDFs by source. A file that fails is missing from the answer.

    When a run ends early each file left is tried alone, so that one bad file costs only itself.
    """
    done = _run(sources, folder)
    left = [source for source in sources if source not in done]
    if left and len(sources) > 1:
        for source in left:
            done |= _run([source], folder)
    return done


def _run(sources: Sequence[Path], folder: Path) -> dict[Path, Path]:
    """One run of LibreOffice with a fresh profile."""
    profile, out = folder / "profile", folder / "out"
    _write_profile(profile)
    out.mkdir(exist_ok=True)
    command = ["soffice", f"-env:UserInstallation={profile.resolve().as_uri()}", "--headless", "--norestore",
               "--nolockcheck", "--nologo", "--nodefault", "--convert-to", _FILTER, "--outdir", str(out.resolve()),
               *(str(source.resolve()) for source in sources)]
    limits = Limits(seconds=_SECONDS + _SECONDS_EACH * len(sources), memory=6144 * MB, file_size=1024 * MB)
    with contextlib.suppress(Exceeded):  # what was finished in time is kept; the rest is tried alone or is a to-do
        run_program(command, limits=limits, cwd=folder)
    made = {source: out / f"{source.stem}.pdf" for source in sources}
    return {source: pdf for source, pdf in made.items() if pdf.exists() and pdf.stat().st_size > 0}


def _write_profile(profile: Path) -> None:
    """The settings that LibreOffice starts with."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>'
        "</item>"
        for path, name, value in _SETTINGS
    )
    user = profile / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>", encoding="utf-8")
