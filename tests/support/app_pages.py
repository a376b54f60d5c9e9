"""Every page for members, as app.py serves them, with what its path names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import app
from chalicelib.dashboard.page import Page
from chalicelib.web.routing import split, view_of
from tests.functional.conftest import HOOK
from tests.support.samples import SURVEY

KNOWN: Final = {
    "survey": SURVEY.id,
    "source": "zendesk",
    "hook": HOOK,
    "team": "it",
    "file": "style.css",
}


@dataclass(frozen=True)
class Served:
    method: str
    path: str
    page: Page

    @property
    def needs_a_member(self) -> bool:
        return bool(self.page.scopes)

    def filled(self, known: Mapping[str, str] = KNOWN) -> str:
        return re.sub(r"{(\w+)}", lambda name: known.get(name[1], "nothing"), self.path)


PAGES: Final = [
    Served(method, path, view_of(view))
    for route, view in app.ROUTES.items()
    for methods, path in [split(route)]
    for method in methods
    if path.startswith("/app") and path != "/app/files/{file}"
]
