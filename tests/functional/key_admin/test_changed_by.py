"""What a key changed carries its public id, and no reader minds."""

from collections.abc import Callable

import pytest

from chalicelib.api_keys.api_key import Scope
from chalicelib.surveys.items import definition_of
from tests.functional.conftest import Heed
from tests.functional.tasks.test_tasks import opened
from tests.support.invitations import ASKED, INVITATIONS
from tests.support.recount import recounted, tallied
from tests.support.samples import SURVEY

RENEWAL = {"kind": "renewal", "account": "fjordline", "happened_at": "2026-01-05T00:00:00Z"}
GOAL = {"metric": "score", "target": 40, "by": "2027-06-30"}
CONTACT = "/v1/accounts/fjordline/contacts"
FILE = b"contact,email\nkim,kim@example.com\n"
LINKS = {"ticket": {"id": "7"}}


def put_account(heed: Heed) -> None:
    assert heed.call("PUT", "/v1/accounts/fjordline", {"name": "Fjordline"}).status_code == 200


def close_task(heed: Heed) -> None:
    path = f"/v1/tasks/{opened('a')}"
    assert heed.call("PATCH", path, {"state": "closed", "cause": "Wi-Fi"}).status_code == 200


def asking(method: str, path: str, body: object, **headers: str) -> Callable[[Heed], None]:
    def ask(heed: Heed) -> None:
        if path != "/v1/accounts/fjordline":
            put_account(heed)
        assert heed.call(method, path, body, **headers).status_code in (200, 201)

    return ask


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("SURVEY#", asking("PUT", f"/v1/surveys/{SURVEY.id}", definition_of(SURVEY))),
        ("GOALS#", asking("POST", f"/v1/surveys/{SURVEY.id}/goals", GOAL)),
        ("INVITE#", asking("POST", INVITATIONS, ASKED)),
        ("INVITE#", asking("POST", f"/v1/surveys/{SURVEY.id}/links", LINKS)),
        ("TASK#", close_task),
        ("OUTCOME#", asking("POST", "/v1/outcomes", RENEWAL)),
        ("TEAM#", asking("PUT", "/v1/teams/desk", {"name": "Desk"})),
        ("ACCOUNT#", put_account),
        ("ACCOUNT#", asking("PUT", f"{CONTACT}/kim", {"email": "kim@example.com"})),
        ("ACCOUNT#", asking("POST", f"{CONTACT}/imports", FILE, Content_Type="text/csv")),
    ],
)
def test_what_a_key_changed_names_it(heed: Heed, kind: str, change: Callable[[Heed], None]) -> None:
    (key,) = heed.items("KEY")
    change(heed)
    stored = heed.stored()
    changed = [item for item in stored if item["PK"].startswith(kind) and item["SK"] != "VISIT"]
    assert changed
    assert {item.get("changed_by") for item in changed} == {key["id"]}
    assert recounted(stored) == tallied(stored)


def test_a_file_that_comes_again_from_another_key_changes_nothing(heed: Heed) -> None:
    put_account(heed)
    for key in (heed.key, heed.make_key(*Scope)):
        heed.call("POST", f"{CONTACT}/imports", FILE, key=key, Content_Type="text/csv")
    (contact,) = [item for item in heed.stored() if item["SK"] == "CONTACT#kim"]
    assert contact["version"] == 1
