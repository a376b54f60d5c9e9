"""What was changed, when and by whom, by the API and on pages."""

import json
from typing import Any

from chalicelib.api_keys.api_key import Scope
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.members.role import Role
from tests.functional.conftest import Heed
from tests.support.given_surveys import body_of
from tests.support.members import signed_in
from tests.support.samples import SURVEY
from tests.support.setup_pages import send

HERE, KEYS = f"/app/setup/surveys/{SURVEY.id}", "/app/setup/keys"


def history(heed: Heed, key: str | None = None) -> list[tuple[str, str]]:
    page = heed.call("GET", "/v1/history", key=key).json_body
    return [(one["act"], one["what"]) for one in page["items"]]


def put(heed: Heed, survey: str = SURVEY.id) -> None:
    body = body_of(SURVEY) | {"id": survey}
    assert heed.call("PUT", f"/v1/surveys/{survey}", body).status_code == 200


def test_a_change_by_the_api_is_noted_with_the_key_that_made_it(heed: Heed) -> None:
    put(heed)
    (change,) = heed.call("GET", "/v1/history").json_body["items"]
    assert (change["act"], change["what"]) == ("put_survey", f"/v1/surveys/{SURVEY.id}")
    assert change["survey"] == SURVEY.id
    keys = heed.call("GET", "/v1/keys").json_body["items"]
    assert change["by"] in [key["id"] for key in keys]


def test_what_is_made_is_named_by_its_address(heed: Heed) -> None:
    body = {"name": "Reports", "scopes": ["read"]}
    made = heed.call("POST", "/v1/keys", body)
    assert history(heed) == [("create_key", made.headers["Location"])]
    assert made.json_body["key"] not in json.dumps(heed.stored(), default=str)


def test_what_was_refused_or_only_read_is_not_noted(heed: Heed) -> None:
    heed.call("GET", f"/v1/surveys/{SURVEY.id}")
    heed.call("PUT", f"/v1/surveys/{SURVEY.id}", {"name": ""})
    assert history(heed) == []


def test_a_change_on_a_page_is_noted_and_a_preview_is_not(heed: Heed) -> None:
    browser = signed_in(heed)
    send(browser, browser.open(HERE), f"{HERE}/preview", name="Other")
    send(browser, browser.open(HERE), HERE, name="Renamed")
    assert history(heed) == [("change_survey", f"/app/setup/surveys/{SURVEY.id}")]
    shown = browser.open("/app/setup/history").body.decode()
    assert "Kari Nordmann" in shown
    assert "Renamed" not in json.dumps(heed.items("HISTORY"), default=str)


def test_the_newest_is_first_and_pages_hold_each_once(heed: Heed) -> None:
    for name in ("a", "b", "c"):
        put(heed, name)
    first = heed.call("GET", "/v1/history?limit=2").json_body
    second = heed.call("GET", f"/v1/history?limit=2&cursor={first['next']}").json_body
    whats = [one["survey"] for page in (first, second) for one in page["items"]]
    assert whats == ["c", "b", "a"]


def test_a_key_of_some_surveys_is_shown_what_is_of_them(heed: Heed) -> None:
    put(heed, "mine")
    put(heed, "theirs")
    heed.call("POST", "/v1/keys", {"name": "Reports", "scopes": ["read"]})
    limited = heed.make_key(*Scope, surveys=["mine"])
    assert history(heed, limited) == [("put_survey", "/v1/surveys/mine")]


def test_the_history_is_for_admins(heed: Heed) -> None:
    found = {
        role: signed_in(heed, role, address=f"{role}@example.com")
        .open("/app/setup/history")
        .status_code
        for role in Role
    }
    assert found == {role: 200 if role is Role.ADMIN else 404 for role in Role}


def test_a_change_and_its_line_are_written_together_or_not_at_all(
    heed: Heed, faulty: Any, dynamodb: Any
) -> None:
    """Also where the answer to the first try is lost."""
    body = {"name": "Reports", "scopes": ["read"]}
    faulty(dynamodb, {"TransactWriteItems": [("before", "InternalServerError", 500)] * 2})
    assert heed.call("POST", "/v1/keys", body).status_code == 503
    assert (len(heed.items("KEY")), history(heed)) == (1, [])
    faulty(dynamodb, {"TransactWriteItems": [("lost",)] * 2})
    heed.call("POST", "/v1/keys", body, Idempotency_Key="once")
    assert (len(heed.items("KEY")), len(history(heed))) == (2, 1)
    heed.call("POST", "/v1/keys", body, Idempotency_Key="once")
    assert (len(heed.items("KEY")), len(history(heed))) == (2, 1)


def test_the_line_of_an_erasure_names_nobody_and_stands_once(heed: Heed) -> None:
    body = {"email": "anna@example.com"}
    receipt = heed.call("POST", "/v1/people/erasures", body).json_body["id"]
    heed.call("POST", "/v1/people/erasures", body)
    place = f"/v1/people/erasures/{receipt}"
    assert history(heed) == [("erase_done", place), ("erase", place)]
    assert invitations_wiring.person_of("anna@example.com") not in str(heed.items("HISTORY"))
