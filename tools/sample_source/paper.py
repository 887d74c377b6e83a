"""Writes a text of the sample as a PDF: paragraphs, tables, an outline, a turned page, a note and an attachment.

Needs the Liberation fonts (Debian package fonts-liberation), because the cast's names use letters of many alphabets.
"""

from __future__ import annotations

import io
import subprocess
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from sample_source.markup import LABEL_WIDTHS, Block, Source, is_number, runs

rl_config.invariant = 1
rl_config.useA85 = 0
WIDTH, HEIGHT = A4
MARGIN = 2.4 * cm
FACES = {"Sans": ("Liberation Sans", "Regular"), "Sans-Bold": ("Liberation Sans", "Bold"),
         "Sans-Italic": ("Liberation Sans", "Italic"), "Serif": ("Liberation Serif", "Regular")}


@cache
def font_file(family: str, style: str) -> str:
    """Path of a font on this machine. Raises RuntimeError where fontconfig gives another family."""
    found = subprocess.run(["fc-match", "-f", "%{family}|%{file}", f"{family}:style={style}"], capture_output=True,
                           text=True, check=True).stdout.split("|")
    if found[0] != family:
        raise RuntimeError(f"{family} is not installed (Debian: fonts-liberation)")
    return found[1]


@cache
def register_fonts() -> None:
    """Make the fonts known to reportlab, once."""
    for name, (family, style) in FACES.items():
        pdfmetrics.registerFont(TTFont(name, font_file(family, style)))


def style_of(kind: str) -> ParagraphStyle:
    """The paragraph style of a kind of block."""
    sizes = {"h1": 16, "h2": 11.5, "h3": 10, "cell": 8.8, "number": 8.8}
    size = sizes.get(kind, 10)
    heading = kind in ("h1", "h2", "h3")
    font = "Sans-Bold" if heading else "Sans-Italic" if kind == "remark" else "Sans"
    below = 2 if kind in ("cell", "number") else size * 0.6
    return ParagraphStyle(kind, fontName=font, fontSize=size, leading=size * 1.38, spaceAfter=below,
                          spaceBefore=size * 0.9 if heading else 0, keepWithNext=heading,
                          alignment=TA_RIGHT if kind == "number" else TA_LEFT)


class _Template(BaseDocTemplate):
    """Two page forms: upright, and a page that is turned a quarter (its content lies on its side, /Rotate 90)."""

    def __init__(self, out: io.BytesIO, source: Source) -> None:
        super().__init__(out, pagesize=A4, title=source.meta.get("title", ""), author=source.meta.get("author", ""),
                         subject=source.meta.get("what", ""), creator="Tekstverwerker", lang="nl-NL")
        self.outline = source.meta.get("outline") == "yes"
        upright = Frame(MARGIN, MARGIN, WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN, id="upright")
        turned = Frame(MARGIN, MARGIN, HEIGHT - 2 * MARGIN, WIDTH - 2 * MARGIN, id="turned")
        on_side = PageTemplate("turned", [turned], onPage=self._turned)
        on_side.rotation = 90
        self.addPageTemplates([PageTemplate("upright", [upright], onPage=self._upright), on_side])

    def _footer(self, canvas: Any, right: float) -> None:
        canvas.setFont("Sans", 8)
        canvas.drawRightString(right - MARGIN, 1.3 * cm, f"Pagina {canvas.getPageNumber()}")

    def _upright(self, canvas: Any, _: Any) -> None:
        self._footer(canvas, WIDTH)

    def _turned(self, canvas: Any, _: Any) -> None:
        canvas.translate(WIDTH, 0)
        canvas.rotate(90)
        self._footer(canvas, HEIGHT)

    def afterFlowable(self, flowable: Flowable) -> None:
        """Put headings in the outline."""
        kind = getattr(getattr(flowable, "style", None), "name", "")
        if not self.outline or kind not in ("h1", "h2", "h3"):
            return
        mark = f"mark{id(flowable)}"
        self.canv.bookmarkPage(mark)
        self.canv.addOutlineEntry(flowable.getPlainText(), mark, int(kind[1]) - 1, closed=kind == "h2")


