from __future__ import annotations

import hashlib
import json
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from publish_factory import case, publish

from woo.errors import InputRejected, NotAllowed
from woo.publish.manifest import verify_manifest
from woo.publish.signing import load_or_make_key, load_signing_key, public_key_pem, read_public_key

LAYOUT = {
    "besluit.pdf",
    "inventarislijst.csv",
    "inventarislijst.xlsx",
    "inventarislijst.html",
    "metadata/diwoo.xml",
    "manifest.json",
    "documenten/0001.pdf",
    "documenten/0002.pdf",
    "documenten/0007.pdf",
    "documenten/0008.pdf",
}


def tamper(folder: Path, how: str) -> None:
    manifest = folder / "manifest.json"
    content = json.loads(manifest.read_bytes())
    if how == "changed file":
        (folder / "documenten/0001.pdf").write_bytes(b"%PDF-anders")
    elif how == "removed file":
        (folder / "inventarislijst.csv").unlink()
    elif how == "added file":
        (folder / "documenten/9999.pdf").write_bytes(b"%PDF-extra")
    elif how == "changed manifest":
        content["case"]["title"] = "Anders"
    elif how == "no signature":
        del content["signature"]
    elif how == "empty signature":
        content["signature"]["value"] = ""
    elif how == "link":
        (folder / "documenten/9999.pdf").symlink_to("/etc/hostname")
    elif how == "other format":
        content["format"] = "iets"
    if how not in ("changed file", "removed file", "added file", "link"):
        manifest.write_text(json.dumps(content))
    if how == "no json":
        manifest.write_text("{")


def test_the_manifest_proves_every_file(tmp_path: Path, key: Ed25519PrivateKey, letter: bytes) -> None:
    done = publish(tmp_path / "public", key, case(), letter)
    public = read_public_key((tmp_path / "public/manifest-sleutel.pem").read_bytes())
    manifest = verify_manifest(done.path, public)
    assert set(manifest["files"]) == LAYOUT - {"manifest.json"}
    for name, facts in manifest["files"].items():
        data = (done.path / name).read_bytes()
        assert facts == {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    assert manifest["case"]["received"] == "2026-10-31"
    assert manifest["case"]["besluit_date"] == "2026-12-15"
    assert manifest["case"]["outcome"] == "partial_public"


@pytest.mark.parametrize(
    "how",
    [
        "changed file",
        "removed file",
        "added file",
        "changed manifest",
        "no signature",
        "empty signature",
        "link",
        "other format",
        "no json",
    ],
)
def test_any_change_to_the_folder_is_found(how: str, tmp_path: Path, key: Ed25519PrivateKey, letter: bytes) -> None:
    done = publish(tmp_path / "public", key, case(), letter)
    tamper(done.path, how)
    with pytest.raises(NotAllowed):
        verify_manifest(done.path, key.public_key())


def test_another_key_does_not_fit(tmp_path: Path, key: Ed25519PrivateKey, letter: bytes) -> None:
    done = publish(tmp_path / "public", key, case(), letter)
    with pytest.raises(NotAllowed):
        verify_manifest(done.path, Ed25519PrivateKey.generate().public_key())


def test_the_signing_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "nieuw" / "sleutel.pem"
    first = load_or_make_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert public_key_pem(load_or_make_key(path)) == public_key_pem(first)
    path.chmod(0o640)
    with pytest.raises(InputRejected):
        load_signing_key(path)
    path.write_bytes(b"geen sleutel")
    path.chmod(0o600)
    with pytest.raises(InputRejected):
        load_signing_key(path)
