"""A composed letter as a Word file: real headings, lists and styles, Dutch, and no personal data in its properties."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from woo.typeset import NO_DATE, displayable_data

_STYLES = {"text": "Normal", "bullets": "List Bullet", "numbered": "List Number", "quote": "Quote", "lines": "Normal"}
_INK = RGBColor(0, 0, 0)
_FONT = "Arial"
_WIDTHS = (Mm(24), Mm(22), Mm(78), Mm(39))


def docx_of(data: Mapping[str, Any], on: date | None) -> bytes:
    """The Word file of a letter; `data` is what the PDF is made of too."""
    plain = displayable_data(data)
    document = Document()
    _set_styles(document)
    _set_properties(document, plain, on)
    _set_page(document, plain)
    _opening(document, plain)
    document.add_paragraph(plain["title"], style="Title")
    if plain["missing"]:
        _line(document.add_paragraph(), [{"text": "Concept. Dit moet nog worden ingevuld:", "bold": True}])
        for what in plain["missing"]:
            document.add_paragraph(what, style="List Bullet")
    document.add_paragraph(f"{plain['salutation']},")
    for block in plain["blocks"]:
        _block(document, block, plain["steps"])
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _block(document: Any, block: Mapping[str, Any], steps: Sequence[Mapping[str, str]]) -> None:
    match block["kind"]:
        case "heading":
            _line(document.add_heading(level=1), block["lines"][0])
        case "sum":
            _sum(document, steps)
        case "lines":  # one paragraph: an address or a signature is read as a whole
            paragraph = document.add_paragraph()
            for number, line in enumerate(block["lines"]):
                if number:
                    paragraph.add_run().add_break()
                _line(paragraph, line)
        case kind:
            for line in block["lines"]:
                _line(document.add_paragraph(style=_STYLES[kind]), line)


def _line(paragraph: Any, runs: Sequence[Mapping[str, Any]]) -> None:
    for run in runs:
        missing = run.get("missing", False)
        text = f"[Nog in te vullen: {run['text']}]" if missing else run["text"]
        made = paragraph.add_run(text)
        made.bold = run.get("bold") or None
        if missing:
            made.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _opening(document: Any, data: Mapping[str, Any]) -> None:
    """Sender, addressee and reference: short paragraphs, so that a screen reader hears them in order."""
    _line(document.add_paragraph(), [{"text": data["organisation"], "bold": True}, {"text": f"\n{data['unit']}"}])
    document.add_paragraph("Aan\n" + "\n".join(data["addressee"]))
    reference = {
        "Kenmerk": data["number"],
        "Datum": data["date"] or "nog in te vullen",
        "Contact": ", ".join(data["contact"]),
        "Afzender": ", ".join(line for line in (data["directorate"], *data["sender"]) if line),
    }
    document.add_paragraph("\n".join(f"{label}: {value}" for label, value in reference.items()))


def _sum(document: Any, steps: Sequence[Mapping[str, str]]) -> None:
    """The sum of the term as a table whose first row is repeated as header."""
    table = document.add_table(rows=1, cols=4, style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    rows = [("Datum", "Erbij", "Waarom", "Artikel"), *((s["date"], s["days"], s["text"], s["article"]) for s in steps)]
    for number, values in enumerate(rows):
        cells = table.rows[0].cells if number == 0 else table.add_row().cells
        for cell, value, width in zip(cells, values, _WIDTHS, strict=True):
            cell.width = width
            cell.paragraphs[0].add_run(value).bold = number == 0 or None
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
            cell.paragraphs[0].paragraph_format.keep_with_next = number < len(steps)
        table.rows[number]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


def _set_styles(document: Any) -> None:
    sizes = {"Normal": 10, "Title": 15, "Heading 1": 12, "List Bullet": 10, "List Number": 10, "Quote": 10}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), _INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # a theme would win from the font
            fonts.attrib.pop(qn(f"w:{script}"), None)
        fonts.set(qn("w:cs"), _FONT)
    document.styles["Quote"].font.italic = False
    document.styles["Quote"].paragraph_format.left_indent = Mm(8)
    for language in document.styles.element.iter(qn("w:lang")):
        for script in ("val", "eastAsia"):
            language.set(qn(f"w:{script}"), "nl-NL")


def _set_properties(document: Any, data: Mapping[str, Any], on: date | None) -> None:
    """Who and when: the organisation and the day of the letter, never a person or a moment."""
    moment = datetime(on.year, on.month, on.day, tzinfo=UTC) if on else NO_DATE
    properties = document.core_properties
    properties.title = f"Concept: {data['title']}" if data["concept"] else data["title"]
    properties.author = properties.last_modified_by = data["organisation"]
    properties.language, properties.keywords, properties.comments = "nl-NL", f"Woo, {data['number']}", ""
    properties.created = properties.modified = moment.replace(tzinfo=None)


def _set_page(document: Any, data: Mapping[str, Any]) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(22)
    section.top_margin = section.bottom_margin = Mm(24)
    if data["concept"]:
        section.header.paragraphs[0].add_run(data["concept_note"]).bold = True
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{data['organisation']} – kenmerk {data['number']} – pagina ")
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        _field_part(footer.add_run(), kind, text)


def _field_part(run: Any, kind: str | None, text: str | None) -> None:
    """One third of a Word field: its begin, its instruction or its end."""
    element = OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        element.set(qn("w:fldCharType"), kind)
    element.text = text
    run._r.append(element)
