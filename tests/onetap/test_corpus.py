"""The public corpus through the app's routes, and whether the replay would notice."""

import json
import random
from collections import Counter
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from chalicelib.responses import judged
from chalicelib.responses.judge.verdict import State, Verdict, Why
from tests.onetap.door import Door
from tests.onetap.replay import Scenario, replay_http, report

CORPUS = json.loads((Path(__file__).parents[1] / "data/onetap/corpus.json").read_text())
BROWSER = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/154.0.0.0"}


@pytest.mark.parametrize("scenario", CORPUS["scenarios"], ids=lambda one: one["id"])
def test_every_scenario_ends_as_it_must(scenario: Scenario) -> None:
    result = replay_http(scenario, CORPUS)
    known = scenario["expected"]["strictness"].startswith("known")
    assert known or result.outcome == "right", f"{scenario['title']}: {result.found}"


def all_counted(*_: Any) -> Verdict:
    # A score of every scale.
    return Verdict(State.COUNTED, 1, Why.INPUT, 0.0, history=(1,))


def none_counted(*_: Any) -> Verdict:
    return Verdict(State.NONE)


@pytest.mark.parametrize(("judge", "kind"), [(all_counted, "phantom"), (none_counted, "lost")])
def test_the_replay_notices_a_judge_that_is_wrong(judge: Any, kind: str) -> None:
    with patch.object(judged, "judge", judge):
        results = [replay_http(one, CORPUS) for one in CORPUS["scenarios"]]
    lines: list[str] = []
    assert not report(results, lines.append)
    assert sum(result.outcome == kind for result in results) > 20
    assert f" 0 {kind}" not in lines[-1]


def test_the_replay_notices_a_score_that_was_not_written() -> None:
    (once,) = (one for one in CORPUS["scenarios"] if one["id"] == "M03")
    with patch.object(Door, "tally", lambda door: Counter()):
        assert replay_http(once, CORPUS).outcome == "wrong"


@pytest.mark.parametrize(
    ("others", "outcome"),
    [
        ({"b": None}, "right"),
        ({"b": {"counted_score": None}}, "right"),
        ({"b": 9}, "wrong"),
        ({"b": {"counted_score": 9}}, "wrong"),
    ],
)
def test_another_invitation_is_told_as_a_plain_number_or_by_its_name(
    others: dict[str, Any], outcome: str
) -> None:
    (scenario,) = [one for one in CORPUS["scenarios"] if one["id"] == "H05"]
    expected = scenario["expected"] | {"other_invitations": others}
    assert replay_http(scenario | {"expected": expected}, CORPUS).outcome == outcome


def test_the_last_line_says_how_often_it_was_right() -> None:
    lines: list[str] = []
    results = [replay_http(one, CORPUS) for one in CORPUS["scenarios"][:3]]
    assert report(results, lines.append)
    assert lines[-1] == "3 scenarios: 3 right, 0 phantom, 0 lost, 0 wrong"


@pytest.mark.parametrize("order", range(10))
def test_all_links_fetched_by_a_script_in_any_order_count_nothing(order: int) -> None:
    scenario: Scenario = {
        "clients": {"script": {"ip": "203.0.113.20", "net_class": "eyeball"}},
        "invitation": {"scale": "nps_0_10", "mx_posture": "unknown", "expires_after_s": 2592000},
    }
    door = Door(scenario)
    links = [door.path("rate", score) for score in range(11)]
    links += [door.path(kind) for kind in ("unsub_page", "privacy", "logo")]
    random.Random(order).shuffle(links)
    for place, link in enumerate(links):
        reply = door.send("GET", link, BROWSER, b"", "203.0.113.20", 3600 + place * 0.4)
        assert reply.status == 200
    door.tick(90_000)
    assert door.response() is None
    assert not door.is_unsubscribed()


def test_no_fraction_of_a_second_loses_a_form() -> None:
    """Facts are kept in milliseconds: one that is written down later than it was would not
    have been seen yet."""
    (scenario,) = [one for one in CORPUS["scenarios"] if one["id"] == "H19"]
    for place in range(40):
        shifted = json.loads(json.dumps(scenario))
        for step in shifted["steps"]:
            step["t"] += place / 40_000
        assert replay_http(shifted, CORPUS).outcome == "right"
