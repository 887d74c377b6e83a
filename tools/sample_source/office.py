"""Writes a text of the sample as a Word file (docx) with fixed bytes: same text in, same bytes out."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from sample_source.markup import LABEL_WIDTHS, Block, Source, is_number, runs

TEXT_WIDTH_CM = 16.0
SIZES = {"h1": 16, "h2": 12, "h3": 10.5}


def docx_bytes(source: Source) -> bytes:
    """The Word file of a text: headings, rows, tables, lists, remarks, comments and a page number in the footer."""
    document = Document()
    _prepare(document, source)
    for block in source.blocks():
        _write(document, block)
    stamp = datetime.combine(source.day, time(9, 30))
    for comment in document.comments:
        comment._comment_elm.set(qn("w:date"), stamp.isoformat() + "Z")
    raw = io.BytesIO()
    document.save(raw)
    return _fixed_zip(raw.getvalue(), stamp)


def _prepare(document: WordDocument, source: Source) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(6), 1.15
    for level, size in enumerate(SIZES.values(), 1):
        style = document.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), RGBColor(0, 0, 0)
        style.element.rPr.rFonts.attrib.clear()
        style.element.rPr.rFonts.set(qn("w:ascii"), "Arial")
        style.element.rPr.rFonts.set(qn("w:hAnsi"), "Arial")
    properties = document.core_properties
    properties.author = properties.last_modified_by = source.meta.get("author", "")
    properties.title, properties.language, properties.comments = source.meta.get("title", ""), "nl-NL", ""
    properties.created = properties.modified = datetime.combine(source.day, time(9, 30))
    _page_number(section.footer.paragraphs[0])


def _page_number(paragraph: Paragraph) -> None:
    paragraph.add_run("Pagina ").font.size = Pt(8)
    run = paragraph.add_run()
    run.font.size = Pt(8)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _write(document: WordDocument, block: Block) -> None:
    """Add one block to the document."""
    if block.kind in SIZES:
        document.add_heading(block.text, int(block.kind[1]))
    elif block.kind in ("table", "rows"):
        _table(document, block)
    elif block.kind == "comment":
        author, initials, text = block.rows[0]
        document.add_comment(document.paragraphs[-1].runs, text=text, author=author, initials=initials)
    elif block.kind == "lines":
        paragraph = document.add_paragraph()
        for index, (line,) in enumerate(block.rows):
            if index:
                paragraph.add_run().add_break()
            paragraph.add_run(line)
    elif block.kind == "bullets":
        for (item,) in block.rows:
            _runs(document.add_paragraph(style="List Bullet"), item)
    elif block.kind == "numbers":
        for number, item in block.rows:
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.left_indent = Cm(0.75)
            paragraph.paragraph_format.first_line_indent = Cm(-0.75)
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(0.75))
            _runs(paragraph, f"{number}\t{item}")
    else:
        _runs(document.add_paragraph(), block.text, italic=block.kind == "remark")


def _runs(paragraph: Paragraph, text: str, italic: bool = False) -> None:
    for piece, bold in runs(text):
        run = paragraph.add_run(piece)
        run.bold, run.italic = bold or None, italic or None


def _table(document: WordDocument, block: Block) -> None:
    """A grid with a bold first row, or label rows without lines."""
    columns = max(len(row) for row in block.rows)
    table = document.add_table(rows=0, cols=columns)
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    grid = block.kind == "table"
    if grid:
        table.style = "Table Grid"
    widths = block.widths or ([1.0] * columns if grid else list(LABEL_WIDTHS))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(TEXT_WIDTH_CM * width / sum(widths))
    for number, row in enumerate(block.rows):
        cells = table.add_row().cells
        for index, cell in enumerate(cells):
            cell.width = Cm(TEXT_WIDTH_CM * widths[index] / sum(widths))
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            text = row[index] if index < len(row) else ""
            if grid and index and is_number(text):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            head = (grid and number == 0) or (not grid and index == 0)
            _runs(paragraph, f"**{text}**" if head and text else text)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _fixed_zip(raw: bytes, stamp: datetime) -> bytes:
    """The same archive with one fixed time on every member, so that the bytes do not depend on the clock."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, stamp.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(name))
    return out.getvalue()
