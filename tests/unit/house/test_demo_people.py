"""The people of the demo: what they say, who is left alone, what an operator finds to do."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib import keys
from chalicelib.listed import Listing
from chalicelib.notify.untold import ARRIVED
from chalicelib.publish import events_of
from chalicelib.responses.store import ResponseStore
from chalicelib.stuck import untold_tasks
from chalicelib.surveys.colleagues import colleagues_in, refuse_people
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.read_themes import theme_reader
from chalicelib.table import Item
from chalicelib.teams.store import TeamStore
from infra.demo.cast import DEMO_MEMBER
from infra.demo.story import DROPS, GATEWAY_NOTE, HELD, NOT_ASKED_AGAIN
from infra.demo.surveys import CLIENTS, DESK, SURVEYS
from infra.demo.words import BLAME, PRAISE
from tests.support.demo import FIRST_MENDED, FIRST_WORSE, Told
from tests.support.fakes import FakeTable

NOW = datetime(2026, 11, 29, 15, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def told() -> Told:
    return Told(NOW)


@pytest.fixture(scope="module")
def stored(told: Told) -> list[Item]:
    """As the real table gets it."""
    table = FakeTable()
    told.table.send(table, NOW)
    return list(table.items.values())


def test_the_same_day_tells_the_same_story(told: Told) -> None:
    def items(of: Told) -> list[Item]:
        return [item for item in of.table.items() if not item["PK"].startswith("GOALS#")]

    assert items(Told(NOW)) == items(told)


def test_another_day_of_the_month_tells_the_same_of_the_months_that_are_over(told: Told) -> None:
    earlier = Told(NOW - timedelta(days=25))
    for months in (FIRST_WORSE, FIRST_MENDED):
        assert earlier.numbers("score_change", months=months) == told.numbers(
            "score_change", months=months
        )


def test_nobody_hears_of_what_happened_long_ago(stored: list[Item]) -> None:
    facts = {"id": "1", "occurred_at": "2026-11-29T15:30:00.000Z"}
    assert [events for item in stored if (events := events_of(facts, {}, item))] == []
    # The sweep acts on answers to taps only.
    assert {item["origin"] for item in stored if "origin" in item} == {"import"}


def test_no_sweep_of_the_days_after_tells_its_teams_of_the_tasks_that_wait(told: Told) -> None:
    table = FakeTable()
    told.table.send(table, NOW)
    waiting = [item for item in table.items.values() if item.get("state") == "open"]
    assert {item["team_id"] for item in waiting} == {DESK.task_team, CLIENTS.task_team}
    for hours in (1, 12, 36, 60):
        found = untold_tasks(table, NOW + timedelta(hours=hours), timedelta(days=9))
        # They are reminded of what is due later, as of any task.
        assert {event["detail-type"] for event in found} <= {ARRIVED}


def test_what_has_outlived_its_time_is_not_there(stored: list[Item], told: Told) -> None:
    ends = [item["expires_at"] for item in stored if "expires_at" in item]
    assert min(ends) > NOW.timestamp()
    assert Counter(item["SK"] for item in stored)["VISIT"] < len(told.kinds("VISIT")) / 2


def test_a_story_that_broke_off_is_told_again_without_harm(told: Told) -> None:
    table = FakeTable()
    told.table.send(table, NOW)
    once = dict(table.items)
    told.table.send(table, NOW)
    assert table.items == once


def test_every_address_is_made_up(told: Told) -> None:
    addresses = {item["email"] for item in told.table.items() if "email" in item}
    domains = {address.rpartition("@")[2] for address in addresses}
    assert {".".join(domain.split(".")[-2:]) for domain in domains} == {
        "example.com",
        "example.org",
    }
    assert len(addresses) > 500


def test_held_answers_wait_for_an_operator_with_their_reasons(told: Told) -> None:
    held = ResponseStore(told.table).page(Listing(keys.responses_of(DESK.id, "held")), 50)
    whys = Counter(response.why for response in held.responses)
    assert whys == {"sweep": 3, "robot": 2, "no_input": 1}
    assert sum(whys.values()) == len(HELD) == told.scores()["held"]


def test_who_is_not_asked_again_is_told_why(told: Told) -> None:
    reasons = Counter(item["reason"] for item in told.kinds("INVITE") if "reason" in item)
    assert reasons == Counter(what for _, _, what in NOT_ASKED_AGAIN)
    missing = told.scores(months=(6, 0))["non_response"]
    assert (missing["refused"], missing["bounced"]) == (3, 2)
    assert missing["silent"] > 500


def test_tasks_are_open_overdue_and_closed_with_causes(told: Told) -> None:
    tasks = [task for task in told.kinds("TASK") if task["survey"] == DESK.id]
    states = Counter((task["state"], task.get("overdue", False)) for task in tasks)
    assert 2 <= states["open", False] <= 8
    assert states["open", True] == 3
    assert states["closed", False] > 100
    assert states["closed", True] > 10
    assert len({task["cause"] for task in tasks if task["state"] == "closed"}) >= 6


def test_the_cause_that_was_mended_is_marked_as_fixed_when_the_gateway_came(told: Told) -> None:
    fixed = [task for task in told.kinds("TASK") if task.get("fixed")]
    assert len(fixed) >= 5
    assert {(task["cause"], task["note"]) for task in fixed} == {(DROPS, GATEWAY_NOTE)}
    assert len({task["closed_day"] for task in fixed}) == 1


def test_whoever_tries_the_demo_may_take_its_tasks(told: Told) -> None:
    teams = {team.id: team for team in TeamStore(told.table).every()}
    waiting = [task for task in told.kinds("TASK") if task["state"] == "open"]
    assert {task["survey"] for task in waiting} == {DESK.id, CLIENTS.id}
    for task in waiting:
        assert DEMO_MEMBER in {one.email for one in teams[task["team_id"]].people}


def test_no_theme_segment_or_question_of_the_demo_stands_for_one_of_its_teams(told: Told) -> None:
    people = colleagues_in(told.table)
    assert len(people) == 5
    for survey in SURVEYS:
        refuse_people(survey, people)


@pytest.mark.parametrize("survey", [DESK, CLIENTS], ids=lambda survey: survey.id)
def test_comments_speak_of_every_theme(told: Told, survey: Survey) -> None:
    themes_of = theme_reader(survey.themes, survey.lang)
    spoken = Counter(theme for comment in comments(told, survey) for theme in themes_of(comment))
    assert set(spoken) == set(survey.themes)
    assert min(spoken.values()) >= 3


def test_comments_are_in_the_languages_of_the_people(told: Told) -> None:
    said = set(comments(told, DESK))
    for words in (PRAISE, BLAME[DROPS]):
        assert all(said & set(spoken) for spoken in words.values())
        assert set(words) == {"en", "de", "nb", "ja"}


def comments(told: Told, survey: Survey) -> list[str]:
    answers = [item for item in told.kinds("RESPONSE") if item["survey"] == survey.id]
    return [item["comment"] for item in answers if "comment" in item]
