"""The invitations of a survey: listed, cancelled while they wait, sent once more."""

from datetime import timedelta

import pytest
import time_machine
from chalice.test import HTTPResponse
from msgspec.structs import replace

from chalicelib import keys, moments, wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.invitation import Reason, Status
from chalicelib.mail.send import INVITATION, send
from chalicelib.table import Put
from tests.functional.conftest import Heed
from tests.support.given_surveys import body_of
from tests.support.invitations import ASKED, INVITATIONS
from tests.support.mailing import FakeMailer, sending
from tests.support.problems import problem
from tests.support.samples import NOW, SURVEY, put_ledger, stored_invitation

IN_A_MONTH = moments.now() + timedelta(days=30)


def waiting(heed: Heed) -> str:
    later = moments.to_text(moments.now() + timedelta(hours=2))
    return str(heed.call("POST", INVITATIONS, ASKED | {"send_at": later}).json_body["id"])


def change(heed: Heed, invitation_id: str, what: str, key: str | None = None) -> HTTPResponse:
    return heed.call("POST", f"/v1/invitations/{invitation_id}/{what}", key=key)


def refused_because(answer: HTTPResponse) -> str:
    assert problem(answer) == (409, "does-not-fit")
    return str(answer.json_body["errors"][0]["code"])


def listed(heed: Heed, query: str = "") -> list[str]:
    return [one["id"] for one in heed.call("GET", f"{INVITATIONS}{query}").json_body["items"]]


def test_the_newest_is_listed_first_with_its_address(heed: Heed) -> None:
    made = [
        stored_invitation(wiring.table(), name, created_at=NOW + timedelta(hours=hours)).id
        for hours, name in enumerate(("one", "two", "three"))
    ]
    assert listed(heed) == made[::-1]
    shown = heed.call("GET", f"{INVITATIONS}?limit=1").json_body["items"][0]
    assert (shown["email"], shown["name"]) == ("three@example.com", "Ingrid Solheim")


def test_pages_of_a_state_hold_each_of_it_once(heed: Heed) -> None:
    for number in range(12):
        status = Status.SENT if number % 3 else Status.WAITING
        created = NOW + timedelta(minutes=number)
        stored_invitation(wiring.table(), str(number), status=status, created_at=created)
    found, query = [], f"{INVITATIONS}?status=waiting&limit=3"
    address: str | None = query
    while address:
        page = heed.call("GET", address).json_body
        found += [one["status"] for one in page["items"]]
        address = f"{query}&cursor={page['next']}" if page["next"] else None
    assert found == ["waiting"] * 4


def test_who_was_asked_is_told_to_people_read_alone(heed: Heed) -> None:
    key = heed.make_key(*set(Scope) - {Scope.PEOPLE_READ})
    assert problem(heed.call("GET", INVITATIONS, key=key)) == (403, "scope-missing")


def test_one_that_waits_is_cancelled_and_the_person_may_be_asked_at_once(heed: Heed) -> None:
    cancelled = change(heed, waiting(heed), "cancellation").json_body
    assert (cancelled["status"], cancelled["reason"]) == ("cancelled", "by_hand")
    assert "due_at" not in heed.items("INVITE")[0]
    assert heed.call("POST", INVITATIONS, ASKED).json_body["status"] == "queued"


def test_cancelling_twice_is_cancelling_once(heed: Heed) -> None:
    made = waiting(heed)
    first, again = change(heed, made, "cancellation"), change(heed, made, "cancellation")
    assert first.json_body == again.json_body


def test_an_erasure_finds_a_cancelled_invitation(heed: Heed) -> None:
    change(heed, waiting(heed), "cancellation")
    heed.call("POST", "/v1/people/erasures", {"email": ASKED["email"]})
    (left,) = heed.items("INVITE")
    assert "email" not in left


@pytest.mark.parametrize("status", [Status.QUEUED, Status.SENT, Status.LINKED])
def test_what_is_on_its_way_is_not_cancelled(heed: Heed, status: Status) -> None:
    made = stored_invitation(wiring.table(), status=status)
    assert refused_because(change(heed, made.id, "cancellation")) == "not_waiting"


def test_one_that_was_tried_is_not_cancelled(heed: Heed) -> None:
    made = stored_invitation(wiring.table(), status=Status.WAITING, due_at=NOW, attempts=1)
    assert refused_because(change(heed, made.id, "cancellation")) == "not_waiting"


