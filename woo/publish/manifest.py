"""manifest.json: what a case's public folder holds, with the SHA-256 of every file, signed with Ed25519.

The signature covers the manifest without its `signature`, as JSON with sorted keys, no spaces, in UTF-8. Anybody can
check with the key in /manifest-sleutel.pem that nothing was changed after publication.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from woo.errors import NotAllowed
from woo.law.grounds import ground
from woo.law.judgement import JUDGEMENT_LABELS, OUTCOME_LABELS
from woo.publish import addresses, tooi
from woo.publish.case_file import CaseFile
from woo.publish.document_entry import DocumentEntry
from woo.publish.inventory import file_name
from woo.publish.signing import public_key_pem
from woo.store import sha256_of

FORMAT = "woo-manifest/1"


def manifest_json(case: CaseFile, folder: Path, key: Ed25519PrivateKey) -> bytes:
    """The signed manifest over every file that is in `folder` now; the same folder and key give the same bytes."""
    content = {
        "format": FORMAT,
        "case": _case(case),
        "documents": [_document(entry) for entry in case.listed],
        "files": _files(folder),
    }
    signature = {
        "algorithm": "Ed25519",
        "key_sha256": hashlib.sha256(public_key_pem(key)).hexdigest(),
        "value": base64.b64encode(key.sign(_signed_bytes(content))).decode("ascii"),
    }
    text = json.dumps(content | {"signature": signature}, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def verify_manifest(folder: Path, public_key: Ed25519PublicKey) -> dict[str, Any]:
    """The manifest of a public folder; NotAllowed where the signature, a file's hash or the set of files is wrong."""
    manifest = read_manifest(folder)
    content = {name: value for name, value in manifest.items() if name != "signature"}
    try:
        public_key.verify(base64.b64decode(manifest["signature"]["value"], validate=True), _signed_bytes(content))
    except (InvalidSignature, KeyError, TypeError, ValueError):
        raise NotAllowed("De handtekening onder het manifest klopt niet. Vertrouw deze map niet.") from None
    actual, listed = _files(folder), manifest["files"]
    wrong = sorted(name for name in actual.keys() | listed.keys() if actual.get(name) != listed.get(name))
    if wrong:
        raise NotAllowed(
            f"Deze bestanden zijn veranderd, verdwenen of erbij gekomen: {', '.join(wrong[:20])}. "
            "Vertrouw deze map niet."
        )
    return manifest


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest as it stands in the folder, not checked; NotAllowed where it is missing or no manifest."""
    try:
        manifest: Any = json.loads((folder / addresses.MANIFEST).read_bytes())
    except (OSError, ValueError):
        manifest = None
    sound = isinstance(manifest, dict) and manifest.get("format") == FORMAT
    if not sound or not isinstance(manifest.get("files"), dict):
        raise NotAllowed("Deze map heeft geen leesbaar manifest. Vertrouw deze map niet.")
    found: dict[str, Any] = manifest
    return found


def _signed_bytes(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _files(folder: Path) -> dict[str, dict[str, object]]:
    """Every file below the folder but the manifest itself, by path; a link is no file and never counts as one."""
    found: dict[str, dict[str, object]] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            raise NotAllowed("In een publieke map staat een verwijzing naar elders. Er is niets gepubliceerd.")
        if path.is_file() and name != addresses.MANIFEST:
            found[name] = {"sha256": sha256_of(path), "bytes": path.stat().st_size}
    return found


def _case(case: CaseFile) -> dict[str, object]:
    """What the public page and other readers need to know about the case."""
    return {
        "number": case.number,
        "title": case.title,
        "subject": case.subject,
        "summary": case.summary,
        "organisation": case.organisation.name,
        "organisation_uri": case.organisation.uri,
        "directorate": case.directorate,
        "received": f"{case.received}",
        "besluit_date": f"{case.besluit_date}",
        "published_on": f"{case.published_on}",
        "outcome": case.outcome.value,
        "outcome_label": OUTCOME_LABELS[case.outcome],
    }


def _document(entry: DocumentEntry) -> dict[str, object]:
    withdrawal = entry.withdrawal
    return {
        "id": entry.id,
        "title": entry.title,
        "date": f"{entry.date}" if entry.date else None,
        "file_type": entry.file_type,
        "judgement": entry.judgement.value,
        "judgement_label": JUDGEMENT_LABELS[entry.judgement],
        "grounds": [ground(code).screen for code in entry.grounds],
        "remark": entry.remark,
        "file": file_name(entry) if entry.has_file else None,
        "pages": entry.pages if entry.has_file else None,
        "links": list(entry.public_links),
        "suspended": entry.suspended,
        "withdrawn": {
            "on": f"{withdrawal.on}",
            "reason": withdrawal.reason,
            "reason_label": tooi.label("removal_reasons", withdrawal.reason),
        }
        if withdrawal
        else None,
    }
