"""Members' pages of the demo, as the app serves them, for the tests that look at them in a browser.
No stack is needed."""

from typing import Any, Final

import pytest

from chalicelib import moments, wiring
from chalicelib.invitations.wiring import person_of, token_keys
from chalicelib.members.role import Role
from infra.demo.surveys import CLIENTS, DESK
from infra.demo.tell import tell
from tests.support.members import signed_in

OF_DESK: Final = f"/app/surveys/{DESK.id}"
OF_CLIENTS: Final = f"/app/surveys/{CLIENTS.id}"
PATHS: Final = {
    "overview": "/app",
    "surveys": "/app/surveys",
    "survey": OF_DESK,
    "week of a survey": f"{OF_DESK}?days=7d&words=all",
    "year of a survey": f"{OF_DESK}?days=year&q=laptop",
    "clients": f"{OF_CLIENTS}?days=year&outcome=churn&words=happy",
    "group": f"{OF_DESK}?segment=role%3Dmanager",
    "own days": f"{OF_CLIENTS}?days=own&from=2026-01-01&until=2026-03-31",
    "trial": "/app/surveys/trial",
    "refused": f"{OF_DESK}?days=own&from=1999-01-01",
}


def demo_pages(heed: Any, monkeypatch: pytest.MonkeyPatch, lang: str = "en") -> dict[str, str]:
    """By their names. What is only in a table in memory was told in a few seconds."""
    told = tell(moments.now(), person_of, token_keys().active)
    monkeypatch.setattr(wiring, "table", lambda: told)
    browser = signed_in(heed, Role.MANAGER, lang=lang)
    return {name: browser.open(path).body.decode() for name, path in PATHS.items()}
