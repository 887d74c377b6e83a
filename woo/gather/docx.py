"""Looks inside a Word file before LibreOffice does: what the page could lose, what reaches outside, what is enclosed.

Comments, tracked changes and hidden text are collected for the page with remarks. References to files and pages
elsewhere are cut, so that nothing is fetched.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from woo.gather.items import Reason, SourceItem

MB = 1024 * 1024
MAX_TOTAL = 500 * MB
MAX_XML = 100 * MB
MAX_RATIO = 200
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/terms/}"
_CHANGES = {f"{_W}ins": "inserted", f"{_W}moveTo": "inserted", f"{_W}del": "deleted", f"{_W}moveFrom": "deleted"}
_STORY = re.compile(r"^word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$")
_EMBEDDED = re.compile(r"^word/embeddings/[^/]+$|^word/afchunk[^/]*\.[^/.]+$", re.IGNORECASE)
_REACHING = re.compile(r"\b(INCLUDETEXT|INCLUDEPICTURE|IMPORT|INCLUDE|DDE|DDEAUTO|LINK|DATABASE|RD)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Remark:
    """A comment or a tracked change: who, when (ISO, "" when unknown), which text it is about, and what it says."""

    kind: str
    author: str
    when: str
    anchor: str
    text: str


@dataclass
class Inside:
    """What a Word file holds besides its pages."""

    remarks: list[Remark] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    children: list[tuple[str, bytes]] = field(default_factory=list)
    created: str = ""
    modified: str = ""
    outside: int = 0
    macros: bool = False
    anchors: dict[str, str] = field(default_factory=dict)


class Refused(Exception):
    """The file cannot be handed to LibreOffice; `reason` as in the outcome."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def inspect_and_clean(item: SourceItem, target: Path) -> Inside:
    """Write a copy to `target` without macros and outward references, and tell what the file holds. Raises Refused."""
    inside = Inside()
    try:
        with item.open() as stream, zipfile.ZipFile(stream) as source:
            _check(source)
            with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
                for entry in source.infolist():
                    content = _clean(entry.filename, source.read(entry), inside)
                    if content is not None:
                        copy.writestr(entry.filename, content)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, etree.XMLSyntaxError, OSError, EOFError, ValueError, KeyError,
            NotImplementedError) as error:
        raise Refused("broken") from error
    except RuntimeError as error:  # zipfile's word for an encrypted member
        raise Refused("password") from error
    inside.remarks = [replace(remark, anchor=inside.anchors.get(remark.anchor, "")) for remark in inside.remarks]
    return inside


def _check(source: zipfile.ZipFile) -> None:
    """Refuse what is no Word file or what would fill the memory."""
    entries = source.infolist()
    if not any(entry.filename == "word/document.xml" for entry in entries):
        raise Refused("broken")
    if sum(entry.file_size for entry in entries) > MAX_TOTAL or len(entries) > 20_000:
        raise Refused("too_large")
    for entry in entries:
        swollen = entry.file_size > 10 * MB and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        if swollen or (entry.filename.endswith(".xml") and entry.file_size > MAX_XML):
            raise Refused("too_large")


def _clean(name: str, content: bytes, inside: Inside) -> bytes | None:
    """The member as LibreOffice may see it, or None to leave it out; notes what it holds on the way."""
    if "vbaProject" in name or "vbaData" in name:
        inside.macros = True
        return None
    if name.endswith(".rels"):
        return _inward(content, inside)
    if name == "docProps/core.xml":
        _read_properties(content, inside)
    elif name == "word/comments.xml":
        inside.remarks = [*_comments(content), *inside.remarks]
    elif _STORY.match(name):
        return _read_story(content, inside)
    elif _EMBEDDED.match(name):
        inside.children.append((posixpath.basename(name), content))
    return content


