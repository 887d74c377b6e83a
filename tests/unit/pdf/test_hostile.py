"""Files made to exhaust whoever reads them: each costs one error or one report, in bounded time and memory."""
from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from redaction.pdf import NotProven, Report, UnusableInput, inspect, redact, verify
from redaction.pdf.verification.inspection import bad_redaction, run_inspection
from tests.unit.pdf import attacks

pytestmark = pytest.mark.slow
Hostile = Callable[[Path], Path]


def packed(pdf: pikepdf.Pdf, unit: bytes, times: int) -> Stream:
    """A stream that is `times` units long once it is inflated."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(unit * 1000) for _ in range(times // 1000)]
    return Stream(pdf, b"".join([*parts, packer.flush()]), Filter=Name.FlateDecode)


def bomb(path: Path) -> Path:
    """A stream of half a gigabyte that belongs to a font, in half a megabyte."""
    pdf = attacks.plain()
    pdf.pages[0].obj["/Resources"]["/Font"]["/F1"]["/ToUnicode"] = pdf.make_indirect(packed(pdf, bytes(1000), 500_000))
    return attacks.saved(pdf, path)


def endless_content(path: Path) -> Path:
    """Three million operators on a page."""
    pdf = attacks.plain()
    page = pdf.pages[0].obj
    page["/Contents"] = Array([page["/Contents"], pdf.make_indirect(packed(pdf, b"q 1 0 0 1 0 0 cm Q ", 1_000_000))])
    return attacks.saved(pdf, path)


def deep_arrays(path: Path) -> Path:
    """Arrays a hundred thousand levels deep."""
    data = io.BytesIO()
    attacks.plain().save(data, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    deep = b"[" * 100_000 + b"]" * 100_000
    assert b"/MediaBox" in data.getvalue()
    path.write_bytes(data.getvalue().replace(b"/MediaBox", b"/Diep " + deep + b" /MediaBox", 1))
    return path


def deep_saves(path: Path) -> Path:
    """A hundred thousand graphics states that are never restored."""
    pdf = attacks.plain()
    page = pdf.pages[0].obj
    page["/Contents"] = Array([pdf.make_indirect(Stream(pdf, b"q " * 100_000)), page["/Contents"]])
    return attacks.saved(pdf, path)


def doubling_forms(path: Path) -> Path:
    """Thirty forms that each draw the next one twice: a thousand million in all."""
    pdf = attacks.plain()
    inner = attacks.form(pdf, b"0 0 1 1 re f")
    for _ in range(30):
        inner = attacks.form(pdf, b"/In Do /In Do", XObject=Dictionary(In=inner))
    page = pdf.pages[0].obj
    page["/Resources"]["/XObject"] = Dictionary(Fm=inner)
    page["/Contents"] = Array([page["/Contents"], pdf.make_indirect(Stream(pdf, b"/Fm Do"))])
    return attacks.saved(pdf, path)


def huge_page(path: Path) -> Path:
    """A page of a hundred kilometres."""
    pdf = attacks.plain()
    pdf.pages[0].obj["/MediaBox"] = Array([0, 0, 300_000_000, 300_000_000])
    return attacks.saved(pdf, path)


def huge_image(path: Path) -> Path:
    """A picture of 40,000 by 40,000 grey pixels under the box."""
    pdf = attacks.plain()
    image = packed(pdf, b"\xff" * 1000, 1_600_000)
    image["/Type"], image["/Subtype"], image["/Width"], image["/Height"] = Name.XObject, Name.Image, 40_000, 40_000
    image["/ColorSpace"], image["/BitsPerComponent"] = Name.DeviceGray, 8
    page = pdf.pages[0].obj
    page["/Resources"]["/XObject"] = Dictionary(Im=pdf.make_indirect(image))
    body = b"q 595 0 0 842 0 0 cm /Im Do Q\n" + page["/Contents"].read_bytes()
    page["/Contents"] = pdf.make_indirect(Stream(pdf, body))
    return attacks.saved(pdf, path)


def many_objects(path: Path) -> Path:
    """Two hundred thousand objects that nothing needs."""
    pdf = attacks.plain()
    pdf.Root["/Rest"] = Array([pdf.make_indirect(Dictionary(N=i)) for i in range(200_000)])
    return attacks.saved(pdf, path, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def looping_pages(path: Path) -> Path:
    """A page tree that holds itself."""
    pdf = attacks.plain()
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)
    data = io.BytesIO()
    try:
        pdf.save(data)
    except (RuntimeError, pikepdf.PdfError):
        pytest.skip("this version of qpdf does not write such a file")
    path.write_bytes(data.getvalue())
    return path


FILES: list[Hostile] = [
    bomb, endless_content, deep_arrays, deep_saves, doubling_forms, huge_page, huge_image, many_objects, looping_pages
]  # fmt: skip


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes may take a part of their time, so that what never ends is seen to be ended."""
    monkeypatch.setattr("redaction.pdf.verification.BASE_SECONDS", 20)
    monkeypatch.setattr("redaction.pdf.building.BASE_SECONDS", 20)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("make", FILES, ids=lambda f: f.__name__)
def test_a_hostile_file_is_redacted_and_proven_or_refused(make: Hostile, tmp_path: Path) -> None:
    source, target = make(tmp_path / "in.pdf"), tmp_path / "out.pdf"
    try:
        report = redact(source, attacks.PLAN, target)
    except (UnusableInput, NotProven):
        assert not target.exists()
    else:
        assert report.proven
        assert target.exists()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("make", FILES, ids=lambda f: f.__name__)
def test_a_hostile_file_gives_a_report_when_it_is_checked(make: Hostile, tmp_path: Path) -> None:
    source = make(tmp_path / "in.pdf")
    assert not verify(source, source, attacks.PLAN).proven
    assert isinstance(inspect(source), Report)


@pytest.mark.parametrize(
    ("make", "findings"),
    [(huge_page, [("limits", "De pagina is te groot om te bekijken.")]),
     (deep_arrays, [("strings", "Deze controle is mislukt (het bestand is beschadigd).")])],
    ids=lambda f: getattr(f, "__name__", ""),
)  # fmt: skip
def test_what_cannot_be_looked_at_is_said_once(make: Hostile, findings: list[tuple[str, str]], tmp_path: Path) -> None:
    report = run_inspection(make(tmp_path / "in.pdf"))
    assert [(f.channel, f.message) for f in report.findings] == findings
    assert not bad_redaction(report)


def test_after_a_check_that_was_ended_the_next_file_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = attacks.saved(attacks.plain(), tmp_path / "in.pdf")
    redact(source, attacks.PLAN, tmp_path / "out.pdf")
    monkeypatch.setattr("redaction.pdf.verification.BASE_SECONDS", 0)
    assert [f.channel for f in verify(source, tmp_path / "out.pdf", attacks.PLAN).findings] == ["limits"]
    monkeypatch.undo()
    assert verify(source, tmp_path / "out.pdf", attacks.PLAN).proven
