"""The facts of a besluit in the order in which letters/besluit.typ prints them (Awb 3:46-3:47, Woo 4.3-4.5, ch. 5)."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from woo.law.dutch import date_in_words, days_in_words
from woo.law.grounds import ground
from woo.law.judgement import OUTCOME_LABELS, Judgement, Outcome
from woo.publish import dutch
from woo.publish.besluit_check import aged_documents, missing_parts, reasoning_for
from woo.publish.case_file import CaseFile, ZienswijzeRound
from woo.publish.document_entry import DocumentEntry
from woo.publish.inventory import inventory_rows
from woo.publish.letter_data import Audience, bezwaar_facts, flags_of, forwardings, head, term
from woo.publish.letter_kinds import prose_of
from woo.publish.letter_text import compose_shared

_VALUES = Path(__file__).parent / "values"
_ALWAYS = ("1.1", "2.1", "2.5", "4.1", "4.4", "5.1")
MAX_ROWS_IN_LETTER = 400  # about 15 pages; a longer list goes along as a file of its own
_MAX_NAMED = 60  # document numbers named under one ground; a longer row says nothing to a reader


def besluit_data(case: CaseFile, audience: Audience, *, concept: bool, page_url: str) -> dict[str, object]:
    """Everything the template prints; `page_url` is where the publication will stand, empty where that is not known."""
    title = case.title if audience.requester is None else f"Besluit op uw Woo-verzoek over {case.subject}"
    late = case.besluit_date is not None and case.besluit_date > case.deadline
    signatory = case.signatory
    return (
        head(case, audience, title, case.besluit_date, concept=concept)
        | term(case)
        | {
            "missing": missing_parts(case) if concept else [],
            "outcome": case.outcome.value,
            "outcome_label": OUTCOME_LABELS[case.outcome],
            "late": late,
            "procedure": _procedure(case),
            "counts": _counts(case),
            "search": _search(case),
            "forwardings": forwardings(case),
            "duplicates": _duplicates(case),
            "consultations": [
                {"organisation": item.organisation, "text": dutch.sentence(item.text)} for item in case.consultations
            ],
            "already_public": [
                {"id": entry.id, "title": entry.title, "links": list(entry.public_links)}
                for entry in case.listed
                if entry.judgement is Judgement.ALREADY_PUBLIC
            ],
            "zienswijze": _zienswijze(case),
            "grounds": _grounds(case),
            "suspended": _ids(case, "suspended"),
            "release_date": date_in_words(case.release_date) if case.release_date else "",
            "page_url": page_url,
            "remedy": _remedy(case),
            "articles": _articles(case),
            "signatory": {"name": signatory.name, "function": signatory.function} if signatory else None,
            "rows": _rows(case),
            "row_count": len(case.listed),
        }
    )


def _procedure(case: CaseFile) -> dict[str, object]:
    verdaging = case.verdaging
    heard = case.zienswijze
    return {
        "receipt_sent": date_in_words(case.receipt_sent) if case.receipt_sent else "",
        "contacts": [{"date": date_in_words(item.on), "text": dutch.sentence(item.text)} for item in case.contacts],
        "verdaging": {
            "notice": date_in_words(verdaging.notice),
            "days": days_in_words(verdaging.days),
            "reason": dutch.sentence(verdaging.reason),
        }
        if verdaging
        else None,
        "suspended_from": date_in_words(heard.suspended_from) if heard and heard.suspended_from else "",
        "suspended_to": date_in_words(heard.suspended_to) if heard and heard.suspended_to else "",
    }


def _counts(case: CaseFile) -> dict[str, object]:
    counted = {judgement.value: dutch.documents(case.count(judgement)) for judgement in Judgement}
    numbers = {f"{judgement.value}_number": case.count(judgement) for judgement in Judgement}
    judged = len(case.listed)
    pages = sum(entry.pages or 0 for entry in case.files)
    return {
        **counted,
        **numbers,
        "judged": dutch.documents(judged),
        "judged_number": judged,
        "gathered": dutch.documents(len(case.documents)),
        "pages": dutch.counted(pages, "bladzijde", "bladzijden") if pages else "",
    }


def _search(case: CaseFile) -> dict[str, object]:
    search = case.search
    period = ""
    if search.period_from and search.period_to:
        period = f"van {date_in_words(search.period_from)} tot en met {date_in_words(search.period_to)}"
    elif search.period_from:
        period = f"vanaf {date_in_words(search.period_from)}"
    elif search.period_to:
        period = f"tot en met {date_in_words(search.period_to)}"
    return {
        "places": list(search.places),
        "carried_out_by": list(search.carried_out_by),
        "terms": list(search.terms),
        "period": period,
        "remark": dutch.sentence(search.remark),
    }


def _zienswijze(case: CaseFile) -> dict[str, object] | None:
    heard = case.zienswijze
    if heard is None:
        return None
    return {
        "asked": dutch.counted(heard.asked, "belanghebbende", "belanghebbenden"),
        "answers": _answers(heard),
        "summary": dutch.sentence(heard.summary),
        "response": dutch.sentence(heard.response),
        "release_later": heard.release_later,
    }


def _answers(heard: ZienswijzeRound) -> str:
    if heard.answered == 0:
        return "Daarop is geen reactie ontvangen."
    received = (
        "Daarop is 1 reactie ontvangen" if heard.answered == 1 else f"Daarop zijn {heard.answered} reacties ontvangen"
    )
    objecting = {
        0: "niemand had bezwaar tegen openbaarmaking",
        1: "in 1 reactie is bezwaar gemaakt tegen (een deel van) de openbaarmaking",
    }
    many = f"in {heard.objecting} reacties is bezwaar gemaakt tegen (een deel van) de openbaarmaking"
    return f"{received}; {objecting.get(heard.objecting, many)}."


def _grounds(case: CaseFile) -> list[dict[str, object]]:
    """One entry per ground: the rule, what always holds, what the jurist weighed here, and for which documents."""
    entries = []
    for code in case.grounds:
        name, fixed, written = ground(code), _considerations()[code], reasoning_for(case, code)
        used = [entry for entry in case.listed if code in entry.grounds]
        entries.append(
            {
                "code": name.screen,
                "label": name.label,
                "rule": fixed["regel"],
                "weighing": fixed["afweging"],
                "here": dutch.sentence(written.text),
                "weighed": name.needs_motivation,
                "by_document": [
                    {"id": entry.id, "reason": dutch.sentence(entry.reason)} for entry in used if entry.reason.strip()
                ],
                "aged": bool(aged_documents(case, code)),
                "aged_reason": dutch.sentence(written.older_than_five_years),
                "documents": _named(used),
            }
        )
    return entries


def _named(entries: Sequence[DocumentEntry]) -> str:
    """The numbers of the documents, or how many there are where naming them all would not help a reader."""
    if len(entries) <= _MAX_NAMED:
        return f"document{'' if len(entries) == 1 else 'en'} {dutch.enumeration([entry.id for entry in entries])}"
    return f"{dutch.documents(len(entries))} (zie de kolom 'Gronden' in de inventarislijst)"


def _duplicates(case: CaseFile) -> str:
    """Which documents are the same as which others; empty where there are none, or too many to read."""
    pairs = [
        f"{entry.id} (gelijk aan {entry.duplicate_of})"
        for entry in case.documents
        if entry.judgement is Judgement.DUPLICATE and entry.duplicate_of
    ]
    return dutch.enumeration(pairs) if 0 < len(pairs) <= _MAX_NAMED else ""


def _ids(case: CaseFile, flag: str) -> list[str]:
    return [entry.id for entry in case.listed if getattr(entry, flag)]


def _remedy(case: CaseFile) -> list[dict[str, Any]]:
    """The clause on bezwaar, the same text for each besluit."""
    facts = bezwaar_facts(case)
    return [block.as_data() for block in compose_shared(prose_of("bezwaar"), facts, {}, flags_of(facts))]


def _articles(case: CaseFile) -> list[dict[str, object]]:
    """The articles of law that this besluit rests on, in the order of the law, literally."""
    wanted = {("Woo", number) for number in _ALWAYS}
    wanted |= {("Woo", "5.2")} if "5.2.1" in case.grounds else set()
    wanted |= {("Woo", code) for code in ("5.4", "5.4a") if code in case.grounds}
    wanted |= {("Woo", "5.3")} if any(aged_documents(case, code) for code in case.grounds) else set()
    wanted |= {("Woo", "4.2")} if case.forwardings else set()
    wanted |= {("Woo", "4.5")} if case.count(Judgement.ALREADY_PUBLIC) else set()
    wanted |= {("Awb", "4:8")} if case.zienswijze else set()
    names = {"Woo": "Wet open overheid", "Awb": "Algemene wet bestuursrecht"}
    return [
        {"heading": f"Artikel {item['nummer']} {names[item['wet']]}", "paragraphs": item["tekst"]}
        for item in _law_texts()
        if (item["wet"], item["nummer"]) in wanted
    ]


def _rows(case: CaseFile) -> list[list[str]]:
    """The inventarislijst for the annex; empty where it is too long and goes along as a separate file."""
    if case.outcome is Outcome.NOTHING_FOUND or len(case.listed) > MAX_ROWS_IN_LETTER:
        return []
    return [[row.id, row.date, row.title, row.judgement, row.grounds] for row in inventory_rows(case)]


@cache
def _considerations() -> dict[str, dict[str, str]]:
    """The fixed considerations per ground, from the file that jurists maintain."""
    return tomllib.loads((_VALUES / "overwegingen.toml").read_text(encoding="utf-8"))


@cache
def _law_texts() -> list[dict[str, Any]]:
    """The articles of law, letter for letter, with the day from which the text holds."""
    source = (_VALUES / "wetsartikelen.toml").read_text(encoding="utf-8")
    texts: list[dict[str, Any]] = tomllib.loads(source)["artikel"]
    return texts
