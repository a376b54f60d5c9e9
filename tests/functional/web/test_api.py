import base64
from datetime import timedelta
from typing import Any

import pytest

from chalicelib import moments, wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.web.cursor import encode_cursor
from tests.functional.conftest import Heed
from tests.support.samples import SURVEY, stored_invitation

INVITATIONS = f"/v1/surveys/{SURVEY.id}/invitations"
SCORES = f"/v1/surveys/{SURVEY.id}/scores"
ASKED = {
    "email": "ingrid.solheim@example.com",
    "name": "Ingrid Solheim",
    "ticket": {"id": "48213", "subject": "Laptop", "url": "https://desk.example.com/48213"},
    "segments": {"group": "Network"},
}


def problem(answer: Any) -> tuple[int, str]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    return answer.status_code, answer.json_body["type"].removeprefix("urn:heed:problem:")


def test_an_invitation_is_made_and_shown(heed: Heed) -> None:
    made = heed.call("POST", INVITATIONS, ASKED)
    assert made.status_code == 201
    shown = heed.call("GET", made.headers["Location"]).json_body
    assert shown == made.json_body
    assert shown["status"] == "queued"
    assert shown["segments"] == {"group": "Network"}
    assert "ingrid" not in str(shown)


def test_the_same_idempotency_key_is_the_same_invitation(heed: Heed) -> None:
    first = heed.call("POST", INVITATIONS, ASKED, Idempotency_Key='"k1"')
    again = heed.call("POST", INVITATIONS, ASKED, Idempotency_Key="k1")
    assert (again.status_code, again.json_body) == (first.status_code, first.json_body)
    assert len(heed.items("INVITE")) == 1


def test_an_idempotency_key_with_another_request_is_refused(heed: Heed) -> None:
    heed.call("POST", INVITATIONS, ASKED, Idempotency_Key="k1")
    other = heed.call("POST", INVITATIONS, ASKED | {"name": "X"}, Idempotency_Key="k1")
    assert problem(other) == (409, "idempotency-key-reused")


def test_without_a_key_the_second_request_is_throttled(heed: Heed) -> None:
    heed.call("POST", INVITATIONS, ASKED)
    again = heed.call("POST", INVITATIONS, ASKED | {"email": "Ingrid.Solheim@EXAMPLE.com"})
    assert again.status_code == 201
    assert (again.json_body["status"], again.json_body["reason"]) == ("suppressed", "throttled")


def test_an_invitation_for_later_waits(heed: Heed) -> None:
    later = moments.to_text(moments.now() + timedelta(hours=2))
    made = heed.call("POST", INVITATIONS, ASKED | {"send_at": later}).json_body
    assert (made["status"], made["due_at"]) == ("waiting", later)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/email"),
        ({"email": "nobody"}, "#/email"),
        ({"email": 7}, "#/email"),
        ({"email": "a@example.com\nBcc: b@example.com"}, "#/email"),
        (ASKED | {"mail": "x"}, "#/mail"),
        (ASKED | {"send_at": "tomorrow"}, "#/send_at"),
        (ASKED | {"send_at": "2026-11-21T09:00:00"}, "#/send_at"),
        (ASKED | {"send_at": 1795251600}, "#/send_at"),
        (ASKED | {"send_at": "1795251600"}, "#/send_at"),
        (ASKED | {"ticket": {"id": "1", "url": "javascript:alert(1)"}}, "#/ticket/url"),
        (ASKED | {"ticket": {"id": "\u200b \u0000"}}, "#/ticket/id"),
        (ASKED | {"ticket": {"id": True}}, "#/ticket/id"),
        (ASKED | {"segments": {"group": "\ud800"}}, "#/segments/group"),
    ],
)
def test_a_field_that_cannot_be_used_is_pointed_at(
    heed: Heed, body: dict[str, Any], pointer: str
) -> None:
    answer = heed.call("POST", INVITATIONS, body)
    assert problem(answer) == (422, "validation")
    assert [one["pointer"] for one in answer.json_body["errors"]] == [pointer]
    assert heed.items("INVITE") == []


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"segments": {"team": "x"}}, "#/segments/team"),
        ({"send_at": "9999-12-31T23:59:59Z"}, "#/send_at"),
    ],
)
def test_a_request_that_does_not_fit_the_survey_or_the_time_is_a_conflict(
    heed: Heed, change: dict[str, Any], pointer: str
) -> None:
    answer = heed.call("POST", INVITATIONS, ASKED | change)
    assert problem(answer) == (409, "does-not-fit")
    assert [one["pointer"] for one in answer.json_body["errors"]] == [pointer]
    assert heed.items("INVITE") == []


