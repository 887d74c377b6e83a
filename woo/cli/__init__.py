"""The command `woo`. Machine output (`--json`) is one document or JSON lines on stdout; text for people goes to stderr.

Exit codes: 0 done, 1 unexpected, 2 wrong use, 3 refused by a rule, 4 input cannot be used.
"""

from __future__ import annotations

import logging
import sys
import uuid

import typer

from woo.cli import cases, documents, service
from woo.cli.output import say
from woo.errors import WooError

app = typer.Typer(
    name="woo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Draagt een Woo-verzoek van ontvangst tot publicatie.",
)
cases.add_commands(app)
documents.add_commands(app)
service.add_commands(app)


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
        # The type and place only: a message may hold personal data.
        frame = error.__traceback__
        while frame and frame.tb_next:
            frame = frame.tb_next
        where = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else "?"
        logging.getLogger("woo").error("unexpected %s at %s (%s)", type(error).__name__, where, reference)
        say(
            f"Er ging iets mis dat wij niet hadden voorzien. Wat klaar was, is bewaard. "
            f"Geef de beheerder dit kenmerk: {reference}."
        )
        sys.exit(1)
