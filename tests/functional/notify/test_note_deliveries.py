"""A note in a ticket by a delivery: from the queue to Zendesk, and what keeps it from going."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.helpdesks import zendesk_notes, zendesk_sign_in
from chalicelib.helpdesks.desks import DESKS
from chalicelib.helpdesks.hook import Hook
from chalicelib.helpdesks.note import Account
from chalicelib.invitations.store import InvitationStore
from chalicelib.notify.calls.deliver import Outcome
from chalicelib.notify.effects.outgoing import delivery_of
from chalicelib.notify.tickets.note_call import NoteNeeds, note_call
from chalicelib.notify.transport import Answer as Answered
from chalicelib.notify.transport import Transport
from chalicelib.notify.wanted import while_wanted
from chalicelib.responses.record import erase_response, new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.surveys.items import definition_of
from chalicelib.tasks.plan import plan
from chalicelib.webhooks.delivery import NOTE, Delivery
from tests.support.deliveries import Calls
from tests.support.given_surveys import survey_of
from tests.support.samples import NOW, SURVEY, recording, stored_invitation
from tests.support.ticket_notes import note_delivery
from tests.support.vendor import as_json, serving
from tests.support.zendesk import CLIENT, SECRET, Zendesk

HOOK = Hook("zendesk", "hook", SURVEY.id, subdomain="acme", client_id=CLIENT)
LATER = NOW + timedelta(hours=1)


class ToHere(Transport, frozen=True):
    """What goes to acme.zendesk.com comes to a port of this machine."""

    port: int = 0

    def post(
        self, url: str, body: bytes, headers: Mapping[str, str], method: str = "POST"
    ) -> Answered:
        assert url.startswith("https://acme.zendesk.com/")
        here = url.replace("https://acme.zendesk.com", f"http://127.0.0.1:{self.port}")
        return super().post(here, body, headers, method)


class Desk(Calls):
    def __init__(self, zendesk: Zendesk) -> None:
        super().__init__()
        self.zendesk, self.survey = zendesk, SURVEY
        self.hooks: dict[str, Hook] = {"hook": HOOK}
        self.account: Account | None = Account("acme", CLIENT, SECRET)
        self.transport = ToHere(loopback=True, port=zendesk.port)  # type: ignore[assignment]
        notes = NoteNeeds(
            response=recording(self.table).responses.find,
            invitation=InvitationStore(self.table).find,
            survey=lambda _: self.survey,
            hook=lambda source, hook: self.hooks.get(hook),
            account=lambda _: self.account,
            desks=DESKS,
        )
        wanted = while_wanted(
            partial(note_call, needs=notes), notes.response, lambda _: self.survey
        )
        compose = {NOTE: wanted}
        self.needs = replace(self.needs, compose=compose, transport=self.transport)

    def asks(self, **changes: Any) -> None:
        self.invitation = stored_invitation(self.table, hook="hook", **changes)

    def answers(self, comment: str | None = "Third visit.", contact: bool = True) -> None:
        said = Answer(3, comment, contact)
        key = new_operation(NOW)
        record_response(self.invitation.id, said, key, "UTC", NOW, recording(self.table))

    def notes(self, now: Any = NOW) -> Outcome:
        made = note_delivery(self.invitation, NOW)
        self.log.add(made)
        return self.deliver(now, made.id)

    @property
    def ticket(self) -> list[Any]:
        return self.zendesk.tickets["48213"]

    @property
    def reason(self) -> Any:
        return self.item(note_delivery(self.invitation, NOW).id).get("reason")


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(zendesk_sign_in, "_tokens", {})
    zendesk = Zendesk()
    with serving(zendesk):
        made = Desk(zendesk)
        made.asks()
        yield made


def test_an_answer_leaves_one_internal_note_in_its_ticket(desk: Desk) -> None:
    desk.answers()
    assert desk.notes() is Outcome.SENT
    assert desk.notes() is Outcome.SETTLED
    (note,) = desk.ticket
    assert note["public"] is False
    assert note["html_body"].startswith("<blockquote>Third visit.</blockquote>")
    assert "Wishes to be contacted." in note["html_body"]
    assert "3" not in note["html_body"].partition("<p>Heed")[0]


def planned(desk: Desk) -> Delivery:
    """What the plan of the survey makes of the answer."""
    response = recording(desk.table).responses.find(desk.invitation.id)
    assert response
    (effect,) = [one for one in plan(desk.survey, response, NOW) if one.do == "note_in_ticket"]
    return delivery_of(effect, response, None, NOW)


def test_the_plan_s_note_is_written_while_the_plan_wants_it(desk: Desk) -> None:
    asked = definition_of(SURVEY) | {"plan": [{"do": "note_in_ticket", "when": {"words": True}}]}
    desk.survey = survey_of(asked)
    desk.answers()
    made = planned(desk)
    desk.log.add(made)
    assert desk.deliver(NOW, made.id) is Outcome.SENT
    assert len(desk.ticket) == 1


def test_a_note_that_the_plan_no_longer_wants_is_left_out(desk: Desk) -> None:
    asked = definition_of(SURVEY) | {"plan": [{"do": "note_in_ticket"}]}
    desk.survey = survey_of(asked)
    desk.answers()
    made = planned(desk)
    desk.log.add(made)
    desk.survey = SURVEY
    assert desk.deliver(NOW, made.id) is Outcome.SUPPRESSED
    assert (desk.ticket, desk.item(made.id)["reason"]) == ([], "not_wanted")


def test_the_score_is_in_it_if_the_survey_says_so(desk: Desk) -> None:
    desk.survey = replace(SURVEY, note_score=True)
    desk.answers()
    desk.notes()
    assert "Score of this one answer: 3 on a scale of 0 to 10." in desk.ticket[0]["html_body"]


def test_a_correction_before_it_goes_is_in_it_and_a_later_one_writes_none(desk: Desk) -> None:
    desk.answers()
    desk.answers("It works now.")
    desk.notes()
    desk.answers("And broke again.")
    assert desk.notes() is Outcome.SETTLED
    (note,) = desk.ticket
    assert "It works now." in note["html_body"]


def test_a_plan_may_want_another_note_for_each_change(desk: Desk) -> None:
    desk.answers()
    desk.notes()
    desk.answers("And broke again.")
    made = note_delivery(desk.invitation, NOW, "of the change")
    desk.log.add(made)
    assert desk.deliver(NOW, made.id) is Outcome.SENT
    assert ["again" in note["html_body"] for note in desk.ticket] == [False, True]


def test_a_lost_answer_of_zendesk_makes_no_second_note(desk: Desk) -> None:
    desk.answers()
    desk.zendesk.tokens.add("token-0")
    known = Account("acme", CLIENT, SECRET), zendesk_notes.SCOPES
    zendesk_sign_in._tokens[known] = ("token-0", LATER + timedelta(hours=1))
    desk.zendesk.lost = 1
    assert desk.notes() is Outcome.POSTPONED
    desk.tick(LATER)
    assert desk.notes(LATER) is Outcome.SENT
    assert len(desk.ticket) == 1


@pytest.mark.parametrize("status", [409, 429, 500, 503])
def test_what_zendesk_does_not_take_now_is_tried_again(desk: Desk, status: int) -> None:
    desk.answers()
    desk.zendesk.instead.append(as_json(status, {}, Retry_After="60"))
    assert desk.notes() is Outcome.POSTPONED
    desk.tick(LATER)
    assert desk.notes(LATER) is Outcome.SENT


def test_credentials_that_are_mended_later_write_the_note_then(desk: Desk) -> None:
    desk.answers()
    desk.account = Account("acme", CLIENT, "wrong-secret-of-these-tests")
    assert desk.notes() is Outcome.POSTPONED
    assert desk.reason == "account_refused"
    desk.account = Account("acme", CLIENT, SECRET)
    desk.tick(LATER)
    assert desk.notes(LATER) is Outcome.SENT


def test_a_ticket_that_is_gone_or_closed_ends_it(desk: Desk) -> None:
    desk.answers()
    desk.zendesk.closed.add("48213")
    assert desk.notes() is Outcome.FAILED
    assert desk.reason == "ticket_closed"


def sealed(desk: Desk) -> None:
    desk.survey = replace(desk.survey, identity="confidential")


def erased(desk: Desk) -> None:
    erase_response(desk.invitation.id, new_operation(NOW), NOW, recording(desk.table))


def no_hook(desk: Desk) -> None:
    desk.hooks.clear()


def no_account(desk: Desk) -> None:
    desk.account = None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        *((sealed, "sealed_survey"), (erased, "erased")),
        *((no_hook, "no_account"), (no_account, "no_account")),
    ],
)
def test_what_may_not_or_cannot_go_has_its_reason(desk: Desk, change: Any, reason: str) -> None:
    desk.answers()
    change(desk)
    assert desk.notes() is Outcome.SUPPRESSED
    assert (desk.reason, desk.zendesk.calls) == (reason, [])


def test_an_answer_that_says_nothing_leaves_no_note(desk: Desk) -> None:
    desk.answers(None, contact=False)
    assert desk.notes() is Outcome.SUPPRESSED
    assert desk.reason == "nothing_said"


def test_an_answer_without_a_ticket_or_by_no_hook_leaves_none(desk: Desk) -> None:
    for number, changes in enumerate(({"ticket": None}, {"hook": None})):
        desk.invitation = stored_invitation(
            desk.table, f"person-{number}", **{"hook": "hook", **changes}
        )
        desk.answers()
        assert desk.notes() is Outcome.SUPPRESSED
        assert desk.reason == "no_ticket"
