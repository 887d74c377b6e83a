"""Writes the sample request that ships with the product (`woo/sample/`): the same bytes on every run.

Run: `.venv/bin/python tools/make_sample.py [--out FOLDER]`. The cast is in `sample_source/cast.py`, the texts in
`sample_source/texts/`. Needs the development dependencies and the Liberation fonts (Debian: fonts-liberation).
"""

from __future__ import annotations

import argparse
import json
import shutil
from datetime import datetime
from pathlib import Path, PurePosixPath

from sample_source import special
from sample_source.letters import eml_bytes
from sample_source.markup import Source, read_source
from sample_source.office import docx_bytes
from sample_source.paper import pdf_bytes
from sample_source.record import Item, manifest, persons

TEXTS = Path(__file__).parent / "sample_source" / "texts"
OUT = Path(__file__).parent.parent / "woo" / "sample"

COPIES = {
    "10 overig/Kopie van Notitie opzet proef v1.0.docx": "01 besluitvorming/Notitie opzet proef v1.0.docx",
    "07 mail/bijlagen/Advies FG bodycams.pdf": "02 privacy/Advies FG bodycams.pdf",
}
FORM = "06 klachten en schade/Schadeformulier ingevuld.pdf"
ARCHIVE = "09 evaluatie/aanlevering team Noord.zip"
ARCHIVE_MEMBERS = ("weekbericht-16", "rooster", "mail-vlietkamp", "09-werkinstructie")
EMPTY = "10 overig/Bijlage 4.pdf"
BROKEN = "10 overig/download-7.pdf"
LOCKED = "03 uitvoering/Routeschema categorie C (vertrouwelijk).pdf"
SOUND = "10 overig/testopname geluid 27 februari.wav"
FAMILIES = {"notitie-opzet": ["01 besluitvorming/Notitie opzet proef v0.6.docx",
                              "01 besluitvorming/Notitie opzet proef v1.0.docx"]}


class Workshop:
    """Turns texts into files; each text is made once, whatever number of places it comes in."""

    def __init__(self, sources: dict[str, Source]) -> None:
        self.sources = sources
        self.made: dict[str, bytes] = {}

    def data(self, key: str) -> bytes:
        """The bytes of the file of a text."""
        if key not in self.made:
            self.made[key] = self._make(self.sources[key])
        return self.made[key]

    def name(self, key: str) -> str:
        """The file name of a text, without folders."""
        meta = self.sources[key].meta
        return meta.get("name") or PurePosixPath(meta["path"]).name

    def parts(self, source: Source) -> list[str]:
        """Keys of the texts inside a mail or PDF."""
        if "embed" in source.meta:
            return [source.meta["embed"].split("|")[1].strip()]
        return source.meta["attach"].split(", ") if "attach" in source.meta else []

    def _make(self, source: Source) -> bytes:
        kind = source.meta["kind"]
        if kind == "docx":
            return docx_bytes(source)
        if kind == "pdf":
            return pdf_bytes(source, {key: self.data(key) for key in self.parts(source)})
        if kind == "eml":
            return eml_bytes(source, [(self.name(key), self.data(key)) for key in self.parts(source)])
        if kind == "scan":
            return special.scan_bytes(source)
        return source.body.encode()


def text_items(shop: Workshop) -> list[Item]:
    """The items that are made of texts, and what is inside them."""
    items = []
    for key, source in shop.sources.items():
        if source.nested or key == "verzoek":
            continue
        path = source.meta["path"]
        items.append(_item(shop, key, path))
        for part in shop.parts(source):
            name = source.meta["embed"].split("|")[0].strip() if "embed" in source.meta else shop.name(part)
            items.append(_item(shop, part, f"{path}!/{name}"))
    return items


def _item(shop: Workshop, key: str, path: str) -> Item:
    source = shop.sources[key]
    extra = {"date": source.meta["date"], "in_scope": source.meta.get("scope") != "out"}
    if "must" in source.meta:
        text, where = (part.strip() for part in source.meta["must"].split("|"))
        extra["must_contain"] = {"text": text, "where": where}
    scan_text = source.body if source.meta["kind"] == "scan" else ""
    return Item(path, shop.data(key), source.meta["what"], scan_text=scan_text, extra=extra)


def special_items(shop: Workshop, items: list[Item]) -> list[Item]:
    """The form, the zip with its members, the copies, and the files that become a to-do."""
    by_path = {item.path: item for item in items}
    form_extra = {"date": "2026-04-20", "in_scope": True,
                  "must_contain": {"text": "Ik wil weten waarom hij is vastgepakt", "where": "formulierveld"}}
    members = [(shop.name(key), shop.data(key)) for key in ARCHIVE_MEMBERS]
    archive = special.zip_bytes(members, datetime(2026, 6, 9, 8, 15, 0))
    result = [Item(FORM, special.form_bytes(), "formulier", extra=form_extra),
              Item(ARCHIVE, archive, "zip", "container")]
    result += [_item(shop, key, f"{ARCHIVE}!/{shop.name(key)}") for key in ARCHIVE_MEMBERS]
    for path, original in COPIES.items():
        item = by_path[original]
        result.append(Item(path, item.data, item.what, extra=dict(item.extra)))
    whole = by_path["05 leverancier/Offerte HB-2026-0071.pdf"].data
    for path, data, what, extra in (
        (EMPTY, b"", "leeg bestand", {"reason": "empty"}),
        (BROKEN, special.broken_bytes(whole), "beschadigde PDF", {"reason": "broken"}),
        (LOCKED, special.locked_bytes(), "PDF met wachtwoord",
         {"reason": "password", "password": special.LOCKED_PASSWORD}),
        (SOUND, special.sound_bytes(), "geluidsopname", {"reason": "unsupported"}),
    ):
        result.append(Item(path, data, what, "todo", extra=extra))
    return result


def write_sample(out: Path) -> dict[str, int]:
    """Write the whole sample below `out` (README.md and __init__.py stay as they are) and return the counts."""
    sources = {source.key: source for source in map(read_source, sorted(TEXTS.glob("*.txt")))}
    shop = Workshop(sources)
    request = Item("verzoek.eml", shop.data("verzoek"), "verzoek", extra={"received": "2026-11-07T21:14:01+01:00"})
    items = text_items(shop)
    items += special_items(shop, items)
    record = manifest(request, items, FAMILIES)
    people = persons(request, items)
    shutil.rmtree(out / "bronnen", ignore_errors=True)
    for item in items:
        if "!/" not in item.path:
            target = out / "bronnen" / item.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(item.data)
    (out / "verzoek.eml").write_bytes(request.data)
    for name, content in (("manifest.json", record), ("persons.json", people)):
        (out / name).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return {key: value for key, value in record["totals"].items() if isinstance(value, int)}


def main() -> None:
    """Write the sample and print what was made."""
    parser = argparse.ArgumentParser(description="Schrijft het voorbeeldverzoek opnieuw.")
    parser.add_argument("--out", type=Path, default=OUT, help="map waarin het voorbeeld komt")
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    for name, count in write_sample(out).items():
        print(f"{name}: {count}")


if __name__ == "__main__":
    main()
