"""A help desk knocks: the rendered Zendesk trigger, and everything that can be wrong."""

import base64
import hmac
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from chalice.test import HTTPResponse

from chalicelib import moments
from tests.functional.conftest import HOOK, Heed
from tests.support.kept_secrets import HOOK_SECRET
from tests.support.samples import SURVEY

SAMPLE = json.loads((Path(__file__).parents[2] / "data/zendesk_trigger_rendered.json").read_text())
BODY = SAMPLE["request"]["body"]
PATH = f"/v1/hooks/zendesk/{HOOK}"


def deliver(
    heed: Heed,
    body: object = None,
    path: str = PATH,
    secret: str = HOOK_SECRET,
    age: timedelta = timedelta(),
    delivery: str | None = "delivery-1",
) -> HTTPResponse:
    raw = body if isinstance(body, bytes) else json.dumps(body or BODY).encode()
    timestamp = moments.to_text(moments.now() - age)
    digest = hmac.digest(secret.encode(), timestamp.encode() + raw, "sha256")
    headers = {
        "Content-Type": "application/json",
        "X-Zendesk-Webhook-Signature": base64.b64encode(digest).decode(),
        "X-Zendesk-Webhook-Signature-Timestamp": timestamp,
    }
    if delivery:
        headers["X-Zendesk-Webhook-Invocation-Id"] = delivery
    answer: HTTPResponse = heed.http.post(path, headers=headers, body=raw)
    return answer


def changed(**changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(json.dumps(BODY))
    for path, value in changes.items():
        *parents, last = path.split("__")
        place = body
        for parent in parents:
            place = place[parent]
        if value is None:
            del place[last]
        else:
            place[last] = value
    return body


def test_a_solved_ticket_becomes_an_invitation(heed: Heed) -> None:
    answer = deliver(heed)
    assert answer.status_code == 202
    (item,) = heed.items("INVITE")
    assert answer.json_body == {"status": "accepted", "id": item["id"]}
    assert item["status"] == "queued"
    assert item["email"] == "ingrid.solheim@example.com"
    assert item["ticket"]["id"] == "48213"
    assert item["locale"] == "nb"
    assert item["segments"] == ["group=IT Service Desk", "organization=Example Manufacturing"]


def test_an_invitation_knows_the_hook_that_told_of_its_ticket(heed: Heed) -> None:
    deliver(heed)
    assert heed.items("INVITE")[0]["hook"] == HOOK


def test_the_same_delivery_twice_is_one_invitation(heed: Heed) -> None:
    first = deliver(heed).json_body
    assert deliver(heed).json_body == {**first, "reason": "taken_before"}
    assert len(heed.items("INVITE")) == 1


def test_the_same_resolution_in_another_delivery_is_one_invitation(heed: Heed) -> None:
    first = deliver(heed, delivery="delivery-1").json_body
    assert deliver(heed, delivery="delivery-2").json_body["id"] == first["id"]
    assert deliver(heed, delivery=None).json_body["id"] == first["id"]
    assert len(heed.items("INVITE")) == 1


def test_a_second_ticket_of_the_same_person_is_throttled_and_says_so(heed: Heed) -> None:
    deliver(heed)
    answer = deliver(heed, changed(ticket__id="48214"), delivery="delivery-2")
    assert answer.status_code == 202
    shown = heed.call("GET", f"/v1/invitations/{answer.json_body['id']}").json_body
    assert (shown["status"], shown["reason"]) == ("suppressed", "throttled")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (changed(event="ticket.created"), "event_not_wanted"),
        (changed(ticket__id="{{ticket.id}}"), "test_delivery"),
        (changed(ticket__tags="vip closed_by_merge"), "merged"),
        (changed(ticket=None), "shape_unknown"),
        (changed(requester__email=None), "address_unknown"),
        (changed(requester__email="  "), "address_unknown"),
        (changed(requester=None), "address_unknown"),
    ],
)
def test_what_is_not_wanted_is_taken_and_ignored(heed: Heed, body: Any, reason: str) -> None:
    answer = deliver(heed, body)
    assert (answer.status_code, answer.json_body["reason"]) == (202, reason)
    assert not heed.items("INVITE")