def pdf_bytes(source: Source, embedded: dict[str, bytes]) -> bytes:
    """The PDF of a text; `embedded` are files to attach, by the key that `@embed name | key` names."""
    register_fonts()
    out = io.BytesIO()
    story: list[Flowable] = []
    for block in source.blocks():
        story.extend(_flowables(block))
    _Template(out, source).build(story)
    return _finish(out.getvalue(), source, embedded)


def _rich(text: str) -> str:
    return "".join(f'<font name="Sans-Bold">{escape(piece)}</font>' if bold else escape(piece)
                   for piece, bold in runs(text))


def _flowables(block: Block) -> list[Flowable]:
    """What reportlab lays out for one block."""
    if block.kind == "command":
        return [NextPageTemplate("turned"), PageBreak()]
    if block.kind in ("table", "rows"):
        return [_table(block), Spacer(1, 8)]
    if block.kind == "lines":
        return [Paragraph("<br/>".join(escape(line) for (line,) in block.rows), style_of("lines")), Spacer(1, 6)]
    if block.kind in ("bullets", "numbers"):
        items = [("–", row[0]) if block.kind == "bullets" else (row[0], row[1]) for row in block.rows]
        style = ParagraphStyle("item", style_of("paragraph"), leftIndent=16, bulletIndent=2, spaceAfter=3,
                               bulletFontName="Sans", bulletFontSize=10)
        return [Paragraph(_rich(item), style, bulletText=mark) for mark, item in items] + [Spacer(1, 4)]
    return [Paragraph(_rich(block.text), style_of(block.kind))]


def _table(block: Block) -> Table:
    grid = block.kind == "table"
    columns = max(len(row) for row in block.rows)
    widths = block.widths or ([1.0] * columns if grid else list(LABEL_WIDTHS))
    full = (HEIGHT if columns > 5 else WIDTH) - 2 * MARGIN - 12
    cells = []
    for number, row in enumerate(block.rows):
        heads = [(grid and number == 0) or (not grid and index == 0) for index in range(columns)]
        texts = [row[index] if index < len(row) else "" for index in range(columns)]
        cells.append([Paragraph(_rich(f"**{text}**" if head and text else text),
                                style_of("number" if grid and index and is_number(text) else "cell"))
                      for index, (text, head) in enumerate(zip(texts, heads, strict=True))])
    table = Table(cells, [full * width / sum(widths) for width in widths], repeatRows=1 if grid else 0, hAlign="LEFT")
    lines = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 2),
             ("BOTTOMPADDING", (0, 0), (-1, -1), 1)]
    if grid:
        lines += [("GRID", (0, 0), (-1, -1), 0.4, colors.Color(0.55, 0.55, 0.55)),
                  ("BACKGROUND", (0, 0), (-1, 0), colors.Color(0.92, 0.92, 0.92))]
    else:
        lines.append(("LEFTPADDING", (0, 0), (0, -1), 0))
    table.setStyle(lines)
    return table


def _finish(raw: bytes, source: Source, embedded: dict[str, bytes]) -> bytes:
    """Add the note and the attachment, and set the dates; identifiers follow from the content."""
    stamp = f"D:{source.day:%Y%m%d}093000+01'00'"
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = stamp
        if "note" in source.meta:
            page, author, text = (part.strip() for part in source.meta["note"].split("|"))
            note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[545, 700, 565, 720],
                                      T=author, Contents=text, M=stamp, Name=pikepdf.Name.Comment, C=[1, 0.85, 0.2])
            pdf.pages[int(page) - 1].Annots = pdf.make_indirect([pdf.make_indirect(note)])
        if "embed" in source.meta:
            name, key = (part.strip() for part in source.meta["embed"].split("|"))
            pdf.attachments[name] = pikepdf.AttachedFileSpec(
                pdf, embedded[key], filename=name, mime_type="text/plain", creation_date=stamp, mod_date=stamp)
        pdf.save(out, deterministic_id=True)
    return out.getvalue()
