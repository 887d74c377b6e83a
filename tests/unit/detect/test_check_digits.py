"""Hundreds of generated numbers with right and wrong check digits, through the whole detector."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest

from redaction.detect.recognisers.bsn import passes_eleven_test
from redaction.detect.recognisers.iban import passes_modulo_97

_COUNT = 300
_LEAST_FOUND = 0.99
Found = Callable[[str, str], list[str]]


def bsns(random_: random.Random, valid: bool) -> Iterator[str]:
    while True:
        digits = "".join(random_.choices("0123456789", k=9))
        if passes_eleven_test(digits) is valid and digits[0] != "0":
            yield digits


def ibans(random_: random.Random, valid: bool) -> Iterator[str]:
    while True:
        bank = random_.choice(["ABNA", "INGB", "RABO", "SNSB", "ASNB", "KNAB", "TRIO", "BUNQ"])
        account = "0" + "".join(random_.choices("0123456789", k=9))
        check = 98 - int("".join(str(int(char, 36)) for char in f"{bank}{account}NL00")) % 97
        iban = f"NL{check if valid else (check + 5) % 97:02d}{bank}{account}"
        if passes_modulo_97(iban) is valid:
            yield iban


def phones(random_: random.Random) -> Iterator[str]:
    while True:
        tail = random_.choice("123458") + "".join(random_.choices("0123456789", k=7))
        area = random_.choice(["010", "020", "030", "040", "050", "070"])
        yield random_.choice(
            [
                f"06{tail}", f"06-{tail}", f"06 {tail[:2]} {tail[2:4]} {tail[4:6]} {tail[6:]}", f"+31 6 {tail}",
                f"+316{tail}", f"0031 6 {tail[:4]} {tail[4:]}", f"{area}-{2 + int(tail[0]) % 7}{tail[1:7]}",
                f"({area}) {2 + int(tail[0]) % 7}{tail[1:3]} {tail[3:5]} {tail[5:7]}",
            ]
        )  # fmt: skip


def emails(random_: random.Random) -> Iterator[str]:
    while True:
        first, last = (
            random_.choice("abdfhjkmprst"),
            random_.choice(["bakker", "visser", "yilmaz", "de-wit", "vanderberg"]),
        )
        local = random_.choice(
            [f"{first}.{last}", f"{first}{last}{random_.randint(1, 99)}", f"{last}_{first}", f"{first}.{last}+woo"]
        )
        yield f"{local}@{random_.choice(['gmail.com', 'voorbeeld.nl', 'min.overheid.nl', 'kpnmail.nl', 'uni.co.uk'])}"


def grouped(value: str, size: int) -> str:
    return " ".join(value[start : start + size] for start in range(0, len(value), size))


def share_found(found: Found, kind: str, values: list[str], sentence: str) -> float:
    """The share of the values that is found whole, ten to a text."""
    hits = 0
    for start in range(0, len(values), 10):
        piece = values[start : start + 10]
        hits += len(set(piece) & set(found("\n\n".join(sentence.format(value) for value in piece), kind)))
    return hits / len(set(values))


def several(values: Iterator[str], count: int = _COUNT) -> list[str]:
    return list(dict.fromkeys(next(values) for _ in range(count)))


@pytest.mark.parametrize("sentence", ["BSN {}", "Het burgerservicenummer is {}.", "Mevrouw ({}) woont in Assen."])
def test_a_bsn_is_found_and_one_with_a_wrong_digit_never(found: Found, sentence: str) -> None:
    right, wrong = several(bsns(random.Random(1), True)), several(bsns(random.Random(2), False))
    assert share_found(found, "bsn", right, sentence) >= _LEAST_FOUND
    assert share_found(found, "bsn", wrong, sentence) == 0


@pytest.mark.parametrize("group", [4, 18])
def test_an_iban_is_found_and_one_with_a_wrong_digit_never(found: Found, group: int) -> None:
    right = [grouped(iban, group) for iban in several(ibans(random.Random(3), True))]
    wrong = [grouped(iban, group) for iban in several(ibans(random.Random(4), False))]
    assert share_found(found, "iban", right, "Maak het over op {} voor vrijdag.") >= _LEAST_FOUND
    assert share_found(found, "iban", wrong, "Maak het over op {} voor vrijdag.") == 0


def test_telephone_numbers_are_found_and_order_numbers_never(found: Found) -> None:
    assert (
        share_found(found, "phone", several(phones(random.Random(5))), "U kunt bellen met {} na negen uur.")
        >= _LEAST_FOUND
    )
    orders = [f"{number}" for number in random.Random(6).sample(range(10**9, 10**10), _COUNT)]
    assert share_found(found, "phone", orders, "Bestelling {} is betaald.") == 0


def test_mail_addresses_are_found_and_broken_ones_never(found: Found) -> None:
    right = several(emails(random.Random(7)))
    assert share_found(found, "email", right, "Mail naar {} voor meer.") >= _LEAST_FOUND
    assert share_found(found, "email", [mail.replace("@", "@.") for mail in right], "Mail naar {} voor meer.") == 0
