"""The people of the sample request: every name, number and address that its files may hold. All of them are invented.

BSNs lie in the test range (they begin with 9999) and pass the 11-test; IBANs carry a bank code that no bank has.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person.

    `variants` are the spellings in the files, full name first; `initials` is how minutes and initialled lines name
    the person; `secrets` are pairs (kind, value) beside the name, kinds as in the product's detection.
    """

    key: str
    origin: str
    role: str
    variants: tuple[str, ...]
    initials: tuple[str, ...] = ()
    mail_name: str = ""
    email: str = ""
    phones: tuple[str, ...] = ()
    secrets: tuple[tuple[str, str], ...] = ()
    public_role: bool = False

    def all_secrets(self) -> list[tuple[str, str]]:
        """Every personal datum beside the name: e-mail, telephone numbers and the rest, as (kind, value)."""
        email = [("email", self.email)] if self.email else []
        return email + [("phone", number) for number in self.phones] + list(self.secrets)


def iban(account: str, bank: str = "VDLB") -> str:
    """A Dutch IBAN with right check digits for a 10-digit account at a bank that does not exist, in groups of four."""
    as_number = "".join(str(int(char, 36)) for char in f"{bank}{account}NL00")
    compact = f"NL{98 - int(as_number) % 97:02d}{bank}{account}"
    return " ".join(compact[start : start + 4] for start in range(0, len(compact), 4))


def bsn(first_eight: str) -> str:
    """The first number from `first_eight` (8 digits) upwards that can be completed to pass the 11-test (9 digits)."""
    stem = int(first_eight)
    while True:
        rest = sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), f"{stem:08d}", strict=True)) % 11
        if rest < 10:
            return f"{stem:08d}{rest}"
        stem += 1


IBAN_HELDERVOORT = iban("0418820376")
IBAN_RAMDIN = iban("0733150924")
IBAN_AL_KHATIB = iban("0290467715")
BSN_AL_KHATIB = bsn("99998167")

