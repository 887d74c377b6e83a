"""Forty lines as they occur in Woo dossiers, filled with names of eighteen origins: nobody may be found less often.

Everything here is invented. Some names are in our lists, some are not; the lines, not the lists, must carry the find.
"""

from __future__ import annotations

from collections.abc import Iterator

NAMES: dict[str, tuple[tuple[str, str], ...]] = {
    "Nederlands": (("Marloes", "Terlouw"), ("Gijs", "van Binsbergen"), ("Ineke", "den Hartigh")),
    "Fries": (("Sjoukje", "Hoeksma"), ("Wytze", "Bijlsma"), ("Froukje", "Tilstra")),
    "Turks": (("Gülşen", "Kocabaş"), ("Emrah", "Yıldırım"), ("Nurgül", "Özkaya")),
    "Marokkaans": (("Fatiha", "El Bouazzaoui"), ("Mounir", "Aït Taleb"), ("Ikram", "Benhammou")),
    "Surinaams-Hindoestaans": (("Sharmila", "Ramautarsing"), ("Radjesh", "Bhoendie"), ("Anouradha", "Jhagroe")),
    "Surinaams-Creools": (("Humphrey", "Wijngaarde"), ("Melvin", "Lo A Njoe"), ("Muriël", "Kromosoeto")),
    "Antilliaans": (("Rudsel", "Cicilia"), ("Charlene", "Sprock"), ("Gilmar", "Pietersz")),
    "Moluks": (("Yopie", "Latupeirissa"), ("Nona", "Sahusilawane"), ("Domi", "Tuankotta")),
    "Pools": (("Małgorzata", "Wiśniewska"), ("Zbigniew", "Grzelczak"), ("Agnieszka", "Szczepaniak")),
    "Oekraïens": (("Kateryna", "Horobets"), ("Bohdan", "Prykhodko"), ("Svitlana", "Zinkevych")),
    "Chinees": (("Xiaoling", "Zhou"), ("Weimin", "Ouyang"), ("Hui Min", "Tse")),
    "Vietnamees": (("Thị Hạnh", "Nguyễn"), ("Quoc Bao", "Trinh"), ("Ngoc", "Vuong")),
    "Ghanees": (("Akosua", "Gyasi"), ("Kwabena", "Amankwaah"), ("Efua", "Dwamena")),
    "Eritrees": (("Mebrahtom", "Ghebreab"), ("Luwam", "Tesfamichael"), ("Filimon", "Okubay")),
    "Somalisch": (("Abdirizak", "Mohamoud"), ("Hodan", "Cabdulle"), ("Sahra", "Warfa")),
    "Syrisch": (("Mahmoud", "Al-Khalaf"), ("Rawan", "Kabbani"), ("Anas", "Shehadeh")),
    "Afghaans": (("Najibullah", "Safiullah"), ("Farzana", "Ibrahimkhel"), ("Zabiullah", "Noorzai")),
    "Portugees-Kaapverdisch": (("Adilson", "Monteiro Lopes"), ("Zuleica", "Évora"), ("João", "da Cruz Tavares")),
}

LINES: tuple[str, ...] = (
    "Van: {full}\nAan: secretariaat DGM\nOnderwerp: stukken",
    "Aan: {last}, {initial} <postbus@minjenv.nl>\nBetreft: planning",
    "CC: {last}, {initial} ({first}); teamleden",
    "Beste {first},\n\nHierbij de stukken.",
    "Geachte heer {last},\n\nOp 3 mei ontvingen wij uw brief.",
    "Geachte mevrouw {last},\n\nDank voor uw bericht.",
    "Wij horen het graag.\n\nMet vriendelijke groet,\n\n{full}\nBeleidsmedewerker",
    "Akkoord wat mij betreft.\n\nGroet,\n{first}\n",
    "Hoogachtend,\nnamens de minister,\n\n{initial} {last}\nAfdelingshoofd",
    "[12-05-2026 09:14] {first}: ik ben er om tien uur",
    "12-05-2026 14:01 - {full}: de units staan",
    "[09:20] {initial} {last}: prima, doen we",
    "Hoi {first}, kun jij morgen de zaal regelen?",
    "Het gesprek is gevoerd door mevrouw {last} van de afdeling.",
    "Volgens dhr. {last} is de vergunning verlopen.",
    "De heer {initial} {last} heeft bezwaar gemaakt.",
    "Ik heb dit afgestemd met {full} van Financiën.",
    "Collega {full} neemt het dossier over.",
    "De aanvraag is ingediend door {initial} {last}, wonende te Zwolle.",
    "Melder: {full}",
    "Behandeld door: {initial} {last}",
    "Contactpersoon: {full}\nTelefoon: 070-1234567",
    "Aanwezig: {full}, {initial} {last} en de notulist",
    "Notulist: {initial} {last}",
    "De vertrouwensarts dr. {last} is gebeld.",
    "Naam: {last}\nVoornamen: {first}\nNationaliteit: onbekend",
    "Getuige {last} verklaarde dat de deur open stond.",
    "De moeder, {full}, is op de hoogte gesteld.",
    "Het kind heet {full} en is zeven jaar.",
    "Mijn naam is {full} en ik woon sinds 2012 in deze straat.",
    "Gesproken met: {full}",
    "{full} heeft op 4 maart gebeld over de overlast.",
    "Gisteren heeft {full} het verslag rondgestuurd.",
    "Kan {first} dit even nakijken?",
    "Wij hebben {full} gevraagd om een reactie.",
    "De klacht van {full} is ongegrond verklaard.",
    "Ondertekend door {initial} {last} op 2 juni 2025.",
    "1. {full}, Zuiderdijk 12\n2. fam. {last}, Zuiderdijk 14",
    "naam;functie;schaal\n{last}, {initial};adviseur;11\n",
    "Het rapport van {initial} {last} is nog niet gereed.",
)


def cases() -> Iterator[tuple[str, int, str, tuple[tuple[int, int], ...]]]:
    """Yield (origin, line number, text, ranges of the name parts that must be covered)."""
    for origin, names in NAMES.items():
        for first, last in names:
            for number, line in enumerate(LINES):
                yield origin, number, *_filled(line, first, last)


def _filled(line: str, first: str, last: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Fill one line and give the ranges of what was filled in."""
    values = {"{full}": f"{first} {last}", "{first}": first, "{last}": last, "{initial}": f"{first[0]}."}
    text, ranges, position = "", [], 0
    while position < len(line):
        slot = next((slot for slot in values if line.startswith(slot, position)), None)
        if slot is None:
            text += line[position]
            position += 1
            continue
        ranges.append((len(text), len(text) + len(values[slot])))
        text += values[slot]
        position += len(slot)
    return text, tuple(ranges)
