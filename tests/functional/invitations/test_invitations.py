"""Invitations that a program asks for."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib import moments
from tests.functional.conftest import Heed
from tests.support.invitations import ASKED, INVITATIONS
from tests.support.problems import problem


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