def sent(heed: Heed, mailer: FakeMailer) -> str:
    made = str(heed.call("POST", INVITATIONS, ASKED).json_body["id"])
    send(INVITATION, made, moments.now(), sending(wiring.table(), mailer))
    return made


def test_the_same_link_goes_out_once_more_and_counts_once(heed: Heed) -> None:
    mailer = FakeMailer()
    made = sent(heed, mailer)
    assert change(heed, made, "sending").status_code == 202
    send(INVITATION, made, moments.now(), sending(wiring.table(), mailer))
    first, second = (_link(mail.raw) for mail in mailer.sent)
    assert first == second
    days = [item for item in heed.stored() if item["PK"].startswith("TALLY#") and "asked" in item]
    assert {int(item["asked"]) for item in days} == {1}
    assert refused_because(change(heed, made, "sending")) == "sent_again"


def _link(raw: bytes) -> bytes:
    text = raw.replace(b"=\r\n", b"")
    return text[text.index(b"/r/") :][:60]


def test_sending_again_plans_no_second_reminder(heed: Heed) -> None:
    reminding = replace(SURVEY, reminder_days=3)
    needs = replace(sending(wiring.table(), FakeMailer()), survey=lambda _: reminding)
    made = str(heed.call("POST", INVITATIONS, ASKED).json_body["id"])
    send(INVITATION, made, moments.now(), needs)
    (reminder,) = heed.items("REMINDER")
    change(heed, made, "sending")
    send(INVITATION, made, moments.now(), needs)
    assert heed.items("REMINDER") == [reminder]


def test_a_bounce_of_the_first_mail_is_still_known(heed: Heed) -> None:
    mailer = FakeMailer()
    made = sent(heed, mailer)
    change(heed, made, "sending")
    send(INVITATION, made, moments.now(), sending(wiring.table(), mailer))
    assert len(heed.items("MAIL")) == 1  # an erasure finds the one that the invitation names


@pytest.mark.parametrize("flag", ["unsubscribed", "bounced", "complained"])
def test_nobody_who_gets_no_mail_is_sent_to_again(heed: Heed, flag: str) -> None:
    made = stored_invitation(wiring.table(), created_at=moments.now(), expires_at=IN_A_MONTH)
    invitations_wiring.people().mark(made.person, flag, moments.now())
    assert refused_because(change(heed, made.id, "sending")) == "not_reachable"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"status": Status.LINKED}, "not_sent"),
        ({"status": Status.WAITING}, "not_sent"),
        ({"status": Status.SUPPRESSED, "reason": Reason.THROTTLED}, "not_sent"),
        ({"expires_at": NOW}, "expired"),
    ],
)
def test_what_was_not_sent_or_has_ended_is_not_sent_again(
    heed: Heed, changes: dict[str, object], code: str
) -> None:
    with time_machine.travel(NOW, tick=False):
        made = stored_invitation(wiring.table(), **changes)
        assert refused_because(change(heed, made.id, "sending")) == code


def test_who_answered_is_not_asked_again_and_not_told_of(heed: Heed) -> None:
    made = stored_invitation(wiring.table(), created_at=moments.now(), expires_at=IN_A_MONTH)
    put_ledger(wiring.table(), made)
    wiring.table().write(Put({**keys.response(made.id).as_item(), "state": "counted"}))
    blind = heed.make_key(*set(Scope) - {Scope.PEOPLE_READ})
    assert refused_because(change(heed, made.id, "sending")) == "answered"
    assert change(heed, made.id, "sending", blind).status_code == 202


@pytest.mark.parametrize("what", ["cancellation", "sending"])
def test_an_anonymous_survey_changes_nobody_alone(heed: Heed, what: str) -> None:
    closes = (moments.now() + timedelta(days=9)).date().isoformat()
    anonymous = {"identity": "anonymous", "closes_on": closes, "segments": []}
    body = body_of(SURVEY) | anonymous | {"id": "secret"}
    heed.call("PUT", "/v1/surveys/secret", body)
    made = stored_invitation(wiring.table(), survey="secret", segments=(), asked_day=None)
    assert refused_because(change(heed, made.id, what)) == "asked_in_waves"


@pytest.mark.parametrize("what", ["cancellation", "sending"])
def test_a_key_changes_invitations_of_its_surveys_alone(heed: Heed, what: str) -> None:
    made = stored_invitation(wiring.table())
    foreign = heed.make_key(*Scope, surveys=["another"])
    assert problem(change(heed, made.id, what, foreign)) == (404, "not-found")
