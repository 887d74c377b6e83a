"""What every screen of the workbench shares: the case store, the templates and the page pictures."""

from __future__ import annotations

from dataclasses import dataclass

from woo.services.work import Database
from woo.web.workbench.images import PageImages
from woo.web.workbench.templating import Templates


@dataclass(frozen=True, slots=True)
class House:
    """One running workbench."""

    database: Database
    templates: Templates
    images: PageImages

    @property
    def https(self) -> bool:
        """Whether browsers reach the workbench over https."""
        return self.database.settings.workbench_url.startswith("https://")

    @property
    def cookie(self) -> str:
        """Name of the session cookie; with https the browser itself ties it to this host."""
        return "__Host-woo" if self.https else "woo"