def test_a_line_break_in_a_subject_is_no_reason_to_lose_the_survey(heed: Heed) -> None:
    raw = json.dumps(changed(ticket__subject="A B")).encode().replace(b"A B", b"A\nB")
    assert deliver(heed, raw).status_code == 202
    assert heed.items("INVITE")[0]["ticket"]["subject"] == "A B"


def test_a_numeric_ticket_id_is_taken(heed: Heed) -> None:
    assert deliver(heed, changed(ticket__id=48213)).status_code == 202


@pytest.mark.parametrize(
    ("case", "status", "code"),
    [
        ({"path": f"/v1/hooks/unheard/{HOOK}"}, 404, "not-found"),
        ({"path": "/v1/hooks/zendesk/nobody"}, 404, "not-found"),
        ({"secret": "another"}, 401, "signature-invalid"),
        ({"age": timedelta(minutes=6)}, 401, "timestamp-stale"),
        ({"age": timedelta(minutes=-6)}, 401, "timestamp-stale"),
        ({"body": b"x" * (256 * 1024 + 1)}, 413, "too-large"),
        ({"body": b"{not json"}, 400, "not-json"),
        ({"body": b"[" * 100_000}, 400, "not-json"),
        ({"body": b"\xff\xfe"}, 400, "not-utf8"),
        ({"body": b"[1]"}, 400, "not-an-object"),
        ({"body": changed(requester__email="nobody")}, 422, "validation"),
        ({"body": changed(requester__email=["a@example.com"])}, 422, "validation"),
        ({"body": changed(requester__email="a@example.com, b@example.com")}, 422, "validation"),
        (
            {"body": changed(requester__email="a@example.com\r\nBcc: b@example.com")},
            422,
            "validation",
        ),
        ({"body": changed(ticket__id="")}, 422, "validation"),
    ],
)
def test_bad_input_gets_a_problem_and_asks_nobody(
    heed: Heed, case: dict[str, Any], status: int, code: str
) -> None:
    answer = deliver(heed, **case)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json_body["type"] == f"urn:heed:problem:{code}"
    assert not heed.items("INVITE")


@pytest.mark.parametrize(
    "case",
    [
        {"path": "/v1/hooks/zendesk/nobody"},
        {"secret": "another"},
        {"age": timedelta(minutes=6)},
        {"body": b"x" * (256 * 1024 + 1)},
    ],
)
def test_a_stranger_writes_nothing(heed: Heed, case: dict[str, Any]) -> None:
    before = heed.stored()
    deliver(heed, **case)
    assert heed.stored() == before


def test_a_secret_of_another_hook_signs_nothing(heed: Heed) -> None:
    made = heed.call("POST", "/v1/hooks", {"survey": SURVEY.id, "source": "zendesk"}).json_body
    other = f"/v1/hooks/zendesk/{made['id']}"
    assert deliver(heed, path=other, secret=made["secret"]).status_code == 202
    assert deliver(heed, path=PATH, secret=made["secret"]).status_code == 401
    assert deliver(heed, path=other).status_code == 401
    assert len(heed.items("INVITE")) == 1


def test_a_problem_points_at_the_field_and_does_not_quote_it(heed: Heed) -> None:
    answer = deliver(heed, changed(requester__email="not.an.address"))
    assert answer.json_body["errors"][0]["pointer"] == "#/requester/email"
    assert "not.an.address" not in answer.body.decode()


def test_nothing_personal_is_logged(heed: Heed, log_lines: io.StringIO) -> None:
    deliver(heed)
    deliver(heed, changed(requester__email="ingrid@@example.com"), delivery="2")
    deliver(heed, secret="another")
    logged = log_lines.getvalue()
    assert '"view":"take_hook"' in logged
    for private in ("ingrid", "Solheim", "example.com", "Laptop", HOOK):
        assert private not in logged


def test_a_connection_test_gets_an_answer(heed: Heed) -> None:
    assert heed.http.get(PATH).status_code == 200