def test_other_bad_requests_get_their_status(heed: Heed) -> None:
    assert problem(heed.call("POST", INVITATIONS, b"{")) == (400, "not-json")
    assert problem(heed.call("POST", INVITATIONS, b'{"email": NaN}')) == (400, "not-json")
    assert problem(heed.call("POST", INVITATIONS, b"[]")) == (400, "not-an-object")
    big = b'{"x": "' + b"x" * 256 * 1024 + b'"}'
    assert problem(heed.call("POST", INVITATIONS, big)) == (413, "too-large")
    form = heed.call("POST", INVITATIONS, b"a=1", Content_Type="application/x-www-form-urlencoded")
    assert problem(form) == (415, "unsupported-media-type")
    assert problem(heed.call("POST", "/v1/surveys/none/invitations", ASKED)) == (404, "not-found")
    assert problem(heed.call("GET", "/v1/invitations/none")) == (404, "not-found")
    assert problem(heed.call("GET", "/v1/tasks/none")) == (404, "not-found")


def test_a_key_is_taken_as_bearer_and_as_basic_user(heed: Heed) -> None:
    basic = base64.b64encode(f"{heed.key}:".encode()).decode()
    for authorization in (f"Bearer {heed.key}", f"bearer {heed.key}", f"Basic {basic}"):
        answer = heed.http.get("/v1/surveys", headers={"Authorization": authorization})
        assert answer.status_code == 200


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer x", "Basic ???", "Basic eDp5", "Bearer heed_é", "Digest x"],
)
def test_without_a_known_key_nothing_is_shown(heed: Heed, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    answer = heed.http.get("/v1/surveys", headers=headers)
    assert answer.status_code == 401
    assert "Bearer" in answer.headers["WWW-Authenticate"]


def test_a_mistyped_key_costs_no_read(heed: Heed) -> None:
    reads: list[str] = []
    wiring.table()._client.meta.events.register(  # type: ignore[attr-defined]
        "before-send.dynamodb", lambda event_name, **_: reads.append(event_name)
    )
    typo = heed.key[:-1] + ("a" if heed.key[-1] != "a" else "b")
    assert heed.call("GET", "/v1/surveys", key=typo).status_code == 401
    assert reads == []


def test_a_key_does_only_what_its_scopes_say(heed: Heed) -> None:
    key = heed.make_key(Scope.SCORES_READ)
    assert heed.call("GET", SCORES, key=key).status_code == 200
    assert problem(heed.call("GET", "/v1/tasks", key=key)) == (403, "scope-missing")
    assert problem(heed.call("POST", INVITATIONS, ASKED, key=key)) == (403, "scope-missing")


def test_a_key_is_43_characters_and_only_its_hash_is_stored(heed: Heed) -> None:
    assert len(heed.key) == 43
    assert heed.key not in str(heed.stored())


def answer(name: str, score: int, **changes: Any) -> None:
    made = stored_invitation(wiring.table(), name, **changes)
    now = moments.now()
    record_response(
        made.id, Answer(score), new_operation(now), "UTC", now, responses_wiring.recording()
    )


def test_scores_count_what_was_answered_today(heed: Heed) -> None:
    for name, score in (("a", 10), ("b", 9), ("c", 7), ("d", 2)):
        answer(name, score)
    found = heed.call("GET", SCORES + "?interval=day").json_body
    assert (found["responses"], found["nps"], found["reading"]) == (4, 25.0, "too_few")
    assert found["bands"]["promoters"] == {"count": 2, "share": 0.5}
    today = moments.now().date()
    assert found["periods"][-1]["from"] == today.isoformat()
    assert found["periods"][-1]["responses"] == 4
    assert len(found["periods"]) == 90


def test_a_range_is_half_open(heed: Heed) -> None:
    answer("a", 10)
    today, tomorrow = moments.now().date(), moments.now().date() + timedelta(days=1)
    assert heed.call("GET", f"{SCORES}?from={today}&to={tomorrow}").json_body["responses"] == 1
    yesterday = today - timedelta(days=1)
    assert heed.call("GET", f"{SCORES}?from={yesterday}&to={today}").json_body["responses"] == 0


@pytest.mark.parametrize(
    "query",
    [
        "from=yesterday",
        "from=1767225600",
        "from=20260101",
        "interval=hour",
        "colour=red",
        "by=Group",
        "segment=group",
        "fields=nps;score",
        "compare=others",
        "interval=day&interval=week",
        "from=2026-01-01T00:00:00Z",
        "since=2026-01-01",
    ],
)
def test_a_range_that_cannot_be_used_is_pointed_at(heed: Heed, query: str) -> None:
    assert problem(heed.call("GET", f"{SCORES}?{query}")) == (422, "validation")


@pytest.mark.parametrize(
    "query",
    [
        "from=2026-02-02&to=2026-02-02",
        "fields=score,score",
        "from=1900-01-01",
        "from=2010-01-01&to=2026-01-01",
        "tz=Europe/Oslo",
        "by=region",
        "segment=region=North",
        "by=group&segment=group=Network",
    ],
)
def test_what_does_not_fit_the_survey_is_told(heed: Heed, query: str) -> None:
    assert problem(heed.call("GET", f"{SCORES}?{query}")) == (409, "does-not-fit")


def test_scores_of_an_unknown_survey_are_not_found(heed: Heed) -> None:
    assert problem(heed.call("GET", "/v1/surveys/none/scores")) == (404, "not-found")


def test_a_survey_can_be_put_shown_and_listed(heed: Heed) -> None:
    body = {"name": "Reviews", "question": "How likely?", "audience": "external", "team": "Sales"}
    put = heed.call("PUT", "/v1/surveys/reviews", body)
    assert put.status_code == 200
    assert put.json_body["counts"] == "tap"
    assert heed.call("GET", "/v1/surveys/reviews").json_body == put.json_body
    listed = heed.call("GET", "/v1/surveys").json_body["items"]
    assert [survey["id"] for survey in listed] == ["it-help-desk", "reviews"]


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("/v1/surveys/Reviews", {}),
        ("/v1/surveys/reviews", {"tz": "Mars/Base"}),
        ("/v1/surveys/reviews", {"tz": "../../etc/passwd"}),
        ("/v1/surveys/reviews", {"identity": "anonymous"}),
        ("/v1/surveys/reviews", {"question": "a\r\nb"}),
        ("/v1/surveys/reviews", {"colour": "red"}),
        ("/v1/surveys/reviews", {"name": "\u00a0"}),
        ("/v1/surveys/reviews", {"throttle_days": "30"}),
        ("/v1/surveys/reviews", {"throttle_days": True}),
        ("/v1/surveys/reviews", {"open_link": 1}),
    ],
)
def test_a_survey_that_cannot_be_used_is_refused(
    heed: Heed, path: str, change: dict[str, Any]
) -> None:
    body = {"name": "Reviews", "question": "How likely?", "audience": "external", "team": "Sales"}
    assert problem(heed.call("PUT", path, body | change)) == (422, "validation")


