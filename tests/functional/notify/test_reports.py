"""What we heard, what we did: drafted from a month, edited, and sent once to everyone who was
asked."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from msgspec.structs import replace

from chalicelib import sent_keys, wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.notify import wiring as notify_wiring
from chalicelib.notify.compose import Composed
from chalicelib.notify.letter_store import letter_from_item
from chalicelib.notify.write_reports import write_report
from chalicelib.reports.store import A_PAGE
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.table import Put
from tests.functional.conftest import Heed
from tests.functional.tasks.test_tasks import CLOSED, patch
from tests.support.problems import problem
from tests.support.samples import SURVEY, stored_invitation
from tests.support.tasks import hear

PATH = f"/v1/surveys/{SURVEY.id}/reports/2026-11"
WORDS = {"heard": ["The Wi-Fi drops."], "did": ['New "access points" 🙂 מחר']}
IN_NOVEMBER = datetime(2026, 11, 20, 9, tzinfo=UTC)
IN_DECEMBER = datetime(2026, 12, 2, 9, tzinfo=UTC)


@pytest.fixture
def clock(heed: Heed) -> Any:
    with time_machine.travel(IN_DECEMBER, tick=False) as clock:
        yield clock


def ask(name: str, person: str | None = None, at: datetime = IN_NOVEMBER) -> str:
    who = {"person": person} if person else {}
    made = stored_invitation(wiring.table(), name, created_at=at, sent_at=at, **who)
    return made.id


def write(minutes: int = 0) -> None:
    now = IN_DECEMBER + timedelta(minutes=minutes)
    write_report(SURVEY.id, "2026-11", now, notify_wiring.write_reports_needs())


def send(heed: Heed) -> Any:
    heed.call("PUT", PATH, WORDS)
    answer = heed.call("POST", f"{PATH}/sending")
    assert answer.status_code == 202
    return answer.json_body


def composed(heed: Heed) -> list[Any]:
    composers = notify_wiring.composers()
    letters = map(letter_from_item, heed.items("LETTER"))
    return [composers["heard"](letter, IN_DECEMBER) for letter in letters]


def test_a_draft_names_causes_and_what_was_fixed(heed: Heed, clock: Any) -> None:
    clock.move_to(IN_NOVEMBER)
    for name, fixed, cause in (("a", True, "Wi-Fi"), ("b", False, "Wi-Fi"), ("c", False, "VPN")):
        made, said = ask(name), Answer(2, "The screen flickers")
        needs = responses_wiring.record_needs()
        record_response(made, said, new_operation(IN_NOVEMBER), "UTC", IN_NOVEMBER, needs)
        hear(made)
        patch(heed, made, CLOSED | {"cause": cause, "fixed": fixed})
    survey = replace(SURVEY, themes={"Screens": ["screen"]})
    surveys_wiring.surveys().put(survey)
    assert heed.call("GET", PATH).json_body == {
        "survey": SURVEY.id,
        "month": "2026-11",
        "state": "draft",
        "heard": ["Screens", "Wi-Fi", "VPN"],
        "did": ["Wi-Fi"],
    }


def test_what_its_owner_writes_stands_in_place_of_the_draft(heed: Heed, clock: Any) -> None:
    assert heed.call("PUT", PATH, WORDS).json_body["state"] == "edited"
    shown = heed.call("GET", PATH).json_body
    assert {name: shown[name] for name in WORDS} == WORDS


def test_it_goes_once_to_each_person_who_was_asked_in_that_month(heed: Heed, clock: Any) -> None:
    ben = invitations_wiring.person_of("ben@example.com")
    for name, person in (("anna", None), ("ben", ben), ("ben again", ben)):
        ask(name, person)
    ask("october", at=datetime(2026, 10, 31, 23, tzinfo=UTC))
    ask("december", at=datetime(2026, 12, 1, 0, tzinfo=UTC))
    assert send(heed)["state"] == "sending"
    write()
    write(1)
    told = composed(heed)
    assert len(told) == 2
    assert all(isinstance(one, Composed) for one in told)
    assert {"Ingrid" in str(one.facts) for one in told} == {False}
    assert heed.call("GET", PATH).json_body["state"] == "sent"
    assert heed.call("POST", f"{PATH}/sending").json_body["state"] == "sent"


def test_many_people_are_reached_page_by_page_and_a_broken_tick_doubles_nothing(
    heed: Heed, clock: Any
) -> None:
    for number in range(2 * A_PAGE + 3):
        ask(f"n{number}", at=IN_NOVEMBER + timedelta(seconds=number))
    send(heed)
    before = wiring.table().get(sent_keys.report(SURVEY.id, "2026-11"))
    write()
    assert len(heed.items("LETTER")) == A_PAGE
    # It broke off before the place was noted.
    wiring.table().write(Put(before))
    for minute in range(4):
        write(minute)
    assert len(heed.items("LETTER")) == 2 * A_PAGE + 3
    item = wiring.table().get(sent_keys.report(SURVEY.id, "2026-11"))
    assert (item["state"], "due_shard" in item) == ("sent", False)


@pytest.mark.parametrize("flag", ["unsubscribed", "bounced", "complained"])
def test_nobody_gets_it_who_wants_no_mail(heed: Heed, clock: Any, flag: str) -> None:
    made = ask("anna")
    person = invitations_wiring.invitations().get(made).person
    send(heed)
    write()
    invitations_wiring.people().mark(person, flag, IN_DECEMBER)
    assert composed(heed) == [flag]


def test_nobody_gets_it_who_left_the_survey(heed: Heed, clock: Any) -> None:
    made = ask("anna")
    person = invitations_wiring.invitations().get(made).person
    send(heed)
    write()
    invitations_wiring.people().leave(person, SURVEY.id, IN_DECEMBER)
    assert composed(heed) == ["unsubscribed_from_survey"]


def test_a_sealed_survey_s_month_names_no_theme(heed: Heed, clock: Any) -> None:
    sealed = {"identity": "anonymous", "themes": {"Screens": ["screen"]}}
    surveys_wiring.surveys().put(replace(SURVEY, **sealed))
    assert heed.call("GET", PATH).json_body["heard"] == []


@pytest.mark.parametrize(
    ("month", "body", "code"),
    [
        ("2026-12", WORDS, "month_open"),
        ("2026-11", {"heard": [], "did": []}, "report_empty"),
        ("2026-10", None, "report_empty"),
    ],
)
def test_what_cannot_be_sent_yet_is_refused(
    heed: Heed, clock: Any, month: str, body: Any, code: str
) -> None:
    path = f"/v1/surveys/{SURVEY.id}/reports/{month}"
    if body:
        heed.call("PUT", path, body)
    refused = heed.call("POST", f"{path}/sending")
    assert problem(refused) == (409, "does-not-fit")
    assert [error["code"] for error in refused.json_body["errors"]] == [code]


def test_what_is_on_its_way_is_not_changed(heed: Heed, clock: Any) -> None:
    send(heed)
    refused = heed.call("PUT", PATH, WORDS)
    assert [error["code"] for error in refused.json_body["errors"]] == ["report_sent"]


@pytest.mark.parametrize("month", ["2026-13", "2026-1", "x", "1999-01", "2026-11-01"])
def test_no_other_word_is_a_month(heed: Heed, month: str) -> None:
    assert heed.call("GET", f"/v1/surveys/{SURVEY.id}/reports/{month}").status_code == 404


def test_to_send_needs_the_scope_to_ask_people(heed: Heed, clock: Any) -> None:
    key = heed.make_key(Scope.SURVEYS_WRITE, Scope.TASKS_READ)
    assert heed.call("PUT", PATH, WORDS, key=key).status_code == 200
    assert heed.call("POST", f"{PATH}/sending", key=key).status_code == 403
