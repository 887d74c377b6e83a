"""The sample's files that are no plain text: a scan, a filled-in form, a zip, and the four that cannot be used."""

from __future__ import annotations

import io
import math
import wave
import zipfile
from datetime import datetime

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.colors import black, white
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfgen.canvas import Canvas

from sample_source.cast import BSN_AL_KHATIB, IBAN_AL_KHATIB
from sample_source.markup import Source
from sample_source.paper import HEIGHT, WIDTH, font_file, register_fonts

DPI = 200
PAGE_PIXELS = (1654, 2339)
SKEW_DEGREES = 0.7
LOCKED_PASSWORD = "sluis-C-2026"
FORM_ROWS = (
    ("naam", "Naam", "Rima al-Khatib"), ("relatie", "Relatie tot vervoerde persoon", "zus"),
    ("vervoerd", "Naam vervoerde persoon", "Yusuf al-Khatib"), ("geboren", "Uw geboortedatum", "11-03-1988"),
    ("bsn", "Burgerservicenummer", BSN_AL_KHATIB), ("adres", "Straat en huisnummer", "Lindenstraat 204-B"),
    ("plaats", "Postcode en plaats", "3074 PC Vlietstede"), ("telefoon", "Telefoon", "06 8127 4459"),
    ("mail", "E-mailadres", "rima.alkhatib88@postvlug.nl"), ("iban", "Rekeningnummer (IBAN)", IBAN_AL_KHATIB),
    ("datum", "Datum van de schade", "14-04-2026"), ("wat", "Wat is er beschadigd?", "bril (montuur en linkerglas)"),
    ("bedrag", "Bedrag van de schade", "EUR 189,00"),
)
FORM_STORY = (
    "Mijn broer Yusuf is op 14 april van de rechtbank naar de gevangenis gebracht. Bij het instappen is zijn bril "
    "gebroken. Hij zegt dat hij is geduwd en daarna hard is vastgepakt. Hij heeft suikerziekte en was duizelig. "
    "De bril is van opticien Lensenhoek, de bon zit bij dit formulier. Ik wil weten waarom hij is vastgepakt en of "
    "er beelden zijn. Wilt u die bewaren?"
)


def scan_bytes(source: Source) -> bytes:
    """A PDF that holds one picture of a typed, signed letter: grey, 200 dpi, a little askew, with paper grain."""
    page = Image.new("L", PAGE_PIXELS, 250)
    pen = ImageDraw.Draw(page)
    font = ImageFont.truetype(font_file("Liberation Serif", "Regular"), 33)
    top = 190
    for block in source.blocks():
        if block.kind == "handwriting":
            _sign(pen, 230, top + 20)
            top += 150
            continue
        paragraphs = [" ".join(row) for row in block.rows] or [block.text]
        for text in paragraphs:
            for line in _wrapped(text, font, 1230):
                pen.text((210, top), line, fill=38, font=font)
                top += 46
        top += 30
    return _picture_pdf(_as_scanned(page), source.day.strftime("%Y%m%d"))


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _sign(pen: ImageDraw.ImageDraw, left: int, top: int) -> None:
    """A signature in ink: one loop with swings, drawn as a thick line."""
    points = []
    for step in range(260):
        t = step / 260
        x = left + 330 * t + 34 * math.sin(19 * t)
        y = top + 52 - 46 * math.sin(23 * t) * (1 - 0.75 * t) - 18 * math.cos(7 * t)
        points.append((x, y))
    pen.line(points, fill=60, width=4, joint="curve")
    pen.line([(left - 10, top + 98), (left + 380, top + 70)], fill=70, width=3)


