"""Puts the workbench together: its door, its headers, its addresses."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from woo.errors import WooError
from woo.law.lifecycle import check_table
from woo.publish.profile import profile
from woo.services.work import Database
from woo.web.headers import STATIC, CompressText, LastingFiles, ProtectingHeaders, static_version
from woo.web.workbench import (
    account,
    approval,
    assigning,
    besluit,
    board,
    calculator,
    case_actions,
    case_page,
    deadlines,
    decisions,
    facts,
    figures,
    letters,
    publication,
    registering,
    review,
    search,
    term_page,
)
from woo.web.workbench.house import House
from woo.web.workbench.images import PageImages
from woo.web.workbench.mishaps import Mishaps, show_http_error, show_refusal
from woo.web.workbench.sessions import LOGIN, Door
from woo.web.workbench.templating import Templates
from woo.web.workbench.visit import action, screen
from woo.web.workbench.warming import warming

CASE = "/zaken/{number}"
DOCUMENT = CASE + "/documenten/{document}"
PAGE = DOCUMENT + "/{page:int}"


def create_app(database: Database) -> Starlette:
    """The workbench on a case store. Raises InputRejected where the tables are of another version."""
    check_table()
    database.check_migrated()
    settings = database.settings
    version = static_version()
    theme = settings.theme_dir if settings.theme_dir and (settings.theme_dir / "theme.css").is_file() else None
    house = House(
        database,
        Templates(
            {
                "static": f"/static/{version}",
                "theme": theme is not None,
                "public_url": settings.public_url.rstrip("/"),
                "organisation": profile(settings.organisation_file).organisation.name,
            }
        ),
        PageImages(),
    )
    routes: list[BaseRoute] = [Mount(f"/static/{version}", LastingFiles(directory=STATIC)), *_routes()]
    if theme:
        routes.insert(0, Mount("/thema", StaticFiles(directory=theme)))
    app = Starlette(
        routes=routes,
        lifespan=warming(database),
        exception_handlers={WooError: show_refusal, HTTPException: show_http_error},
        middleware=[
            Middleware(ProtectingHeaders, https=house.https, cache="private, no-store"),
            Middleware(CompressText),
            Middleware(Mishaps),
            Middleware(Door, house=house, open_paths=(LOGIN, "/static/", "/thema/")),
        ],
    )
    app.state.house = house
    return app


def _routes() -> list[Route]:
    return [
        Route("/", screen(board.home)),
        Route(LOGIN, account.login, methods=["GET", "POST"]),
        Route("/uitloggen", action(account.logout), methods=["POST"]),
        Route("/profiel", screen(account.profile)),
        Route("/profiel", action(account.save_profile), methods=["POST"]),
        Route("/zaken", screen(board.cases_board)),
        Route("/termijnen", screen(deadlines.show)),
        Route(calculator.ADDRESS, screen(calculator.show)),
        Route("/termijnen/toewijzen", action(assigning.assign), methods=["POST"]),
        Route(assigning.JURISTS, screen(assigning.jurists)),
        Route(assigning.JURISTS + "/{user}", action(assigning.link), methods=["POST"]),
        Route("/cijfers", screen(figures.show)),
        Route("/cijfers.csv", screen(figures.as_csv)),
        Route("/cijfers.ods", screen(figures.as_ods)),
        Route("/zaken/nieuw", screen(registering.blank)),
        Route("/zaken/nieuw", action(registering.register), methods=["POST"]),
        *_case_routes(),
        *_letter_routes(),
        *_review_routes(),
        *_outcome_routes(),
    ]


def _case_routes() -> list[Route]:
    posts = {
        "stap": case_actions.take_step,
        "afsluiten": case_actions.close,
        "toewijzen": case_actions.assign,
        "gegevens": case_actions.describe,
        "opnieuw": case_actions.retry,
        "voorstellen-overnemen": case_actions.take_over_judgements,
        "todos/{todo}": case_actions.close_todo,
        "feiten": facts.record,
        "feiten/{fact}": facts.correct,
        "feiten/{fact}/intrekken": facts.withdraw,
    }
    return [
        Route(CASE, screen(case_page.show)),
        Route(CASE + "/termijn", screen(term_page.show)),
        Route(CASE + "/geschiedenis", screen(case_page.history_page)),
        Route(CASE + "/bronnen", screen(case_page.sources_page)),
        Route(CASE + "/ontvangstbevestiging.pdf", screen(case_page.receipt)),
        Route(CASE + "/bestanden", action(case_actions.deliver, uploads=True), methods=["POST"]),
        Route(CASE + "/feiten/{fact}", screen(facts.form_for)),
        *(Route(f"{CASE}/{path}", action(handler), methods=["POST"]) for path, handler in posts.items()),
    ]


def _letter_routes() -> list[Route]:
    letter = CASE + "/brieven/{letter}"
    return [
        Route(CASE + "/brieven", screen(letters.show_all)),
        Route(CASE + "/brieven", action(letters.begin), methods=["POST"]),
        Route(CASE + "/contact", action(letters.record_contact), methods=["POST"]),
        Route(CASE + "/contact/{entry}/verstuurd", screen(letters.sent_file)),
        Route(CASE + "/ontvangst-verstuurd", action(letters.record_receipt_sent), methods=["POST"]),
        Route(letter, screen(letters.show)),
        Route(letter, action(letters.save), methods=["POST"]),
        Route(letter + "/brief.pdf", screen(letters.as_pdf)),
        Route(letter + "/brief.docx", screen(letters.as_docx)),
        Route(letter + "/weggooien", action(letters.discard), methods=["POST"]),
        Route(letter + "/verstuurd", action(letters.send, uploads=True), methods=["POST"]),
    ]


def _review_routes() -> list[Route]:
    posts = {
        "/beslissen": decisions.decide,
        "/kaders": decisions.draw,
        "/hele-pagina": decisions.draw_page,
        "/gezien": decisions.seen,
    }
    return [
        Route(CASE + "/beoordelen", screen(review.resume_case)),
        Route(CASE + "/zoeken", screen(search.show)),
        Route(CASE + "/zoeken", action(search.redact), methods=["POST"]),
        Route(CASE + "/voorstellen/{suggestion}/gelijk", screen(decisions.same_counts)),
        Route(DOCUMENT, screen(review.resume_document)),
        Route(DOCUMENT + "/oordeel", action(review.judge), methods=["POST"]),
        Route(DOCUMENT + "/{page:int}.jpg", screen(review.picture)),
        Route(PAGE, screen(review.show)),
        Route(PAGE + "/woorden", screen(review.words)),
        *(Route(PAGE + path, action(handler), methods=["POST"]) for path, handler in posts.items()),
    ]


def _outcome_routes() -> list[Route]:
    return [
        Route(CASE + "/akkoord", screen(approval.show)),
        Route(CASE + "/akkoord", action(approval.approve), methods=["POST"]),
        Route(CASE + "/akkoord/terugsturen", action(approval.send_back), methods=["POST"]),
        Route(CASE + "/akkoord/{document}", screen(approval.show_document)),
        Route(CASE + "/akkoord/{document}/resultaat.pdf", screen(approval.result)),
        Route(CASE + "/akkoord/{document}/{page:int}.jpg", screen(approval.picture)),
        Route(CASE + "/besluit", screen(besluit.show)),
        Route(CASE + "/besluit/overwegingen", action(besluit.consider), methods=["POST"]),
        Route(CASE + "/besluit/nemen", action(besluit.take), methods=["POST"]),
        Route(CASE + "/besluit/brief.pdf", screen(besluit.letter)),
        Route(CASE + "/besluit/{page:int}.jpg", screen(besluit.picture)),
        Route(CASE + "/publicatie", screen(publication.show)),
        Route(CASE + "/publicatie", action(publication.order), methods=["POST"]),
        Route(CASE + "/publicatie/intrekken", action(publication.withdraw), methods=["POST"]),
        Route(CASE + "/productierapport.xlsx", screen(publication.report)),
    ]
