"""The digest of a team: when it is written, to whom, and what it says."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from msgspec.structs import replace

from chalicelib import sent_keys, wiring
from chalicelib.notify import wiring as notify_wiring
from chalicelib.notify.letter_store import letter_from_item
from chalicelib.notify.write_digests import write_digests
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.functional.tasks.test_tasks import CLOSED, patch
from tests.support.samples import SURVEY, stored_invitation
from tests.support.tasks import hear
from tests.support.ticks import release_due

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")
KARI = {"id": "kari", "name": "Kari", "email": "kari@example.com", "lang": "nb"}
OLAV = {"id": "olav", "name": "Olav", "email": "olav@example.com"}
DESK = {
    "name": "Desk",
    "people": [KARI, OLAV],
    "calendar": {
        "tz": "Europe/Oslo",
        "hours": {day: ["08:00-16:00"] for day in WEEK},
        "country": "NO",
    },
    "digest": "daily",
}
WEDNESDAY = datetime(2026, 11, 18, 12, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 19, 7, tzinfo=UTC)  # 08:00 in Oslo
NEXT = sent_keys.digest("desk")


@pytest.fixture
def clock(heed: Heed) -> Any:
    with time_machine.travel(WEDNESDAY, tick=False) as clock:
        surveys_wiring.surveys().put(replace(SURVEY, task_team="desk"))
        heed.call("PUT", "/v1/teams/desk", DESK)
        yield clock


def answer(name: str, score: int, comment: str | None) -> str:
    made, now = stored_invitation(wiring.table(), name), datetime.now(UTC)
    said = Answer(score, comment)
    record_response(made.id, said, new_operation(now), "UTC", now, responses_wiring.record_needs())
    hear(made.id)
    return made.id


def write(now: datetime) -> None:
    write_digests("desk", now, notify_wiring.write_digests_needs())


def letters(heed: Heed) -> list[Any]:
    return sorted(heed.items("LETTER"), key=lambda item: str(item["to"]))


def composed(heed: Heed, place: int = 0) -> Any:
    letter = letter_from_item(letters(heed)[place])
    return notify_wiring.composers()["digest"](letter, datetime.now(UTC))


def test_it_is_written_when_the_working_day_begins_once_for_each_of_the_people(
    heed: Heed, clock: Any
) -> None:
    assert wiring.table().get(NEXT)["due_at"] == "2026-11-19T07:00:00.000Z"
    write(THURSDAY - timedelta(minutes=1))
    assert letters(heed) == []
    write(THURSDAY)
    write(THURSDAY)
    assert [item["to"] for item in letters(heed)] == [
        {"member": name, "since": "2026-11-17", "until": "2026-11-19"} for name in ("kari", "olav")
    ]
    assert wiring.table().get(NEXT)["due_at"] == "2026-11-20T07:00:00.000Z"


def test_a_monday_s_has_the_weekend_in_it_and_a_holiday_has_none(heed: Heed, clock: Any) -> None:
    for day in (19, 20, 23):
        write(datetime(2026, 11, day, 7, tzinfo=UTC))
    assert letters(heed)[-1]["to"]["since"] == "2026-11-20"
    clock.move_to(datetime(2026, 12, 24, 12, tzinfo=UTC))
    heed.call("PUT", "/v1/teams/desk", DESK)
    before = len(letters(heed))
    write(datetime(2026, 12, 25, 7, tzinfo=UTC))
    assert len(letters(heed)) == before
    assert wiring.table().get(NEXT)["due_at"] == "2026-12-28T07:00:00.000Z"


def test_words_come_without_name_and_score_and_counts_are_of_the_team(
    heed: Heed, clock: Any
) -> None:
    answer("anna", 2, 'The dock "dies" 🙂\nevery day')
    task = answer("ben", 3, None)
    answer("cara", 10, "Thank you!")
    patch(heed, task, {**CLOSED, "fixed": True})
    write(THURSDAY)
    told = composed(heed)
    assert (told.to.email, told.to.lang, told.listed_as) == ("kari@example.com", "nb", "desk")
    (part,) = told.facts["parts"]
    assert set(part.words) == {"Thank you!", 'The dock "dies" 🙂\nevery day'}
    assert (part.praise, part.closed, part.fixed, part.still_open, part.overdue) == (1, 1, 1, 1, 0)
    assert part.named == [("Wi-Fi", 1)]
    assert "Ingrid" not in str(told.facts)


def test_what_is_overdue_is_told_until_it_is_closed(heed: Heed, clock: Any) -> None:
    task = answer("anna", 2, None)
    # 24 working hours are three days.
    clock.move_to(THURSDAY + timedelta(days=5))
    release_due(wiring.table(), THURSDAY + timedelta(days=5), lambda response: None)
    write(THURSDAY)
    assert composed(heed).facts["parts"][0].overdue == 1
    patch(heed, task, CLOSED)
    assert composed(heed) == "nothing_to_say"


def test_a_sealed_survey_gives_no_words_and_no_praise(heed: Heed, clock: Any) -> None:
    answer("anna", 2, "Secret words")
    sealed = {"task_team": "desk", "identity": "confidential"}
    surveys_wiring.surveys().put(replace(SURVEY, **sealed))
    write(THURSDAY)
    (part,) = composed(heed).facts["parts"]
    assert (list(part.words), part.praise) == ([], None)


def test_there_is_a_reason_where_none_goes(heed: Heed, clock: Any) -> None:
    write(THURSDAY)
    assert composed(heed) == "nothing_to_say"
    answer("anna", 2, "Words")
    heed.call("PUT", "/v1/teams/desk", DESK | {"people": [OLAV]})
    assert composed(heed) == "left_the_team"
    heed.call("PUT", "/v1/teams/desk", DESK | {"digest": "never"})
    assert composed(heed, 1) == "not_wished"
    assert wiring.table().get(NEXT) is None


def test_a_team_gets_one_a_week_unless_it_says_otherwise(heed: Heed, clock: Any) -> None:
    usual = {name: value for name, value in DESK.items() if name != "digest"}
    shown = heed.call("PUT", "/v1/teams/desk", usual).json_body
    assert shown["digest"] == "weekly"
    assert wiring.table().get(NEXT)["due_at"] == "2026-11-23T07:00:00.000Z"


def test_a_team_that_is_gone_is_asked_about_no_more(heed: Heed, clock: Any) -> None:
    heed.call("DELETE", "/v1/teams/desk")
    write(THURSDAY)
    assert letters(heed) == []
    assert "due_shard" not in wiring.table().get(NEXT)
