"""Reviewing in a real browser: keys, mouse, word cursor, undo, conflicts, turning pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models import Case, Document, Page, Suggestion
from tests.e2e.conftest import Site
from tests.e2e.pages import Screen
from woo.services import suggestions, users
from woo.services.suggestions import Wish

pytestmark = pytest.mark.browser
Open = Callable[..., Screen]


@pytest.fixture
def desk(reviewing: Site, screen: Open) -> Screen:
    """The first jurist on the first page: five open boxes."""
    return screen(reviewing.base).sign_in("jurist").review(f"{reviewing.case}/beoordelen")


def verdicts(site: Site, index: int = 0) -> list[str]:
    """What the server kept for a page of the first document."""
    with site.database.reading() as work:
        page = work.session.scalars(
            select(Page).join(Page.document).where(Page.index == index).order_by(Page.document_id)
        ).all()
        first = min(page, key=lambda p: p.document.number or 0)
        return [suggestions.verdict_of(s) for s in suggestions.on_page(work, first.document, index)]


def test_a_decision_is_one_key_and_the_next_open_box_follows(reviewing: Site, desk: Screen) -> None:
    desk.keys("a", "x", "a")
    desk.saved()

    assert desk.states() == ["redact", "keep", "redact", "open", "open"]
    assert verdicts(reviewing) == ["redact", "keep", "redact", "open", "open"]
    assert desk.page.get_attribute("[aria-selected=true]", "data-state") == "open"


def test_walking_and_grounds_by_number(reviewing: Site, desk: Screen) -> None:
    desk.keys("j", "j", "k", "3")
    desk.saved()

    assert desk.states() == ["open", "redact", "open", "open", "open"]
    assert desk.page.inner_text("[role=option]:nth-child(2) .woo-ground") == "5.1.2i"
    with reviewing.database.reading() as work:
        decided = [s.decision.ground for s in work.session.scalars(select(Suggestion)) if s.decision]
    assert decided == ["5.1.2.i"]


def test_undo_and_redo_have_no_limit(reviewing: Site, desk: Screen) -> None:
    desk.keys("a", "a", "x", "u", "u", "Control+z")
    desk.saved()
    assert verdicts(reviewing) == ["open"] * 5

    desk.keys("Control+Shift+Z", "Control+Shift+Z")
    desk.saved()
    assert verdicts(reviewing) == ["redact", "redact", "open", "open", "open"]


def test_all_same_texts_are_decided_after_showing_how_many(reviewing: Site, desk: Screen) -> None:
    desk.keys("Shift+A")
    desk.page.wait_for_selector("#same[open]")
    assert desk.page.inner_text("#same [value=case]") == "In het hele dossier: 4 kaders"
    desk.page.click("#same [value=case]")
    desk.wait_states("redact", "open", "open", "redact", "open")
    assert desk.said().startswith("4 kaders")

    desk.keys("u")
    desk.wait_states(*["open"] * 5)
    desk.saved()
    assert verdicts(reviewing) == ["open"] * 5
    assert verdicts(reviewing, 1) == ["open"]


def test_the_next_open_box_may_lie_on_another_page(desk: Screen) -> None:
    desk.keys("a", "a", "a", "a", "a")
    assert "volgende open kader" in desk.said()

    desk.keys("o")
    desk.wait_page(2)

    assert desk.states() == ["open"]


def test_pages_turn_without_a_reload_and_undo_reaches_back(reviewing: Site, desk: Screen) -> None:
    desk.keys("a", "n")
    desk.wait_page(2)
    assert desk.page.url.endswith("/2")
    assert desk.page.title().startswith("Pagina 2")

    desk.keys("u")
    desk.saved()
    assert "andere pagina" in desk.said()
    assert verdicts(reviewing) == ["open"] * 5
    desk.keys("p")
    desk.wait_page(1)
    assert desk.states() == ["open"] * 5


def test_a_dragged_box_snaps_to_words_and_is_kept(reviewing: Site, desk: Screen) -> None:
    x, y, w, h = desk.place("De minister")

    desk.drag(x + 3, y + h * 0.2, x + w - 3, y + h * 0.9)
    desk.page.wait_for_selector("[role=option]:nth-child(6)")

    assert desk.page.inner_text("[role=option]:nth-child(6) q").strip("‘’“”\"'") == "De minister"
    with reviewing.database.reading() as work:
        drawn = work.session.scalars(select(Suggestion).where(Suggestion.origin == "hand")).one()
        assert (drawn.text, suggestions.verdict_of(drawn)) == ("De minister", "redact")
    desk.keys("u")
    desk.saved()
    with reviewing.database.reading() as work:
        assert (
            suggestions.verdict_of(work.session.scalars(select(Suggestion).where(Suggestion.origin == "hand")).one())
            == "keep"
        )


def test_a_drag_over_two_lines_gives_a_box_for_each(reviewing: Site, desk: Screen) -> None:
    x, y, w, h = desk.place("De minister")
    left, top, _, _ = desk.place("Ik woon")

    desk.drag(left + 1, top + 2, x + w, y + h)
    desk.page.wait_for_selector("[role=option]:nth-child(6)")

    with reviewing.database.reading() as work:
        drawn = work.session.scalars(select(Suggestion).where(Suggestion.origin == "hand")).one()
    assert len(drawn.boxes) == 2


def test_alt_draws_a_free_area_where_no_words_are(reviewing: Site, desk: Screen) -> None:
    x, y, _, _ = desk.place("De minister")
    desk.drag(x + 100, y + 200, x + 300, y + 300)
    desk.page.wait_for_function("() => document.querySelector('#status').textContent.includes('geen woorden')")

    desk.page.keyboard.down("Alt")
    desk.drag(x + 100, y + 200, x + 300, y + 300)
    desk.page.keyboard.up("Alt")
    desk.page.wait_for_selector("[role=option]:nth-child(6)")

    with reviewing.database.reading() as work:
        assert work.session.scalars(select(Suggestion).where(Suggestion.origin == "hand")).one().text == ""


def test_a_box_is_drawn_with_the_keyboard_alone(reviewing: Site, desk: Screen) -> None:
    desk.keys("d")
    desk.page.wait_for_selector(".word-cursor")
    desk.keys("ArrowDown", "ArrowDown", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight")
    chosen = desk.page.eval_on_selector_all(".word-cursor", "all => all.length")
    spoken = desk.said()
    desk.keys("Enter")
    desk.page.wait_for_selector("[role=option]:nth-child(6)")

    assert chosen == 3
    with reviewing.database.reading() as work:
        drawn = work.session.scalars(select(Suggestion).where(Suggestion.origin == "hand")).one()
    assert spoken == f"Selectie: {drawn.text}. Enter lakt, Esc stopt."
    assert len(drawn.text.split()) == 3


def test_escape_leaves_the_word_cursor_and_keys_work_again(desk: Screen) -> None:
    desk.keys("d")
    desk.page.wait_for_selector(".word-cursor")
    desk.keys("a", "x", "Escape")
    assert desk.page.query_selector(".word-cursor") is None
    assert desk.states() == ["open"] * 5

    desk.keys("a")
    assert desk.states()[0] == "redact"


def test_a_click_on_a_box_chooses_it_and_the_list_keeps_the_focus(desk: Screen) -> None:
    box = desk.page.locator("svg g.mark rect").nth(2).bounding_box()
    desk.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    desk.keys("x")

    assert desk.states() == ["open", "open", "keep", "open", "open"]


def test_a_page_counts_as_seen_only_after_it_stood_on_the_screen(reviewing: Site, desk: Screen) -> None:
    desk.keys("n")
    desk.wait_page(2)
    desk.page.wait_for_function("() => document.querySelector('.seen-mark').textContent === 'bekeken'")

    with reviewing.database.reading() as work:
        seen = {
            p.index: p.seen_at is not None
            for p in work.session.scalars(select(Page).join(Page.document))
            if p.document.page_count == 2
        }
    assert seen == {0: False, 1: True}


def test_somebody_else_was_first_and_her_decision_is_shown(reviewing: Site, desk: Screen) -> None:
    with reviewing.database.work(reviewing.people.second_jurist) as work:
        case = work.session.get_one(Case, reviewing.case_id)
        first = next(
            s
            for s in work.session.scalars(select(Suggestion))
            if f"k-{s.id}" == desk.page.get_attribute("[role=option]", "id")
        )
        suggestions.decide(work, case, [Wish(first.id, first.version)], "keep")

    desk.keys("a")
    desk.page.wait_for_function("() => document.querySelector('#status').textContent.includes('Iemand anders')")

    assert desk.states() == ["keep", "open", "open", "open", "open"]
    assert verdicts(reviewing)[0] == "keep"
    assert [line for line in desk.noise if "409" not in line] == []
    desk.noise.clear()


def test_a_decision_that_could_not_be_kept_is_put_back(desk: Screen) -> None:
    desk.page.context.set_offline(True)
    desk.keys("a")
    desk.page.wait_for_function("() => document.querySelector('#status').textContent.includes('geen verbinding')")
    desk.page.context.set_offline(False)

    assert desk.states() == ["open"] * 5
    assert [line for line in desk.noise if "ERR_INTERNET_DISCONNECTED" not in line] == []
    desk.noise.clear()
    desk.keys("a")
    assert desk.states()[0] == "redact"


def test_looking_through_the_black_lasts_as_long_as_the_key(desk: Screen) -> None:
    desk.keys("a")
    desk.page.keyboard.down(" ")
    assert desk.page.get_attribute("svg.woo-marks", "class") == "woo-marks look"
    desk.page.keyboard.up(" ")
    assert "look" not in desk.page.get_attribute("svg.woo-marks", "class")


def test_letters_do_nothing_outside_the_list_or_when_switched_off(reviewing: Site, screen: Open) -> None:
    with reviewing.database.work(reviewing.people.jurist) as work:
        users.switch_keys(work, enabled=False)
    desk = screen(reviewing.base).sign_in("jurist").review(f"{reviewing.case}/beoordelen")

    desk.keys("a", "x", "n")
    assert desk.states() == ["open"] * 5
    assert desk.number() == 1
    desk.keys("ArrowDown")
    assert desk.page.get_attribute("[role=option]:nth-child(2)", "aria-selected") == "true"
    desk.page.click("button[data-do=redact]")
    assert desk.states()[1] == "redact"


def test_letters_typed_in_the_weighing_are_text(desk: Screen) -> None:
    desk.page.fill("#motivering", "")
    desk.page.type("#motivering", "xan")

    assert desk.page.input_value("#motivering") == "xan"
    assert desk.states() == ["open"] * 5


def test_the_document_is_judged_by_keys_and_the_next_one_opens(reviewing: Site, desk: Screen) -> None:
    before = desk.page.url
    desk.keys("f", "d")
    desk.page.fill("#motivering", "De privacy weegt zwaarder.")
    desk.keys("Control+Enter")
    desk.page.wait_for_url(lambda url: url != before)
    desk.page.wait_for_function("() => performance.getEntriesByName('page-painted').length > 0")

    assert desk.page.url.rsplit("/", 2)[0] == before.rsplit("/", 2)[0]
    assert desk.page.url.rsplit("/", 2)[1].split("?")[0] != before.rsplit("/", 2)[1]
    assert desk.said() == "De beoordeling is opgeslagen."
    with reviewing.database.reading() as work:
        assert sorted(str(d.judgement) for d in work.session.scalars(select(Document))) == ["None", "partial"]


def test_after_the_last_page_the_judgement_is_asked_and_then_the_next_document(desk: Screen) -> None:
    desk.keys("n")
    desk.wait_page(2)
    desk.keys("n")
    assert desk.page.evaluate("document.activeElement.name") == "oordeel"
    before = desk.page.url

    desk.keys("Escape", "n")
    desk.page.wait_for_url(lambda url: url != before)

    assert desk.page.inner_text(".woo-side__title").startswith("2.")


def test_going_to_a_page_by_number(desk: Screen) -> None:
    desk.keys("g", "2", "Enter")
    desk.wait_page(2)
    desk.keys("g", "9", "Enter")

    assert "van 1 tot en met 2" in desk.said()
    assert desk.number() == 2


def test_the_help_lists_every_key_and_gives_the_focus_back(desk: Screen) -> None:
    desk.keys("?")
    desk.page.wait_for_selector("#help[open]")
    assert "hele pagina lakken" in desk.page.inner_text("#help")
    desk.keys("Escape")

    assert desk.page.evaluate("document.activeElement.id") == "voorstellen"


def test_fitting_the_page_is_remembered(reviewing: Site, desk: Screen) -> None:
    wide = desk.page.locator(".woo-paper").bounding_box()["width"]
    desk.keys("z")
    small = desk.page.locator(".woo-paper").bounding_box()
    desk.review(f"{reviewing.case}/beoordelen")

    assert small["width"] < wide
    assert small["height"] <= 900
    assert desk.page.locator(".woo-paper").bounding_box()["width"] == pytest.approx(small["width"], abs=2)


def test_labels_stay_readable_at_every_zoom(desk: Screen) -> None:
    size = """() => { const label = document.querySelector('g.mark text');
        return parseFloat(getComputedStyle(label).fontSize) * label.getScreenCTM().a; }"""
    wide = desk.page.evaluate(size)
    desk.keys("z")

    assert wide >= 10.9
    assert desk.page.evaluate(size) >= 10.9


def test_without_scripts_the_same_decisions_are_made_by_forms(reviewing: Site, screen: Open) -> None:
    plain = screen(reviewing.base, java_script_enabled=False).sign_in("jurist").open(f"{reviewing.case}/beoordelen")
    plain.page.check("input[name=kaders] >> nth=0")
    plain.page.check("input[name=kaders] >> nth=1")
    plain.press("Niet lakken")
    plain.press("Pagina bekeken")

    assert verdicts(reviewing) == ["keep", "keep", "open", "open", "open"]
    assert "bekeken" in plain.page.inner_text(".woo-side__meta")
