"""What a person does on the screens, by name: so that a test reads as a day at work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.people import PASSWORD

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAINTED = "() => performance.getEntriesByName('page-painted').length > 0"


class Screen:
    """One browser window of one person. `noise` gathers what must not be: console lines, errors, foreign requests."""

    def __init__(self, page: Any, base: str) -> None:
        self.page, self.base = page, base
        self.noise: list[str] = []
        page.on("console", lambda m: self.noise.append(f"{m.type}: {m.text}"))
        page.on("pageerror", lambda e: self.noise.append(f"pageerror: {e}"))
        page.on("request", lambda r: self.noise.append(f"foreign: {r.url}") if not r.url.startswith(base) else None)

    # -- everybody ----------------------------------------------------------------------------------------------------
    def sign_in(self, login: str) -> Screen:
        """Log in by the form."""
        self.page.goto(f"{self.base}/inloggen")
        self.page.fill("#inlognaam", login)
        self.page.fill("#wachtwoord", PASSWORD)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url("**/zaken")
        return self

    def open(self, address: str) -> Screen:
        """Go to an address."""
        self.page.goto(address if address.startswith("http") else self.base + address)
        return self

    def press(self, label: str) -> Screen:
        """Press a button by its text."""
        self.page.get_by_role("button", name=label, exact=True).first.click()
        self.page.wait_for_load_state()
        return self

    def text(self) -> str:
        """What the main part says."""
        return str(self.page.inner_text("main"))

    # -- the reviewer -------------------------------------------------------------------------------------------------
    def review(self, address: str) -> Screen:
        """Open the review page and wait until its picture is painted."""
        self.open(address)
        self.page.wait_for_function(PAINTED)
        return self

    def keys(self, *keys: str) -> Screen:
        """Press keys, one after another."""
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def states(self) -> list[str]:
        """The decision on every box of the page, in the order of the list."""
        return list(self.page.eval_on_selector_all("[role=option]", "all => all.map(o => o.dataset.state)"))

    def wait_states(self, *states: str) -> None:
        """Wait until the boxes have these decisions."""
        self.page.wait_for_function(
            "(wanted) => wanted.join() === [...document.querySelectorAll('[role=option]')]"
            ".map(o => o.dataset.state).join()",
            arg=list(states),
        )

    def number(self) -> int:
        """The page of the document that is on screen."""
        return int(self.page.get_attribute(".woo-sheet", "data-page"))

    def wait_page(self, number: int) -> None:
        """Wait until that page is on screen and painted."""
        self.page.wait_for_function(
            "(n) => document.querySelector('.woo-sheet').dataset.page === String(n)"
            " && performance.getEntriesByName('page-painted').at(-1)?.detail === n",
            arg=number,
        )

    def said(self) -> str:
        """The line at the bottom, which screen readers hear too."""
        return str(self.page.inner_text("#status"))

    def saved(self) -> None:
        """Wait until everything that was decided is kept."""
        self.page.wait_for_function("() => document.querySelector('#inhoud').dataset.waiting === '0'")

    def place(self, text: str) -> tuple[float, float, float, float]:
        """Where words stand on the screen: x, y, width, height in CSS pixels."""
        found = self.page.evaluate(
            """async (text) => {
                const sheet = document.querySelector('.woo-sheet'), svg = document.querySelector('svg.woo-marks');
                const words = await (await fetch(`${sheet.dataset.base}/${sheet.dataset.page}/woorden`)).json();
                const wanted = text.split(' ');
                const at = words.findIndex((_, i) => wanted.every((w, k) => words[i + k]?.[0] === w));
                const part = words.slice(at, at + wanted.length), m = svg.getScreenCTM();
                const p = (x, y) => new DOMPoint(x, y).matrixTransform(m);
                const a = p(Math.min(...part.map(w => w[1])), Math.min(...part.map(w => w[2])));
                const b = p(Math.max(...part.map(w => w[1] + w[3])), Math.max(...part.map(w => w[2] + w[4])));
                return [a.x, a.y, b.x - a.x, b.y - a.y];
            }""",
            text,
        )
        return tuple(found)  # type: ignore[return-value]

    def drag(self, x0: float, y0: float, x1: float, y1: float) -> Screen:
        """Draw a box with the mouse."""
        self.page.mouse.move(x0, y0)
        self.page.mouse.down()
        self.page.mouse.move((x0 + x1) / 2, (y0 + y1) / 2, steps=3)
        self.page.mouse.move(x1, y1, steps=3)
        self.page.mouse.up()
        return self

    # -- checks -------------------------------------------------------------------------------------------------------
    def violations(self) -> list[str]:
        """What axe-core finds wrong on this page. What axe itself sets off in the console is not the page's noise."""
        before = list(self.noise)
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate("(rules) => axe.run(document, {preload: false, runOnly: rules})", RULES)
        self.noise[:] = before
        return [f"{v['id']}: {v['nodes'][0]['target']}" for v in found["violations"]]

    def width_at_320(self) -> int:
        """How wide the page becomes on a screen of 320 CSS pixels (WCAG 1.4.10)."""
        size = self.page.viewport_size
        self.page.set_viewport_size({"width": 320, "height": 640})
        self.page.wait_for_timeout(60)
        width = int(self.page.evaluate("document.documentElement.scrollWidth"))
        self.page.set_viewport_size(size)
        return width