def _as_scanned(page: Image.Image) -> Image.Image:
    """Turn the page a little, soften it and add grain and a darker edge, the same each time."""
    turned = page.rotate(SKEW_DEGREES, resample=Image.Resampling.BICUBIC, fillcolor=247)
    pixels = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.7)), dtype=np.float64)
    grain = np.random.RandomState(20260323).normal(0, 1.6, pixels.shape)
    edge = np.linspace(-9, 0, 60)
    pixels = pixels + grain
    pixels[:, :60] += edge
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _picture_pdf(picture: Image.Image, day: str) -> bytes:
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=42, dpi=(DPI, DPI))
    jpeg.seek(0)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setTitle(f"SCAN{day}")
    canvas.setCreator("Multifunctional 3 standplaats Noorderhaven")
    canvas.drawImage(ImageReader(jpeg), 0, 0, WIDTH, HEIGHT)
    canvas.save()
    return out.getvalue()


def form_bytes() -> bytes:
    """A filled-in claim form: real form fields (AcroForm), two check boxes and a text of several lines."""
    register_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setTitle("Schadeformulier Vervoersdienst Justitie")
    canvas.setAuthor("Vervoersdienst Justitie")
    canvas.setFont("Sans-Bold", 16)
    canvas.drawString(68, HEIGHT - 80, "Schadeformulier")
    canvas.setFont("Sans", 9.5)
    canvas.drawString(68, HEIGHT - 98, "Vervoersdienst Justitie, Postbus 4410, 9700 ZA Noorderhaven")
    canvas.drawString(68, HEIGHT - 112, "Met dit formulier meldt u schade aan spullen tijdens het vervoer.")
    top = HEIGHT - 150
    for name, label, value in FORM_ROWS:
        canvas.drawString(68, top + 5, label)
        _field(canvas, name, value, top, 18)
        top -= 25
    canvas.drawString(68, top + 2, "Wat is er gebeurd?")
    story = "\n".join(simpleSplit(FORM_STORY, "Helvetica", 9, 278))
    _field(canvas, "toelichting", story, top - 88, 106, multiline=True)
    top -= 120
    for name, label, ticked in (("bon", "Ik heb een bon of foto bijgevoegd.", True),
                                ("beeld", "Ik wil dat beelden worden bewaard.", True)):
        canvas.acroForm.checkbox(name=name, tooltip=label, x=68, y=top, size=12, checked=ticked, borderColor=black,
                                 fillColor=white, textColor=black)
        canvas.drawString(88, top + 2, label)
        top -= 20
    canvas.drawString(68, top - 8, "Ontvangen op maandag 20 april 2026. Klachtnummer VDJ-KL-2026-0103.")
    canvas.save()
    return out.getvalue()


def _field(canvas: Canvas, name: str, value: str, bottom: float, height: float, multiline: bool = False) -> None:
    canvas.acroForm.textfield(name=name, value=value, x=240, y=bottom, width=290, height=height, fontSize=9,
                              fontName="Helvetica", borderColor=black, fillColor=white, borderWidth=0.5, maxlen=2000,
                              fieldFlags="multiline" if multiline else "", forceBorder=True)


def locked_bytes() -> bytes:
    """A PDF that opens with a password only (`LOCKED_PASSWORD`)."""
    register_fonts()
    out = io.BytesIO()
    lock = StandardEncryption(LOCKED_PASSWORD, ownerPassword="beheer-" + LOCKED_PASSWORD, strength=128)
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1, encrypt=lock)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(70, 760, "Routeschema ritten categorie C, regio Noord. Vertrouwelijk.")
    canvas.drawString(70, 736, "Wisselplaats: achterzijde steunpunt Kanaalweg. Aanrijtijden: zie meldkamer.")
    canvas.save()
    return out.getvalue()


def broken_bytes(whole: bytes) -> bytes:
    """What is left of a PDF after a failed download: the first 600 bytes and then zeros, no page and no end."""
    return whole[:600] + bytes(2400)


def sound_bytes() -> bytes:
    """Half a second of tone (wav, 8 kHz): a kind of file that is not turned into a document."""
    out = io.BytesIO()
    samples = bytes(round(128 + 60 * math.sin(2 * math.pi * 440 * step / 8000)) for step in range(4000))
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(samples)
    return out.getvalue()


def zip_bytes(members: list[tuple[str, bytes]], stamp: datetime) -> bytes:
    """A zip of the given members (name, bytes), all with one time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, stamp.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return out.getvalue()
