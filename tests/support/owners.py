"""A team with people, a task of theirs, and the links that open it."""

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from chalicelib import moments
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.tasks.links import TaskLink, make_task_token
from tests.functional.conftest import Heed
from tests.functional.tasks.test_tasks import opened
from tests.support.samples import KEYS, SURVEY

A_DAY = timedelta(days=1)
PEOPLE = [
    {"id": "kari", "name": "Kari Nordmann", "email": "kari@example.com", "role": "lead"},
    {"id": "olav", "name": "Olav Hansen", "email": "olav@example.com", "lang": "nb"},
    {"id": "noor", "name": "نور", "email": "noor@example.com", "lang": "ar"},
]


def team(heed: Heed, **changes: Any) -> None:
    heed.call("PUT", "/v1/teams/desk", {"name": "Desk", "people": PEOPLE, **changes})
    surveys_wiring.surveys().put(replace(SURVEY, task_team="desk"))
    surveys_wiring.catalogue.cache_clear()


def task_of(heed: Heed, name: str = "a", **changes: Any) -> str:
    team(heed, **changes)
    return opened(name)


def path_of(task: str, member: str = "kari") -> str:
    person = invitations_wiring.person_of(f"{member}@example.com")
    return f"/t/{make_task_token(TaskLink(task, person, moments.now() + A_DAY), KEYS)}"
