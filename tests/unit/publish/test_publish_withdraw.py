from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from lxml import etree
from publish_factory import case, publish, publish_without

from woo.publish import tooi
from woo.publish.diwoo import DIWOO, SITEMAP
from woo.publish.letters import public_besluit_letter
from woo.publish.manifest import verify_manifest

NAMES = {"s": SITEMAP, "d": DIWOO}
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


def tree(data: bytes) -> etree._Element:
    return etree.fromstring(data)


def test_a_withdrawn_document_leaves_its_row_and_its_reason(
    tmp_path: Path,
    key: Ed25519PrivateKey,
    letter: bytes,
) -> None:
    publish(tmp_path / "public", key, case(), letter)
    done = publish_without(tmp_path / "public", key, "0002", letter)
    assert set(done.files) == LAYOUT - {"documenten/0002.pdf"}
    manifest = verify_manifest(done.path, key.public_key())
    row = next(item for item in manifest["documents"] if item["id"] == "0002")
    assert row["file"] is None
    assert row["withdrawn"] == {
        "on": "2027-01-04",
        "reason": tooi.REASON_PRIVACY,
        "reason_label": "correctie privacygevoelige gegevens",
    }
    assert (
        "Ingetrokken op 04-01-2027: correctie privacygevoelige gegevens."
        in (done.path / "inventarislijst.csv").read_text()
    )
    url = tree((done.path / "metadata/diwoo.xml").read_bytes()).xpath(
        "//s:url[s:loc[contains(., '0002')]]", namespaces=NAMES
    )[0]
    assert url.xpath(".//d:redenVerwijderingVervanging/@resource", namespaces=NAMES) == [tooi.REASON_PRIVACY]
    assert url.xpath("s:lastmod/text()", namespaces=NAMES) == ["2027-01-04"]
    index = tree((tmp_path / "public/sitemapindex-diwoo-infocat014.xml").read_bytes())
    assert index.xpath("//s:lastmod/text()", namespaces=NAMES) == ["2027-01-04"]
    assert not publish_without(tmp_path / "public", key, "0002", letter).changed


def test_a_suspended_document_is_listed_but_has_no_file(tmp_path: Path, key: Ed25519PrivateKey) -> None:
    entries = tuple(replace(item, suspended=True) if item.id == "0002" else item for item in case().documents)
    file = case(documents=entries)
    done = publish(tmp_path / "public", key, file, public_besluit_letter(file))
    assert "documenten/0002.pdf" not in done.files
    assert "Opgeschort" in (done.path / "inventarislijst.csv").read_text()