def test_a_whole_number_may_be_spelled_with_a_point(heed: Heed) -> None:
    body = {"name": "x", "question": "?", "audience": "external", "team": "x", "open_days": 5.0}
    assert heed.call("PUT", "/v1/surveys/reviews", body).json_body["open_days"] == 5
    answer = heed.call("PUT", "/v1/surveys/reviews", body | {"open_days": 5.5})
    assert problem(answer) == (422, "validation")


def test_a_survey_is_not_put_where_another_belongs(heed: Heed) -> None:
    body = {"name": "x", "question": "?", "audience": "external", "team": "x", "id": "other"}
    assert problem(heed.call("PUT", "/v1/surveys/reviews", body)) == (409, "does-not-fit")


def test_a_list_goes_on_from_its_cursor(heed: Heed) -> None:
    for name in ("b", "c", "d"):
        body = {"name": name, "question": "?", "audience": "external", "team": "x"}
        heed.call("PUT", f"/v1/surveys/{name}", body)
    seen: list[str] = []
    path: str | None = "/v1/surveys?limit=2"
    while path:
        page = heed.call("GET", path)
        seen += [survey["id"] for survey in page.json_body["items"]]
        cursor = page.json_body["next"]
        assert ("Link" in page.headers) == bool(cursor)
        path = f"/v1/surveys?limit=2&cursor={cursor}" if cursor else None
    assert seen == ["b", "c", "d", "it-help-desk"]


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=x", "cursor=x", "limit=5.0", "page=2"]
)
def test_a_page_that_cannot_be_given_is_refused(heed: Heed, query: str) -> None:
    assert problem(heed.call("GET", f"/v1/surveys?{query}")) == (422, "validation")


def test_a_cursor_of_another_list_or_of_nobody_is_a_conflict(heed: Heed) -> None:
    texts = {"PK": "TASK#a", "SK": "TASK", "list_pk": "TASKS#open", "list_sk": "a"}
    surveys = {**texts, "list_pk": "SURVEYS"}
    for last in (
        texts,
        {"PK": "a" * 20},
        {**texts, "list_sk": 1},
        {**texts, "PK": "SURVEYS"},
        {**surveys, "PK": ""},
        {**surveys, "SK": "a" * 1025},
        {**surveys, "SK": "\ud800"},
    ):
        found = heed.call("GET", f"/v1/surveys?cursor={encode_cursor(last)}")
        assert problem(found) == (409, "does-not-fit")


def test_health_needs_no_key(heed: Heed) -> None:
    assert heed.http.get("/v1/health").json_body == {"status": "ok"}
