"""Everything that can go wrong, as a reader of the log or the screen needs to hear it.

* WooError
  x NotAllowed          the rules forbid it: shown to the user, never retried (exit code 3)
    + TransitionNotAllowed
    + SamePerson        four eyes: the reviewer may not approve her own work
    + Stale             somebody else changed it first, or an older attempt tries to write
  x InputRejected       a file, form or command cannot be used: shown to the user, never retried (exit code 4)
  x Unavailable         another system failed: the flow retries (exit code 1)
"""

from __future__ import annotations


class WooError(Exception):
    """Base of every error this project raises itself.

    `str(error)` is Dutch, fit for the screen: what happened, what was kept, what to do. It never holds personal data.
    """

    exit_code = 1


class NotAllowed(WooError):
    """The rules forbid this action now, or for this user."""

    exit_code = 3


class TransitionNotAllowed(NotAllowed):
    """The case is in a phase from which this event cannot happen."""

    def __init__(self, phase: str, event: str) -> None:
        super().__init__("Deze stap kan niet in de huidige fase van de zaak. Er is niets veranderd. Ververs de pagina.")
        self.phase = phase
        self.event = event


class SamePerson(NotAllowed):
    """The person who decided on a document may not approve it (four eyes)."""

    def __init__(self) -> None:
        super().__init__("U heeft zelf aan dit document gewerkt. Een andere jurist moet het goedkeuren.")


class Stale(NotAllowed):
    """What the user saw is no longer what is stored: nothing was overwritten."""

    def __init__(self, message: str = "") -> None:
        super().__init__(
            message
            or "Iemand anders heeft dit intussen veranderd. Uw wijziging is niet opgeslagen. "
            "Ververs de pagina en beslis opnieuw."
        )


class InputRejected(WooError):
    """A file, form or command cannot be used as it is."""

    exit_code = 4


class Unavailable(WooError):
    """Another system (database, Prefect, converter) did not answer; trying again can help."""