def _parse(content: bytes) -> etree._Element:
    """Parse XML without entities, without network, without bounds being lifted."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _inward(content: bytes, inside: Inside) -> bytes:
    """Relations without those that point outside; links that people click are kept, they are not fetched."""
    root = _parse(content)
    for relation in list(root):
        if relation.get("TargetMode") == "External" and not str(relation.get("Type", "")).endswith("/hyperlink"):
            inside.outside += 1
            relation.set("Target", "about:blank")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _read_properties(content: bytes, inside: Inside) -> None:
    """Creation and last change from the core properties."""
    root = _parse(content)
    inside.created = root.findtext(f"{_DC}created") or ""
    inside.modified = root.findtext(f"{_DC}modified") or ""


def _comments(content: bytes) -> list[Remark]:
    """The comments, each with its number for an anchor until all stories have been read."""
    return [
        Remark("comment", str(node.get(f"{_W}author") or ""), str(node.get(f"{_W}date") or ""),
               str(node.get(f"{_W}id") or ""), "\n".join(filter(None, map(_text, node.iter(f"{_W}p")))))
        for node in _parse(content).iter(f"{_W}comment")
    ]


def _read_story(content: bytes, inside: Inside) -> bytes:
    """Collect the paragraphs, changes and hidden text of one part, and disarm fields that reach outside."""
    root = _parse(content)
    hidden = {run for run in root.iter(f"{_W}r") if _is_hidden(run)}
    inside.hidden += [text for run in root.iter(f"{_W}r") if run in hidden and (text := _text(run))]
    for paragraph in root.iter(f"{_W}p"):
        text = "".join(_text(run) for run in paragraph.iter(f"{_W}r") if run not in hidden)
        if text.strip():
            inside.paragraphs.append(text)
    for node in root.iter(*_CHANGES):
        if text := _text(node):
            inside.remarks.append(Remark(_CHANGES[node.tag], str(node.get(f"{_W}author") or ""),
                                         str(node.get(f"{_W}date") or ""), "", text))
    inside.anchors |= _anchors(root)
    _disarm(root, inside)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _is_hidden(run: etree._Element) -> bool:
    """Whether a run is set as hidden text."""
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val", "1") not in ("0", "false")


def _text(node: etree._Element) -> str:
    """The text below a node in reading order, deleted text included, tabs and breaks as such."""
    pieces: list[str] = []
    for child in node.iter(f"{_W}t", f"{_W}delText", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        if child.tag in (f"{_W}t", f"{_W}delText"):
            pieces.append(child.text or "")
        else:
            pieces.append({"tab": "\t", "noBreakHyphen": "-"}.get(etree.QName(child).localname, "\n"))
    return "".join(pieces)


def _anchors(root: etree._Element) -> dict[str, str]:
    """The text between the start and the end of each comment's range, by number of the comment."""
    open_ranges: dict[str, list[str]] = {}
    done: dict[str, str] = {}
    for node in root.iter():
        if node.tag == f"{_W}commentRangeStart":
            open_ranges[str(node.get(f"{_W}id"))] = []
        elif node.tag == f"{_W}commentRangeEnd":
            number = str(node.get(f"{_W}id"))
            done[number] = "".join(open_ranges.pop(number, []))
        elif node.tag in (f"{_W}t", f"{_W}delText"):
            for pieces in open_ranges.values():
                pieces.append(node.text or "")
    return done


def _disarm(root: etree._Element, inside: Inside) -> None:
    """Empty the instructions of fields that would read another file; what they last showed stays on the page."""
    for simple in root.iter(f"{_W}fldSimple"):
        if _REACHING.search(simple.get(f"{_W}instr") or ""):
            simple.set(f"{_W}instr", "")
            inside.outside += 1
    pending: list[list[etree._Element]] = []
    for node in root.iter(f"{_W}fldChar", f"{_W}instrText"):
        kind = node.get(f"{_W}fldCharType")
        if kind == "begin":
            pending.append([])
        elif kind is None and pending:
            pending[-1].append(node)
        elif kind == "end" and pending:
            parts = pending.pop()
            if _REACHING.search("".join(part.text or "" for part in parts)):
                inside.outside += 1
                for part in parts:
                    part.text = ""