PERSONS: tuple[Person, ...] = (
    # -- public roles: their names stay readable ---------------------------------------------------------------------
    Person("rhenoy", "Nederlands", "minister van Justitie en Veiligheid",
           ("Elsbeth van Rhenoy", "E.M. van Rhenoy"), ("EvR",), public_role=True),
    Person("oudendijk", "Nederlands", "directeur-generaal Straffen en Beschermen",
           ("Maarten Oudendijk", "M. Oudendijk"), ("MO",), public_role=True),
    Person("schellekens", "Brabants", "woordvoerder van de minister", ("Tobias Schellekens", "Tobias", "Schellekens"),
           mail_name="Schellekens, Tobias - DCOM", email="t.schellekens@minjenv.nl", phones=("06 5309 1174",),
           public_role=True),
    Person("doornspijk", "Nederlands", "lid van de Tweede Kamer", ("Doornspijk",), public_role=True),
    # -- ministry ----------------------------------------------------------------------------------------------------
    Person("ypma", "Fries", "projectleider, DGSenB", ("Jetske Ypma", "Jetske", "J. Ypma", "Ypma"), ("JY",),
           "Ypma, Jetske - DGSenB", "j.ypma@minjenv.nl", ("070 555 31 12", "06 5183 2047")),
    Person("yildirim", "Turks", "senior beleidsmedewerker, DGSenB",
           ("Ömer Yıldırım", "Ömer Y", "Ömer", "Ö. Yıldırım", "Yıldırım"), ("ÖY",),
           "Yıldırım, Ömer - DGSenB", "o.yildirim@minjenv.nl", ("06 2294 7718",)),
    Person("elouahabi", "Marokkaans", "functionaris gegevensbescherming",
           ("Nadia El Ouahabi", "Nadia", "N. El Ouahabi", "El Ouahabi"), (),
           "El Ouahabi, Nadia - FG", "n.elouahabi@minjenv.nl", ("070 555 31 64",)),
    Person("zhang", "Chinees", "financieel adviseur, DGSenB", ("Meilin Zhang", "Meilin", "M. Zhang", "Zhang"), ("MZ",),
           "Zhang, Meilin - DGSenB", "m.zhang@minjenv.nl"),
    Person("nguyen", "Vietnamees", "onderzoeker, directie Kennis en Onderzoek",
           ("Nguyễn Thị Hồng Nhung", "T.H.N. Nguyễn", "Nhung", "Nguyễn"), ("TN",),
           "Nguyễn, Nhung - DKO", "nhung.nguyen@minjenv.nl", ("070 555 48 07",)),
    Person("koning", "Nederlands", "hoofd afdeling Vervoer en Veiligheid",
           ("Anneke Koning", "Anneke", "A. Koning", "Koning"), ("AK",),
           "Koning, Anneke - DGSenB", "a.koning@minjenv.nl", ("06 5017 2286",)),
    Person("laan", "Nederlands", "coördinerend jurist, DGSenB",
           ("Petra van der Laan-de Vries", "P.J.M. van der Laan-de Vries", "Petra van der Laan", "P.J.M. van der Laan",
            "Laan-de Vries, Petra van der", "Petra"), ("PvdL",),
           "Laan-de Vries, Petra van der - DGSenB", "p.vanderlaan@minjenv.nl", ("06 2851 3390",)),
    Person("hartono", "Indonesisch", "communicatieadviseur, directie Communicatie",
           ("Dewi Hartono", "Dewi", "Hartono"), ("DH",), "Hartono, Dewi - DCOM", "d.hartono@minjenv.nl"),
    Person("eijnde", "Nederlands", "secretaris van de stuurgroep",
           ("Fleur van den Eijnde", "F.M. van den Eijnde", "Eijnde, Fleur van den", "Fleur"), ("FvdE",),
           "Eijnde, Fleur van den - DGSenB", "f.vandeneijnde@minjenv.nl"),
    # -- Vervoersdienst Justitie -------------------------------------------------------------------------------------
    Person("wijngaarde", "Surinaams", "teamleider Noord, VDJ",
           ("Glenn Wijngaarde", "Glenn", "G. Wijngaarde", "Wijngaarde"), ("GW",),
           "Glenn Wijngaarde", "g.wijngaarde@vervoersdienstjustitie.nl", ("06 1837 5520",)),
    Person("visser", "Nederlands", "teamleider Zuid, VDJ", ("Saskia Visser", "Saskia", "S. Visser"), ("SV",),
           "Saskia Visser", "s.visser@vervoersdienstjustitie.nl", (), (("username", "vdj-adm-svisser"),)),
    Person("kovalchuk", "Oekraïens", "functioneel beheerder, VDJ",
           ("Oleksandr Kovalchuk", "Oleksandr", "O. Kovalchuk", "Kovalchuk"), ("OK",),
           "Kovalchuk, Oleksandr", "o.kovalchuk@vervoersdienstjustitie.nl", ("06 3075 1946",),
           (("username", "vdj-adm-okovalchuk"),)),
    Person("veld", "Nederlands", "controller, VDJ", ("Theo in 't Veld", "Th.A. in 't Veld", "Veld"), ("TiV",),
           "Veld, Theo in 't", "t.intveld@vervoersdienstjustitie.nl"),
    Person("boer", "Nederlands", "transportbegeleider, team Noord",
           ("Hendrik de Boer", "Henk de Boer", "H. de Boer", "De Boer", "Henk"), (), phones=("06 1948 2750",),
           secrets=(("case_number", "4068215"), ("case_number", "PL0100-2026118834"))),
    Person("martina", "Curaçaos", "transportbegeleider, team Noord",
           ("Rudsel Martina", "R. Martina", "Rudsel", "Martina"), (), phones=("06 4663 0218",),
           secrets=(("case_number", "4071863"),)),
    Person("asante", "Ghanees", "transportbegeleider, team Zuid; lid ondernemingsraad",
           ("Kwabena Asante-Boateng", "K. Asante-Boateng", "Kwabena", "Asante-Boateng"), ("KAB",),
           "Kwabena Asante-Boateng", "k.asante-boateng@vervoersdienstjustitie.nl"),
    Person("latuheru", "Moluks", "voorzitter ondernemingsraad VDJ", ("Johannis Latuheru", "Johannis", "Latuheru"),
           ("JL",), "Johannis Latuheru", "j.latuheru@vervoersdienstjustitie.nl", ("06 3340 7195",)),
    Person("zijlstra", "Fries", "lid ondernemingsraad, meldkamer", ("Ineke Zijlstra",), ("IZ",)),
    Person("nowak", "Pools", "lid ondernemingsraad, team Oost", ("Tomasz Nowak",), ("TN",)),
    Person("sikkema", "Fries", "transportbegeleider, team Noord", ("Aaltje Sikkema",), phones=("06 2386 1409",),
           secrets=(("case_number", "4070117"),)),
    Person("aydogan", "Turks", "transportbegeleider, team Noord", ("Mehmet Aydoğan",), phones=("06 5742 8836",),
           secrets=(("case_number", "4072094"),)),
    Person("adjei", "Ghanees", "transportbegeleider, team Noord", ("Priscilla Adjei",), phones=("06 3815 6027",),
           secrets=(("case_number", "4072240"),)),
    Person("dijkstra", "Fries", "werkplaatschef, VDJ", ("Wiebren Dijkstra",)),
    # -- companies ---------------------------------------------------------------------------------------------------
    Person("wisniewska", "Pools", "accountmanager, Heldervoort Beeldtechniek",
           ("Małgorzata Wiśniewska", "Gosia"), (), "Małgorzata Wiśniewska",
           "m.wisniewska@heldervoort-beeldtechniek.nl", ("06 1552 7084", "+31 6 1552 7084")),
    Person("vandenbroucke", "Vlaams", "zaakvoerder, Heldervoort Beeldtechniek",
           ("Lieven Vandenbroucke", "Lieven", "Vandenbroucke"), (), "Lieven Vandenbroucke",
           "l.vandenbroucke@heldervoort-beeldtechniek.nl", ("+32 470 55 18 26",)),
    Person("verhaeghe", "Vlaams", "administratie, Heldervoort Beeldtechniek", ("Joëlle Verhaeghe",)),
    Person("ramdin", "Hindostaans-Surinaams", "zelfstandig trainer", ("Shanti Ramdin", "S.D. Ramdin", "S. Ramdin"), (),
           "", "shanti@ramdintraining.nl", ("06 2719 8846",),
           (("iban", IBAN_RAMDIN), ("address", "Tamarindestraat 61"), ("postcode", "3077 ZV"))),
    # -- citizens ----------------------------------------------------------------------------------------------------
    Person("rima", "Syrisch", "zus van de vervoerde persoon",
           ("Rima al-Khatib", "mevrouw Al-Khatib", "Rima"), (), "Rima al-Khatib",
           "rima.alkhatib88@postvlug.nl", ("06 8127 4459",),
           (("bsn", BSN_AL_KHATIB), ("iban", IBAN_AL_KHATIB), ("address", "Lindenstraat 204-B"),
            ("postcode", "3074 PC"), ("date_of_birth", "11-03-1988"))),
    Person("yusuf", "Syrisch", "vervoerde persoon", ("Yusuf al-Khatib", "Y. al-Khatib", "Al-Khatib"), (),
           secrets=(("date_of_birth", "23-08-1994"), ("date_of_birth", "23 augustus 1994"),
                    ("health", "gebruikt insuline"))),
    Person("brand", "Nederlands", "burger, bezoeker van het ziekenhuis",
           ("G. Brand-Kuipers", "Brand-Kuipers", "mevrouw Brand"), (), phones=("0596 55 41 73",),
           secrets=(("address", "Meeuwenpad 17"), ("postcode", "9287 TX"))),
    Person("wim", "Nederlands", "burger, patiënt", ("Wim Brand", "Wim"), (), secrets=(("health", "krijgt chemo"),)),
    Person("ahmadzai", "Afghaans", "advocaat", ("Farid Ahmadzai", "F. Ahmadzai", "Ahmadzai"), (),
           "mr. F. Ahmadzai", "ahmadzai@ahmadzai-advocatuur.nl", ("010 555 73 20",),
           (("address", "Sluiswachtersgracht 5"), ("postcode", "3071 BB"))),
    Person("bongers", "Nederlands", "beveiliging, ziekenhuis De Vlietkamp", ("mevrouw Bongers",)),
    Person("okafor", "Nigeriaans", "arts, ziekenhuis De Vlietkamp", ("dokter Okafor",)),
    Person("haveman", "Nederlands", "verzoeker, journalist", ("Roos Haveman",), (), "Roos Haveman",
           "r.haveman@dagbladdewaterkant.nl", ("06 2940 6673",),
           (("address", "Havenstraat 112"), ("postcode", "3072 KL"))),
)

MAILBOXES = {"woo": ("Woo-verzoeken JenV", "woo@minjenv.nl")}
PLACEHOLDERS = {"%IBAN_HELDERVOORT%": IBAN_HELDERVOORT, "%IBAN_RAMDIN%": IBAN_RAMDIN}


def mail_address(key: str) -> tuple[str, str]:
    """Display name and address of a person or mailbox. Raises KeyError for somebody without an address."""
    if key in MAILBOXES:
        return MAILBOXES[key]
    person = next(person for person in PERSONS if person.key == key)
    if not person.email:
        raise KeyError(key)
    return person.mail_name, person.email
