"""The metadata of a case for the Woo-index: one sitemap with DiWoo 0.9.8 for besluit, inventarislijst and documents.

Category 014 "Woo-verzoeken en -besluiten". Beside what DiWoo asks it gives the dates of request and besluit and the
outcome, which harvested dossiers often lack. A withdrawn document stays, with the reason of its removal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time

from lxml import etree

from woo.clock import AMSTERDAM
from woo.errors import InputRejected
from woo.law.grounds import ground
from woo.law.judgement import JUDGEMENT_LABELS, OUTCOME_LABELS
from woo.publish import addresses, tooi
from woo.publish.case_file import CaseFile
from woo.publish.document_entry import DocumentEntry
from woo.publish.inventory import file_name

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
DIWOO = "https://standaarden.overheid.nl/diwoo/metadata/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = (
    f"{SITEMAP} http://www.sitemaps.org/schemas/sitemap/0.9/sitemap.xsd "
    f"{DIWOO} https://standaarden.overheid.nl/diwoo/metadata/0.9.8/xsd/diwoo/diwoo-metadata.xsd"
)


def diwoo_xml(case: CaseFile, base_url: str) -> bytes:
    """The sitemap of the case as UTF-8 XML; every `loc` leads straight to a file. InputRejected without its dates."""
    if case.besluit_date is None or case.published_on is None:
        raise InputRejected(
            "De zaak mist de datum van het besluit of van de publicatie. Er is niets gemaakt. "
            "Vul de datums in bij de zaak."
        )
    urlset = new_urlset()
    urlset.append(_besluit(case, base_url))
    urlset.append(_inventory(case, base_url))
    for entry in case.listed:
        if entry.has_file or entry.withdrawal:
            urlset.append(_document(case, entry, base_url))
    return to_bytes(urlset)


def new_urlset() -> etree._Element:
    """An empty sitemap that knows the DiWoo names."""
    urlset = etree.Element(etree.QName(SITEMAP, "urlset"), nsmap={None: SITEMAP, "diwoo": DIWOO, "xsi": _XSI})
    urlset.set(etree.QName(_XSI, "schemaLocation"), _SCHEMA)
    return urlset


def to_bytes(root: etree._Element) -> bytes:
    """The XML as bytes, the same for the same tree."""
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return data


def _besluit(case: CaseFile, base_url: str) -> etree._Element:
    url, diwoo = _entry(
        case, base_url, addresses.BESLUIT, case.title, identifiers=[case.number], changed=_updated(case)
    )
    _classification(diwoo, kind=tooi.KIND_BESLUIT)
    _text(diwoo, "creatiedatum", f"{case.besluit_date}")
    _coded(diwoo, "language", "languages", tooi.LANGUAGE_DUTCH)
    _coded(diwoo, "format", "formats", tooi.FORMAT_PDF)
    parts = [entry for entry in case.listed if entry.has_file]
    if parts:
        listing = _child(diwoo, "hasParts")
        for entry in parts:
            part = _text(listing, "hasPart", entry.title)
            part.set("resource", addresses.file_url(base_url, case.number, file_name(entry)))
    acts = (tooi.HANDELING_VASTSTELLING, tooi.HANDELING_ONDERTEKENING)
    _handelingen(case, diwoo, dict.fromkeys(acts, case.besluit_date))
    relation = _child(_child(diwoo, "documentrelaties"), "documentrelatie")
    _coded(relation, "role", "relations", tooi.RELATION_ANNEX)
    annex = _text(relation, "relation", "Inventarislijst")
    annex.set("resource", addresses.file_url(base_url, case.number, addresses.INVENTORY_CSV))
    _extra(
        url,
        {
            "datumVerzoek": f"{case.received}",
            "datumBesluit": f"{case.besluit_date}",
            "uitkomst": OUTCOME_LABELS[case.outcome],
            "zaaknummer": case.number,
        },
    )
    return url


def _inventory(case: CaseFile, base_url: str) -> etree._Element:
    identifiers = [f"{case.number}-inventarislijst"]
    url, diwoo = _entry(
        case,
        base_url,
        addresses.INVENTORY_CSV,
        f"Inventarislijst bij: {case.title}",
        identifiers=identifiers,
        changed=_updated(case),
    )
    _classification(diwoo)
    _text(diwoo, "creatiedatum", f"{case.besluit_date}")
    _coded(diwoo, "language", "languages", tooi.LANGUAGE_DUTCH)
    _coded(diwoo, "format", "formats", tooi.FORMAT_CSV)
    _part_of(case, diwoo, base_url)
    _handelingen(case, diwoo, {tooi.HANDELING_VASTSTELLING: case.besluit_date})
    return url


def _document(case: CaseFile, entry: DocumentEntry, base_url: str) -> etree._Element:
    changed = entry.withdrawal.on if entry.withdrawal else case.published_on
    identifiers = [f"{case.number}/{entry.id}", entry.id]
    url, diwoo = _entry(case, base_url, file_name(entry), entry.title, identifiers=identifiers, changed=changed)
    _classification(diwoo)
    if entry.date:
        _text(diwoo, "creatiedatum", f"{entry.date}")
    _coded(diwoo, "format", "formats", tooi.FORMAT_PDF)
    _part_of(case, diwoo, base_url)
    # The day a found document was made up is its date; where that is unknown, the besluit is the first certain day.
    _handelingen(case, diwoo, {tooi.HANDELING_VASTSTELLING: entry.date or case.besluit_date})
    if entry.withdrawal:
        _coded(diwoo, "redenVerwijderingVervanging", "removal_reasons", entry.withdrawal.reason)
    extra = {"beoordeling": JUDGEMENT_LABELS[entry.judgement]}
    if entry.grounds:
        extra["weigeringsgronden"] = "; ".join(ground(code).screen for code in entry.grounds)
    _extra(url, extra)
    return url


def _entry(
    case: CaseFile,
    base_url: str,
    path: str,
    title: str,
    *,
    identifiers: list[str],
    changed: date | None,
) -> tuple[etree._Element, etree._Element]:
    """A `url` element with the part of DiWoo that every entry has; returns it with its DiWoo element."""
    url = etree.Element(etree.QName(SITEMAP, "url"))
    etree.SubElement(url, etree.QName(SITEMAP, "loc")).text = addresses.file_url(base_url, case.number, path)
    etree.SubElement(url, etree.QName(SITEMAP, "lastmod")).text = f"{changed}"
    diwoo = _child(_child(url, "Document"), "DiWoo")
    names = _child(diwoo, "identifiers")
    for identifier in identifiers:
        _text(names, "identifier", identifier)
    _coded(diwoo, "publisher", "organisations", case.organisation.uri)
    _coded(diwoo, "verantwoordelijke", "organisations", case.organisation.uri)
    _text(_child(diwoo, "titelcollectie"), "officieleTitel", title)
    return url, diwoo


def _classification(diwoo: etree._Element, kind: str = "") -> None:
    collection = _child(diwoo, "classificatiecollectie")
    categories = _child(collection, "informatiecategorieen")
    _coded(categories, "informatiecategorie", "categories", tooi.CATEGORY_WOO_REQUESTS)
    if kind:
        _coded(_child(collection, "documentsoorten"), "documentsoort", "document_kinds", kind)


def _handelingen(case: CaseFile, diwoo: etree._Element, acts: Mapping[str, date | None]) -> None:
    listing = _child(diwoo, "documenthandelingen")
    for uri, day in acts.items():
        act = _child(listing, "documenthandeling")
        _coded(act, "soortHandeling", "handelingen", uri)
        moment = datetime.combine(day, time(0), AMSTERDAM) if day else None
        _text(act, "atTime", moment.isoformat() if moment else "")
        _coded(act, "wasAssociatedWith", "organisations", case.organisation.uri)


def _part_of(case: CaseFile, diwoo: etree._Element, base_url: str) -> None:
    whole = _text(diwoo, "isPartOf", case.title)
    whole.set("resource", addresses.file_url(base_url, case.number, addresses.BESLUIT))


def _extra(url: etree._Element, values: Mapping[str, str]) -> None:
    fields = _child(_child(_only(url), "extraMetadata"), "extraMetadatavelden")
    for key, value in values.items():
        field = _child(fields, "extraMetadataveld")
        _text(field, "key", key)
        _text(_child(field, "values"), "value", value)


def _only(url: etree._Element) -> etree._Element:
    found: Iterator[etree._Element] = url.iterchildren(etree.QName(DIWOO, "Document"))
    return next(found)


def _updated(case: CaseFile) -> date | None:
    """The last day on which anything in the publication changed."""
    days = [entry.withdrawal.on for entry in case.listed if entry.withdrawal]
    return max([*days, case.published_on]) if case.published_on else None


def _child(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, etree.QName(DIWOO, name))


def _text(parent: etree._Element, name: str, text: str) -> etree._Element:
    element = _child(parent, name)
    element.text = text
    return element


def _coded(parent: etree._Element, name: str, list_name: str, uri: str) -> None:
    """An element with the official label as its text and the TOOI URI as its `resource`."""
    _text(parent, name, tooi.label(list_name, uri)).set("resource", uri)
