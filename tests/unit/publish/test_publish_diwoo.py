from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from lxml import etree
from publish_factory import BASE, case, publish, publish_without

from woo.errors import InputRejected
from woo.publish.diwoo import DIWOO, SITEMAP, diwoo_xml
from woo.publish.letters import public_besluit_letter
from woo.publish.site import refresh_site

SHARED = Path(__file__).parents[4] / "shared" / "standards"
NAMES = {"s": SITEMAP, "d": DIWOO}


def tree(data: bytes) -> etree._Element:
    return etree.fromstring(data)


def test_the_metadata_names_category_014_dates_and_every_public_file() -> None:
    root = tree(diwoo_xml(case(), BASE))
    locations = root.xpath("//s:loc/text()", namespaces=NAMES)
    here = f"{BASE}/publicaties/2026-0142"
    assert locations == [
        f"{here}/besluit.pdf",
        f"{here}/inventarislijst.csv",
        f"{here}/documenten/0007.pdf",
        f"{here}/documenten/0002.pdf",
        f"{here}/documenten/0001.pdf",
        f"{here}/documenten/0008.pdf",
    ]
    categories = set(root.xpath("//d:informatiecategorie/@resource", namespaces=NAMES))
    assert categories == {"https://identifier.overheid.nl/tooi/def/thes/kern/c_3baef532"}
    assert set(root.xpath("//d:publisher/@resource", namespaces=NAMES)) == {
        "https://identifier.overheid.nl/tooi/id/ministerie/mnre1058"
    }
    assert root.xpath("//d:documenthandeling/d:atTime/text()", namespaces=NAMES)[0] == "2026-12-15T00:00:00+01:00"
    keys = dict(
        zip(
            root.xpath("//s:url[1]//d:key/text()", namespaces=NAMES),
            root.xpath("//s:url[1]//d:value/text()", namespaces=NAMES),
            strict=True,
        )
    )
    assert keys == {
        "datumVerzoek": "2026-10-31",
        "datumBesluit": "2026-12-15",
        "zaaknummer": "2026-0142",
        "uitkomst": "Gedeeltelijke openbaarmaking",
    }


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    path = SHARED / "diwoo/offline/woo-sitemap-validatie.xsd"
    if not path.is_file():
        pytest.skip("the standards folder is not here")
    return etree.XMLSchema(etree.parse(path))


def test_the_metadata_and_sitemaps_are_valid_diwoo(
    schema: etree.XMLSchema,
    tmp_path: Path,
    key: Ed25519PrivateKey,
    letter: bytes,
) -> None:
    done = publish(tmp_path / "public", key, case(), letter)
    publish_without(tmp_path / "public", key, "0002")
    nothing = case(number="2026-0143", documents=(), zienswijze=None)
    publish(tmp_path / "public", key, nothing, public_besluit_letter(nothing))
    for path in (
        done.path / "metadata/diwoo.xml",
        tmp_path / "public/publicaties/2026-0143/metadata/diwoo.xml",
        tmp_path / "public/sitemap-diwoo-infocat014-2026-0142-1.xml",
    ):
        schema.assertValid(etree.parse(path))
    broken = tree(diwoo_xml(case(), BASE))
    broken.find(f".//{{{DIWOO}}}publisher").set("resource", "https://identifier.overheid.nl/onzin")
    assert not schema.validate(broken)


def test_an_organisation_outside_the_official_list_is_refused() -> None:
    unknown = replace(case().organisation, uri="https://identifier.overheid.nl/tooi/id/ministerie/mnre9999")
    with pytest.raises(InputRejected, match="waardelijst"):
        diwoo_xml(case(organisation=unknown), BASE)


def test_the_sitemap_index_leads_a_harvester_to_every_document(
    tmp_path: Path,
    key: Ed25519PrivateKey,
    letter: bytes,
) -> None:
    publish(tmp_path / "public", key, case(), letter)
    second = case(number="2026-0150")
    publish(tmp_path / "public", key, second, letter)
    root = tmp_path / "public"
    assert "Sitemap: https://woo.example.nl/sitemapindex-diwoo-infocat014.xml" in (root / "robots.txt").read_text()
    index = tree((root / "sitemapindex-diwoo-infocat014.xml").read_bytes())
    found: list[str] = []
    for location in index.xpath("//s:loc/text()", namespaces=NAMES):
        assert location.startswith(f"{BASE}/")
        found += tree((root / location.removeprefix(f"{BASE}/")).read_bytes()).xpath("//s:loc/text()", namespaces=NAMES)
    assert len(found) == len(set(found)) == 12
    for location in found:
        assert (root / location.removeprefix(f"{BASE}/")).is_file()
    assert index.xpath("//s:lastmod/text()", namespaces=NAMES) == ["2026-12-30", "2026-12-30"]


def test_a_large_case_is_spread_over_sitemaps_and_stale_ones_go(
    tmp_path: Path,
    key: Ed25519PrivateKey,
    letter: bytes,
) -> None:
    publish(tmp_path / "public", key, case(), letter)
    root = tmp_path / "public"
    (root / "sitemapindex-diwoo-infocat014.xml").unlink()
    refresh_site(root, BASE, max_entries=4)
    maps = sorted(path.name for path in root.glob("sitemap-*.xml"))
    assert maps == ["sitemap-diwoo-infocat014-2026-0142-1.xml", "sitemap-diwoo-infocat014-2026-0142-2.xml"]
    counts = [len(tree((root / name).read_bytes())) for name in maps]
    assert counts == [4, 2]
    (root / "sitemapindex-diwoo-infocat014.xml").write_text("geen xml")
    refresh_site(root, BASE)
    assert [path.name for path in root.glob("sitemap-*.xml")] == ["sitemap-diwoo-infocat014-2026-0142-1.xml"]


def test_sitemaps_stay_below_their_size(tmp_path: Path, key: Ed25519PrivateKey, letter: bytes) -> None:
    publish(tmp_path / "public", key, case(), letter)
    root = tmp_path / "public"
    (root / "sitemapindex-diwoo-infocat014.xml").unlink()
    refresh_site(root, BASE, max_bytes=8_000)
    maps = list(root.glob("sitemap-*.xml"))
    assert len(maps) > 1
    assert sum(len(tree(path.read_bytes())) for path in maps) == 6
    assert all(path.stat().st_size < 10_000 for path in maps)
