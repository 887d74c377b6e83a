"""The command `woo`. Machine output (`--json`) is one document or JSON lines on stdout; text for people goes to stderr.

Exit codes: 0 done, 1 unexpected, 2 wrong use, 3 refused by a rule, 4 input cannot be used.
"""

from __future__ import annotations

import importlib
import logging
import sys
import uuid
from typing import Any

import typer
from typer.core import TyperGroup

from woo.cli.output import say
from woo.errors import WooError

_MODULES = {
    "setup": "installation",
    "check": "installation",
    "user-add": "installation",
    "verify-audit": "installation",
    "intake": "cases",
    "gather": "cases",
    "termijn": "clock",
    "cijfers": "figures",
    "detect": "documents",
    "redact": "documents",
    "verify": "documents",
    "setup-meldingen": "service",
    "serve": "service",
    "demo": "service",
}


class _Commands(TyperGroup):
    """Loads a command only when it is asked for: the legal clock need not wait for a language model."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(_MODULES)

    def get_command(self, ctx: Any, name: str) -> Any:
        if name not in _MODULES:
            return None
        found = typer.main.get_command(importlib.import_module(f"woo.cli.{_MODULES[name]}").app)
        commands = getattr(found, "commands", None)
        return commands[name] if commands is not None else found


app = typer.Typer(
    name="woo",
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Draagt een Woo-verzoek van ontvangst tot publicatie.",
)


@app.callback()
def _woo() -> None:
    """Draagt een Woo-verzoek van ontvangst tot publicatie."""


def main() -> None:
    """Run the command; every failure becomes one Dutch text on stderr and the exit code of its kind."""
    try:
        app()
    except WooError as error:
        say(str(error))
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        say("Gestopt. Wat klaar was, is bewaard.")
        sys.exit(1)
    except Exception as error:
        reference = uuid.uuid4().hex[:8]
        logging.getLogger("woo").error("unexpected %s at %s (%s)", type(error).__name__, _place(error), reference)
        say("Er ging iets mis dat wij niet hadden voorzien. Wat klaar was, is bewaard.")
        say(f"Geef de beheerder dit kenmerk: {reference}.")
        sys.exit(1)


def _place(error: Exception) -> str:
    """File and line of an error; its message is left out, since that may hold personal data."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    return f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else "unknown"
