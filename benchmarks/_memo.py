"""Ordinary memos of any length, to measure on: Dutch prose with invented names, and a table now and then."""
from __future__ import annotations

import random
import tempfile
from pathlib import Path

from woo.typeset import typeset

TEMPLATE = """
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title)
#set page("a4", margin: 25mm, footer: context align(center)[Memo – pagina #counter(page).display()])
#set text(font: json(bytes(sys.inputs.fonts)), size: 10pt, lang: "nl")
#set par(justify: true)
= #d.title
#for part in d.parts [
  == #part.head
  #for sentence in part.body [ #par(sentence) ]
  #if part.rows.len() > 0 { table(columns: 3, ..part.rows.flatten()) }
]
"""
FIRST = "Anna Bram Cemile Daan Eefje Farid Greta Hugo Ilse Joris Katja Lieke Mees Noor Otto Pim Roos Saskia Tijn Wessel"
LAST = (
    "Abrahamse Berkhout Cuperus Dijkgraaf Engelsman Fokkema Groothuis Hartkamp IJzerman Jongbloed Kloosterman Lindeboom"
)
PLAIN = """
de het een voor naar over met door bij overleg gemeente besluit bewoners vergunning onderzoek planning begroting
voorstel raad college wethouder afdeling advies maandag dinsdag bezwaar gesprek kosten termijn uitvoering project
wijk straat verkeer geluid water bodem rapport bijlage concept versie akkoord vraag antwoord reactie brief verslag
afspraak wordt heeft zijn moet kan zal is niet ook nog wel dan omdat zodat waarbij volgens tijdens na uit onder
tussen
""".split()
PARAGRAPHS = 10


def make_memo(path: Path, pages: int, seed: int = 1) -> Path:
    """Write a tagged memo of about so many pages."""
    chance = random.Random(seed)
    parts = [_part(chance, number) for number in range(1, pages + 1)]
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "memo.typ"
        template.write_text(TEMPLATE, "utf-8")
        path.write_bytes(typeset(template, {"title": "Memo over het wijkplan", "parts": parts}))
    return path


def _part(chance: random.Random, number: int) -> dict[str, object]:
    body = [" ".join(_sentence(chance) for _ in range(5)) for _ in range(PARAGRAPHS)]
    rows = [[_name(chance), str(chance.randint(100, 99_999)), chance.choice(PLAIN)] for _ in range(4)]
    return {"head": f"{number}. {_sentence(chance)[:40]}", "body": body, "rows": rows if number % 3 == 0 else []}


def _sentence(chance: random.Random) -> str:
    words = [chance.choice(PLAIN) for _ in range(chance.randint(6, 14))]
    if chance.random() < 0.4:
        words.insert(chance.randrange(len(words)), _name(chance))
    return " ".join(words).capitalize() + "."


def _name(chance: random.Random) -> str:
    return f"{chance.choice(FIRST.split())} {chance.choice(LAST.split())}"
