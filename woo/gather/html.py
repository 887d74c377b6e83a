"""Reads the HTML of a mail or a saved page into blocks; runs nothing, fetches nothing, leaves no text out.

Text that a style hides is shown all the same: the reviewer must see what the document holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from woo.gather.blocks import MAX_DEPTH, Block, Run, paragraph, right_to_left
from woo.gather.htmlwords import bare_text, solid

_SILENT = {"script", "style", "head", "title"}
_BLOCKS = {"p", "div", "section", "article", "header", "footer", "main", "center", "address", "form", "fieldset", "dl",
           "dd", "dt", "figure", "figcaption", "body", "html", "td", "th", "tr", "tbody", "thead", "tfoot", "caption",
           "nav", "aside", "details", "summary", "table", "noscript"}
_LOOKS = {"b": "b", "strong": "b", "i": "i", "em": "i", "u": "u", "ins": "u", "s": "del_", "strike": "del_",
          "del": "del_"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_SPACE = re.compile(r"[ \t\r\n\f]+")
_MAX_NODES = 200_000
_MAX_CELL = 1500


@dataclass
class Page:
    """What was read: blocks in reading order, targets of links, names of pictures by `cid`, and what was left alone."""

    blocks: list[Block] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    remote: int = 0


def read_html(source: str, shown: frozenset[str] = frozenset()) -> Page:
    """Read HTML text. `shown` holds the Content-IDs of pictures that can be drawn in place.

    A broken page is read as a browser would. One that is nested past all bounds, or has more than 200,000 elements,
    gives its words without layout.
    """
    page = Page()
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source.replace("\x00", ""))
    if not source.strip():
        return page
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    bare = bare_text(source)
    try:
        root = html.document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = None
    # The tree builder drops what is nested too deep; then the words matter more than the layout.
    if root is None or solid("".join(root.itertext())) < 0.9 * solid(bare) or _is_huge(root):
        page.blocks.extend(paragraph(part.strip()) for part in bare.split("\n\n") if part.strip())
    else:
        _Reader(page, shown).read(root)
    return page


def _is_huge(root: html.HtmlElement) -> bool:
    """Whether the page has more elements than is sensible."""
    return sum(1 for _ in root.iter()) > _MAX_NODES


class _Reader:
    """Walks the tree once, without recursion into Python's own stack for inline elements deeper than it can bear."""

    def __init__(self, page: Page, shown: frozenset[str]) -> None:
        self.page = page
        self.shown = shown
        self.out = page.blocks
        self.runs: list[Run] = []
        self.lists: list[int | None] = []
        self.depth = 0
        self.outer: list[list[Block]] = []

    def read(self, root: html.HtmlElement) -> None:
        """Read the whole tree: an explicit stack of (element, look, entering)."""
        stack: list[tuple[html.HtmlElement, Run, bool]] = [(root, {}, True)]
        while stack:
            element, look, entering = stack.pop()
            if not entering:
                self._leave(element)
                self._text(element.tail, look)
                continue
            inner = self._enter(element, look)
            if inner is None:
                self._text(element.tail, look)
                continue
            stack.append((element, look, False))
            self._text(element.text, inner)
            stack.extend((child, inner, True) for child in reversed(element))
        self._flush()

    def _enter(self, element: html.HtmlElement, look: Run) -> Run | None:
        """Open an element; the look of its text, or None when it has been dealt with as a whole."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _SILENT or not tag:
            return None
        if tag in ("br", "hr", "img", "input", "textarea", "pre"):
            self._single(tag, element, look)
            return None
        if tag == "table" and (rows := _data_table(element)):
            self._flush()
            self.out.append({"kind": "table", "rows": rows, "header": _has_header(element)})
            return None
        if tag in _BLOCKS or tag in _HEADINGS:
            self._flush()
        elif tag in ("ul", "ol"):
            self._flush()
            self.lists.append(1 if tag == "ol" else None)
        elif tag == "li":
            self._flush()
            self._marker()
        elif tag == "blockquote":
            self._open_quote()
        return self._look(tag, element, look)

    def _look(self, tag: str, element: html.HtmlElement, look: Run) -> Run:
        """How text inside this element is drawn."""
        inner = look.copy()
        if tag in _LOOKS:
            inner[_LOOKS[tag]] = True  # type: ignore[literal-required]
        style = (element.get("style") or "").lower()
        if "line-through" in style:
            inner["del_"] = True
        if re.search(r"font-weight:\s*(bold|[6-9]00)", style) or tag == "th":
            inner["b"] = True
        return inner

    def _leave(self, element: html.HtmlElement) -> None:
        """Close an element."""
        tag = element.tag
        if tag == "a":
            self._link(element)
        elif tag in _HEADINGS:
            self._flush("h")
        elif tag in _BLOCKS or tag == "li":
            self._flush()
        elif tag in ("ul", "ol") and self.lists:
            self._flush()
            self.lists.pop()
        elif tag == "blockquote":
            self._close_quote()

    def _text(self, text: str | None, look: Run) -> None:
        """Add text with its white space folded, as a browser does."""
        folded = _SPACE.sub(" ", text or "")
        if folded.startswith(" ") and (not self.runs or self.runs[-1]["s"].endswith((" ", "\n"))):
            folded = folded[1:]
        if folded:
            self.runs.append({**look, "s": folded})

    def _single(self, tag: str, element: html.HtmlElement, look: Run) -> None:
        """Elements that stand alone."""
        if tag == "br":
            self.runs.append({**look, "s": "\n"})
        elif tag == "hr":
            self._flush()
            self.out.append({"kind": "rule"})
        elif tag == "pre":
            self._flush()
            self.out.append({"kind": "pre", "text": element.text_content().strip("\n")})
        elif tag == "img":
            self._picture(element)
        elif element.get("type", "").lower() not in ("hidden", "submit", "button"):
            self._text(element.get("value") or element.text_content(), look)

    def _picture(self, element: html.HtmlElement) -> None:
        """A picture that came with the mail is drawn in place; one from the internet is only named."""
        source = (element.get("src") or "").strip()
        alt = _SPACE.sub(" ", element.get("alt") or "").strip()
        cid = source[4:].strip() if source.lower().startswith("cid:") else ""
        if cid in self.shown:
            self._flush()
            self.page.pictures.append(cid)
            self.out.append({"kind": "image", "name": cid, "alt": alt or "afbeelding in het bericht"})
        elif not cid:
            self.page.remote += 1
            if alt:
                self.runs.append({"s": f"[afbeelding: {alt}]", "i": True})
        else:
            self.runs.append({"s": f"[afbeelding: {alt or 'niet af te beelden'}]", "i": True})

    def _link(self, element: html.HtmlElement) -> None:
        """A number behind the text of a link, unless the text already says where it goes."""
        target = (element.get("href") or "").strip()
        if not target or target.startswith(("#", "javascript:")):
            return
        if not self.runs:  # a link around whole blocks
            self.page.links += [] if target in self.page.links else [target]
            return
        plain = re.sub(r"^(mailto|tel):", "", target.split("?")[0] if target.startswith("mailto:") else target)
        shown = "".join(run["s"] for run in self.runs).replace(" ", "")
        if plain.replace(" ", "").rstrip("/") in shown or "[afbeelding:" in self.runs[-1]["s"]:
            return
        if target not in self.page.links:
            self.page.links.append(target)
        self.runs[-1]["ref"] = self.page.links.index(target) + 1

    def _marker(self) -> None:
        """Begin a list item."""
        number = self.lists[-1] if self.lists else None
        if number is not None:
            self.lists[-1] = number + 1
        marker = "•" if number is None else f"{number}."
        self.out.append({"kind": "li", "marker": marker, "depth": min(len(self.lists), MAX_DEPTH), "runs": []})

    def _open_quote(self) -> None:
        """Begin a quotation; past a bound the text goes on at the same level."""
        self._flush()
        self.depth += 1
        if self.depth <= MAX_DEPTH:
            quote: Block = {"kind": "quote", "blocks": []}
            self.out.append(quote)
            self.outer.append(self.out)
            self.out = quote["blocks"]

    def _close_quote(self) -> None:
        """End a quotation; an empty one disappears."""
        self._flush()
        if self.depth <= MAX_DEPTH:
            self.out = self.outer.pop()
            if not self.out[-1]["blocks"]:
                self.out.pop()
        self.depth -= 1

    def _flush(self, kind: str = "p") -> None:
        """Make a block of the runs so far; a list item that still waits for its text takes them."""
        runs = _trimmed(self.runs)
        self.runs = []
        if not runs:
            return
        if self.out and self.out[-1]["kind"] == "li" and not self.out[-1]["runs"]:
            self.out[-1]["runs"] = runs
        elif kind == "h":
            self.out.append({"kind": "h", "runs": runs})
        else:
            self.out.append({"kind": "p", "runs": runs, "rtl": right_to_left("".join(run["s"] for run in runs))})


def _trimmed(runs: list[Run]) -> list[Run]:
    """Runs without white space at either end; [] when nothing is left."""
    kept = [run for run in runs if run["s"]]
    while kept and not kept[0]["s"].strip(" \n\xa0"):
        kept.pop(0)
    while kept and not kept[-1]["s"].strip(" \n\xa0") and "ref" not in kept[-1]:
        kept.pop()
    if kept:
        kept[0] = {**kept[0], "s": kept[0]["s"].lstrip(" \n")}
        kept[-1] = {**kept[-1], "s": kept[-1]["s"].rstrip(" \n")}
    return kept


def _data_table(table: html.HtmlElement) -> list[list[list[Run]]] | None:
    """The cells when this is a table of data; None when it only places things on the page, or hides text elsewhere."""
    if table.xpath(".//table | .//img | .//ul | .//ol | .//blockquote | .//pre | .//hr | .//input | .//textarea"):
        return None
    rows = [list(_cells(row)) for row in table.xpath(".//tr")]
    rows = [row for row in rows if any(cell for cell in row)]
    widths = {len(row) for row in rows}
    if len(rows) < 2 or max(widths) < 2 or max(widths) > 30 or table.xpath(".//a[@href]"):
        return None
    lengths = [sum(len(_SPACE.sub("", run["s"])) for run in cell) for row in rows for cell in row]
    whole = len(_SPACE.sub("", "".join(table.itertext())))
    return rows if max(lengths) <= _MAX_CELL and sum(lengths) == whole else None


def _cells(row: html.HtmlElement) -> Iterator[list[Run]]:
    """The text of each cell; a cell over several columns leaves empty ones after it."""
    for cell in row.xpath("./td | ./th"):
        reader = _Reader(Page(), frozenset())
        reader.read(_without_tail(cell))
        runs: list[Run] = []
        for block in reader.page.blocks:
            if runs:
                runs.append({"s": "\n"})
            runs += block.get("runs", [])
        yield runs
        span = cell.get("colspan", "1")
        yield from ([] for _ in range(min(int(span), 30) - 1 if span.isdigit() else 0))


def _without_tail(element: html.HtmlElement) -> html.HtmlElement:
    """The element as if it stood alone: text after a cell belongs to nobody in a table."""
    element.tail = None
    return element


def _has_header(table: html.HtmlElement) -> bool:
    """Whether the first row is made of header cells."""
    first = table.xpath("(.//tr)[1]")
    return bool(first) and bool(first[0].xpath("./th")) and not first[0].xpath("./td")
