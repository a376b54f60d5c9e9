"""A survey that is closed asks nobody and says so; one that asked nobody can be deleted."""

from datetime import timedelta

import pytest
from chalice.test import HTTPResponse
from msgspec.structs import replace

from chalicelib import moments, wiring
from chalicelib.helpdesks import wiring as helpdesks_wiring
from chalicelib.invitations.token import Purpose
from chalicelib.mail.send import INVITATION, send
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import HOOK, Heed
from tests.functional.helpdesks.test_hooks import deliver
from tests.support.filling import BROWSER
from tests.support.given_surveys import body_of
from tests.support.invitations import ASKED, INVITATIONS
from tests.support.mailing import FakeMailer, sending
from tests.support.members import signed_in
from tests.support.problems import problem
from tests.support.samples import SURVEY, stored_invitation
from tests.support.setup_pages import send as send_form

HERE, PAGE = f"/v1/surveys/{SURVEY.id}", f"/app/setup/surveys/{SURVEY.id}"
BODY = body_of(SURVEY, "closed")


def close(heed: Heed) -> None:
    assert heed.call("POST", f"{HERE}/closing").json_body["state"] == "closed"
    surveys_wiring.catalogue.cache_clear()


def code_of(answer: HTTPResponse) -> str:
    assert answer.status_code == 409
    return str(answer.json_body["errors"][0]["code"])


def link(heed: Heed) -> str:
    ends = moments.now() + timedelta(days=9)
    stored_invitation(wiring.table(), created_at=moments.now(), expires_at=ends)
    return heed.token(heed.items("INVITE")[0])


def test_a_closed_survey_asks_nobody_and_its_pages_say_so(heed: Heed) -> None:
    token = link(heed)
    close(heed)
    assert code_of(heed.call("POST", INVITATIONS, ASKED)) == "survey_closed"
    shown = heed.open(f"/r/{token}/9")
    assert (shown.status_code, "This survey is closed" in shown.body.decode()) == (410, True)
    assert heed.post_form(f"/r/{token}", {"score": "9"}).status_code == 410
    assert heed.items("RESPONSE") == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({"closed": True}, "survey_closed"), ({"identity": "anonymous"}, "asked_in_waves")],
)
def test_a_help_desk_is_not_told_of_an_error(
    heed: Heed, changes: dict[str, object], reason: str
) -> None:
    """A 4xx would trip its circuit breaker, and it can do nothing about it."""
    surveys_wiring.surveys().put(replace(SURVEY, **changes))
    surveys_wiring.catalogue.cache_clear()
    answer = deliver(heed)
    assert answer.status_code == 202
    assert answer.json_body == {"status": "ignored", "reason": reason}
    assert [item["reason"] for item in heed.items("HOOKED")] == [reason]
    assert heed.items("INVITE") == []


def test_its_open_link_says_so_too(heed: Heed) -> None:
    heed.call("PUT", HERE, BODY | {"open_link": True})
    close(heed)
    assert heed.http.get(f"/s/{SURVEY.id}", headers=BROWSER).status_code == 410


def test_whoever_wants_no_mail_can_still_say_so(heed: Heed) -> None:
    link(heed)
    close(heed)
    stop = heed.token(heed.items("INVITE")[0], Purpose.UNSUBSCRIBE)
    assert heed.open(f"/u/{stop}").status_code == 200


def test_what_waits_is_not_sent_and_says_why(heed: Heed) -> None:
    made = heed.call("POST", INVITATIONS, ASKED).json_body["id"]
    close(heed)
    mailer, closed = FakeMailer(), surveys_wiring.surveys().get(SURVEY.id)
    needs = replace(sending(wiring.table(), mailer), survey=lambda _: closed)
    send(INVITATION, made, moments.now(), needs)
    assert mailer.sent == []
    assert heed.items("INVITE")[0]["reason"] == "expired"


def test_answers_stay_and_a_change_leaves_it_closed(heed: Heed) -> None:
    close(heed)
    assert heed.call("PUT", HERE, BODY | {"name": "Renamed"}).json_body["closed"] is True
    assert heed.call("GET", f"{HERE}/scores").status_code == 200


def test_it_can_be_opened_again(heed: Heed) -> None:
    close(heed)
    assert heed.call("PUT", HERE, BODY | {"closed": False}).json_body["closed"] is False
    assert heed.call("POST", INVITATIONS, ASKED).status_code == 201


def test_a_sealed_survey_is_closed_by_its_closing_alone(heed: Heed) -> None:
    sealed = {"identity": "confidential", "segments": [], "closed": True}
    assert (
        heed.call("PUT", "/v1/surveys/sealed", BODY | sealed | {"id": "sealed"}).status_code == 422
    )


def test_a_survey_that_asked_nobody_is_deleted_with_its_goals(heed: Heed) -> None:
    heed.call("POST", f"{HERE}/goals", {"metric": "score", "target": 40, "by": "2030-06-30"})
    helpdesks_wiring.hooks().delete("zendesk", HOOK)  # its secret is for other tests too
    close(heed)
    assert heed.call("DELETE", HERE).status_code == 204
    assert heed.call("GET", HERE).status_code == 404
    assert [item for item in heed.stored() if item["PK"].startswith("GOALS#")] == []


@pytest.mark.parametrize("code", ["not_closed", "people_asked", "hook_in_use"])
def test_any_other_is_not_deleted_and_the_reason_is_said(heed: Heed, code: str) -> None:
    if code == "people_asked":
        heed.call("POST", INVITATIONS, ASKED)
    if code != "not_closed":
        close(heed)
    assert code_of(heed.call("DELETE", HERE)) == code
    assert heed.call("GET", HERE).status_code == 200


def test_there_is_nothing_to_delete_twice(heed: Heed) -> None:
    assert problem(heed.call("DELETE", "/v1/surveys/unknown")) == (404, "not-found")


def test_it_is_closed_opened_and_deleted_on_its_page(heed: Heed) -> None:
    browser, place = signed_in(heed), f"{PAGE}/closing"
    for act, closed in (("close", True), ("open", False), ("close", True)):
        send_form(browser, browser.open(PAGE), place, form=f"act-{act}", act=act)
        assert surveys_wiring.surveys().get(SURVEY.id).closed is closed
    refused = send_form(browser, browser.open(PAGE), place, form="act-delete", act="delete")
    assert "Disconnect it first." in refused.body.decode()
    helpdesks_wiring.hooks().delete("zendesk", HOOK)  # its secret is for other tests too
    gone = send_form(browser, browser.open(PAGE), place, form="act-delete", act="delete")
    assert "Deleted." in browser.follow(gone).body.decode()
