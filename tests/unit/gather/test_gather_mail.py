"""A mail comes out whole: headers with Bcc, every body, pictures, invitations and attachments; nothing is fetched."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from woo.gather import Converted, SourceItem, convert, plain_subject, thread_key
from woo.gather.html import read_html
from woo.gather.mail import read_mail
from woo.gather.mailpage import plain_blocks

Reader = Callable[[Path], str]


def mail(**headers: str) -> EmailMessage:
    message = EmailMessage()
    defaults = {"From": "Jan Jansen <jan@a.nl>", "To": "Piet <piet@b.nl>", "Subject": "Planning",
                "Date": "Fri, 08 May 2026 20:41:00 +0200", "Message-ID": "<3@a.nl>"}
    for name, value in {**defaults, **{name.replace("_", "-"): value for name, value in headers.items()}}.items():
        message[name] = value
    return message


def png(colour: str = "red", size: tuple[int, int] = (40, 20)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


def converted(message: EmailMessage | bytes, workdir: Path, name: str = "a.eml") -> Converted:
    data = message if isinstance(message, bytes) else message.as_bytes()
    outcome = convert(SourceItem(name, data), workdir)
    assert isinstance(outcome, Converted), outcome
    return outcome


def test_headers_are_shown_with_bcc_and_the_thread_is_known(tmp_path: Path, text_of: Reader) -> None:
    message = mail(Cc="Kees <k@c.nl>", Bcc="Geheim Persoon <g@d.nl>", In_Reply_To="<2@a.nl>",
                   References="<1@a.nl> <2@a.nl>", Subject="RE: Planning")
    message.set_content("Dag Piet")
    outcome = converted(message, tmp_path)
    text = text_of(outcome.pdf)
    for part in ("Van Jan Jansen <jan@a.nl>", "Aan Piet <piet@b.nl>", "Cc Kees <k@c.nl>", "Bcc Geheim Persoon <g@d.nl>",
                 "Datum vrijdag 8 mei 2026 20:41 (+0200)", "Onderwerp RE: Planning", "Dag Piet", "pagina 1 van 1"):
        assert part in text
    assert (outcome.message_id, outcome.in_reply_to, outcome.thread_id) == ("3@a.nl", "2@a.nl", "1@a.nl")
    assert (outcome.kind, outcome.date, outcome.date_source) == ("email", date(2026, 5, 8), "header")
    assert outcome.participants == ("Jan Jansen", "Piet", "Kees", "Geheim Persoon")
    assert "Dit bericht heeft een Bcc-regel." in outcome.notes


def test_each_recipient_has_a_line_and_a_comma_in_a_name_does_not_split_it(tmp_path: Path) -> None:
    from woo.gather.mailpage import _shaped

    value = '"Berg, Marieke" <m@a.nl>, Piet <p@b.nl>, "de \\"Ri\\", x" <z@z>, c@d.nl'
    assert _shaped("Aan", value).splitlines() == [
        '"Berg, Marieke" <m@a.nl>,', "Piet <p@b.nl>,", '"de \\"Ri\\", x" <z@z>,', "c@d.nl"]
    assert _shaped("Onderwerp", "a, b, c, d") == "a, b, c, d"


def test_links_of_several_html_parts_share_one_numbering(tmp_path: Path, text_of: Reader) -> None:
    message = mail()
    message.set_content("<p><a href='https://een.nl'>eerste</a></p>", subtype="html")
    message.make_mixed()
    for target in ("https://twee.nl", "https://een.nl"):
        part = EmailMessage()
        part.set_content(f"<blockquote><a href='{target}'>nog een</a></blockquote>", subtype="html")
        message.attach(part)
    text = text_of(converted(message, tmp_path).pdf)
    assert "eerste[1]" in text and "nog een[2]" in text and "nog een[1]" in text
    assert text.index("[1] https://een.nl") < text.index("[2] https://twee.nl")


def test_a_signature_is_noted_and_a_huge_picture_is_not_drawn(tmp_path: Path) -> None:
    message = mail()
    message.set_content("<img src='cid:groot@a'>", subtype="html")
    message.add_related(png(size=(9000, 9000)), "image", "png", cid="<groot@a>", disposition="inline")
    message.make_mixed()
    message.add_attachment(b"x", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    outcome = converted(message, tmp_path)
    assert [child.name for child in outcome.children] == ["bijlage zonder naam.png"]
    assert any("handtekening" in note for note in outcome.notes)


def test_the_pdf_is_tagged_and_its_properties_name_nobody(tmp_path: Path) -> None:
    message = mail(Subject="Ziekte van Jansen")
    message.set_content("x")
    with pikepdf.open(converted(message, tmp_path, "Jansen.eml").pdf) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "Jansen" not in str(dict(pdf.docinfo)) + pdf.Root.Metadata.read_bytes().decode()


def test_the_path_of_the_source_is_not_printed(tmp_path: Path, text_of: Reader) -> None:
    message = mail()
    message.set_content("x")
    assert "Klacht" not in text_of(converted(message, tmp_path, "map/Klacht De Ruijter.eml").pdf)


def test_a_mail_without_subject_date_or_text_is_still_a_page(tmp_path: Path, text_of: Reader) -> None:
    outcome = converted(b"From: a@b.nl\nTo: c@d.nl\n\n", tmp_path)
    assert outcome.title == "(geen onderwerp)" and outcome.date is None and outcome.date_source is None
    assert "(dit bericht heeft geen tekst)" in text_of(outcome.pdf)


def test_html_runs_nothing_fetches_nothing_and_keeps_hidden_text(tmp_path: Path, text_of: Reader) -> None:
    message = mail()
    message.set_content(
        '<head><script>document.write("UITGEVOERD")</script><style>p{content:"STIJL"}</style></head>'
        '<p>Zichtbaar</p><p style="display:none">Verborgen</p><img src="http://127.0.0.1:9/p.gif" width="1">'
        '<!-- commentaar --><noscript>Zonder script</noscript><a href="https://x.nl/lang">hier</a>'
        '<a href="mailto:z@x.nl">z@x.nl</a>', subtype="html")
    outcome = converted(message, tmp_path)
    text = text_of(outcome.pdf)
    assert "Zichtbaar" in text and "Verborgen" in text and "Zonder script" in text
    assert "UITGEVOERD" not in text and "STIJL" not in text and "commentaar" not in text
    assert "hier[1]" in text and "[1] https://x.nl/lang" in text and "mailto" not in text
    assert outcome.notes == ("1 afbeelding(en) van internet zijn niet opgehaald.",)


def test_a_plain_form_that_says_more_than_the_html_is_shown_too(tmp_path: Path, text_of: Reader) -> None:
    message = mail()
    message.set_content("Hallo, het bedrag is 780.000 en zie <https://x.nl>")
    message.add_alternative("<p>Hallo, het bedrag is</p>", subtype="html")
    assert "780.000" in text_of(converted(message, tmp_path).pdf)
    same = mail()
    same.set_content("Hallo, *het* bedrag is\nzie https://x.nl/abc")
    same.add_alternative("<p>Hallo, <b>het</b> bedrag is zie <a href='https://x.nl/abc'>x</a></p>", subtype="html")
    assert text_of(converted(same, tmp_path).pdf).count("bedrag") == 1


def test_a_picture_in_the_text_is_drawn_and_another_is_an_attachment(tmp_path: Path) -> None:
    message = mail()
    message.set_content('<p>Groet</p><img src="cid:logo@a">', subtype="html")
    message.add_related(png(), "image", "png", cid="<logo@a>", filename="logo.png", disposition="inline")
    message.add_related(png("blue"), "image", "png", cid="<los@a>", filename="los.png", disposition="inline")
    message.add_related(b"geen plaatje", "image", "png", cid="<stuk@a>", filename="stuk.png", disposition="inline")
    outcome = converted(message, tmp_path)
    assert outcome.parts == ("logo.png",)
    assert [child.name for child in outcome.children] == ["los.png", "stuk.png"]
    with pikepdf.open(outcome.pdf) as pdf:
        assert len(pdf.pages[0].Resources.XObject) == 1


def test_attachments_and_attached_mails_are_items_of_their_own(tmp_path: Path, text_of: Reader) -> None:
    inner = mail(Subject="Binnenste", Message_ID="<9@a.nl>")
    inner.set_content("tekst van binnen")
    message = mail()
    message.set_content("zie bijlagen")
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="../../Bij/lage é.pdf")
    message.add_attachment(b"1", maintype="application", subtype="octet-stream", filename="a.bin")
    message.add_attachment(b"2", maintype="application", subtype="octet-stream", filename="a.bin")
    message.add_attachment(inner)
    outcome = converted(message, tmp_path)
    names = [child.path for child in outcome.children]
    assert names == ["a.eml!/lage é.pdf", "a.eml!/a.bin", "a.eml!/a (2).bin", "a.eml!/Binnenste.eml"]
    assert "Bijlagen lage é.pdf a.bin a (2).bin Binnenste.eml" in text_of(outcome.pdf)
    nested = convert(outcome.children[3], tmp_path)
    assert isinstance(nested, Converted)
    assert nested.message_id == "9@a.nl" and "tekst van binnen" in text_of(nested.pdf)
    assert b"\r\n" in outcome.children[3].read() and b"\n\n" not in outcome.children[3].read()


def test_an_invitation_stays_inside_the_mail(tmp_path: Path, text_of: Reader) -> None:
    message = mail()
    message.set_content("Kom je?")
    message.add_alternative(
        'BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Overleg\n'
        'DTSTART;TZID="Europe/Amsterdam":20260507T101500\n'
        'LOCATION:Zaal 3\\, Turfmarkt\nATTENDEE;CN="Jansen: Jan":mailto:j@x.nl\n'
        'DESCRIPTION:Een\\nTw\n ee\nEND:VEVENT\n',
        subtype="calendar")
    outcome = converted(message, tmp_path)
    text = text_of(outcome.pdf)
    for part in ("Onderwerp Overleg", "Begin 07-05-2026 10:15", "Zaal 3, Turfmarkt", "Jansen: Jan j@x.nl", "Twee"):
        assert part in text
    assert outcome.parts == ("uitnodiging",) and outcome.children == ()


def test_odd_encodings_are_read(tmp_path: Path, text_of: Reader) -> None:
    raw = (b"From: =?iso-8859-1?Q?Zo=EB?= <z@a.nl>\nTo: caf\xe9 <c@d.nl>\nSubject: =?utf-8?B?w6k=?= =?x-weg?Q?b=E9?=\n"
           b"Content-Type: text/plain; charset=onzin\n\nna\xefef \x80 5")
    text = text_of(converted(raw, tmp_path).pdf)
    for part in ("Van Zoë <z@a.nl>", "Aan café <c@d.nl>", "éb", "naïef € 5"):
        assert part in text


def test_quotations_tables_and_signatures_of_plain_text_keep_their_shape() -> None:
    table = "naam      bedrag    datum\nJansen    100       1-1"
    blocks = plain_blocks(f"Hoi\n\n{table}\n\n> eerder\n>> nog eerder\n> weer\nslot")
    assert [block["kind"] for block in blocks] == ["p", "pre", "quote", "p"]
    inner = blocks[2]["blocks"]
    assert [block["kind"] for block in inner] == ["p", "quote", "p"]
    assert inner[1]["blocks"][0]["runs"][0]["s"] == "nog eerder"


def test_a_table_of_data_stays_a_table_and_one_for_layout_does_not() -> None:
    data = read_html("<table><tr><th>Post</th><th>Bedrag</th></tr><tr><td colspan=2>Huur</td></tr></table>").blocks
    assert data[0]["kind"] == "table" and data[0]["header"]
    texts = [[cell[0]["s"] if cell else "" for cell in row] for row in data[0]["rows"]]
    assert texts == [["Post", "Bedrag"], ["Huur", ""]]
    layout = read_html("<table><tr><td><table><tr><td>a</td></tr></table></td><td>b</td></tr></table>").blocks
    assert [block["kind"] for block in layout] == ["p", "p"]


@pytest.mark.parametrize("source", [
    "<table>los<tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>staart",
    "<ul>kop<li>een<ol><li>twee</ol>drie</ul>vier", "<blockquote>" * 30 + "diep" + "</blockquote>" * 30 + "na",
    "<div>" * 9000 + "afgrond",
    "<p>a <b>b <i>c</p> d</i> e", "<div>" * 500 + "bodem" + "</div>" * 500, "los <a href='x'><div>blok</div></a> rest",
    "<pre>  a\n   b</pre>na", "<textarea>invul</textarea><input value='waarde'><select><option>keus</select>",
    "<object>vervanging</object><svg><text>tekening</text></svg>", "<li>zonder lijst", "<td>zonder tabel</td>slot",
])
def test_no_text_of_an_html_page_is_lost(source: str) -> None:
    import re

    wanted = re.findall(r"\w+", re.sub(r"<[^>]*>", " ", source)) + re.findall(r"value='(\w+)'", source)
    shown = re.findall(r"\w+", str(read_html(source).blocks))
    assert wanted and all(word in shown for word in wanted)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["<table>", "<tr>", "<td>", "</td>", "</table>", "<ul>", "<li>", "</ul>",
                                 "<blockquote>", "</blockquote>",
                                 "<p>", "</p>", "<a href='u'>", "</a>", "<b>", "<br>", "<h1>", "</h1>",
                                 "<pre>", "</pre>", "woord ", "nog "]), max_size=25))
def test_however_broken_the_html_its_words_come_out(pieces: list[str]) -> None:
    source = "".join(piece if piece.startswith("<") else f" {piece.strip()}{n} " for n, piece in enumerate(pieces))
    shown = str(read_html(source).blocks)
    words = [f"{piece.strip()}{n}" for n, piece in enumerate(pieces) if not piece.startswith("<")]
    assert all(word in shown for word in words)


def test_a_subject_is_no_proof_of_one_conversation() -> None:
    assert thread_key("5@a", None, ()) == "5@a"
    assert thread_key("5@a", "4@a", ()) == "4@a"
    assert thread_key("5@a", "4@a", ("1@a", "4@a")) == "1@a"
    assert plain_subject("RE: FW: Antw: planning") == "planning"


def test_a_message_with_very_many_parts_is_cut_with_a_to_do(tmp_path: Path) -> None:
    parts = b"".join(b"--x\nContent-Type: text/plain\n\ndeel %d\n" % n for n in range(2100))
    raw = b"From: a@b.nl\nTo: c@d.nl\nContent-Type: multipart/mixed; boundary=x\n\n" + parts + b"--x--\n"
    assert [todo.reason for todo in converted(raw, tmp_path).todo] == ["incomplete"]


def test_a_stated_encoding_that_is_nonsense_costs_nothing(tmp_path: Path, text_of: Reader) -> None:
    for charset in (b"a\x00b", b"\xff\xfe", b"idna", b"rot13", b"hex"):
        head = b'From: a@b.nl\nTo: c@d.nl\nContent-Type: text/plain; charset="' + charset + b'"\n\n'
        raw = head + "café €\n".encode()
        assert "café €" in text_of(converted(raw, tmp_path).pdf)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_behind_a_mail_header_can_be_read(body: bytes) -> None:
    read_mail(SourceItem("a.eml", b"From: a@b.nl\nContent-Type: multipart/mixed; boundary=x\n" + body))
