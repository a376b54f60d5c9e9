"""The corpus in a real browser: the page's own script, and what the app makes of it."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.onetap.browser import Played, play_all
from tests.onetap.browser_visit import Visit

CORPUS = json.loads(
    (Path(__file__).parents[2] / "data/onetap/corpus.json").read_text(encoding="utf-8")
)
DECISIVE = ("nav_type", "painted", "visibility", "prerendered", "webdriver", "touch", "engine_ok")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def played() -> list[Played]:
    """Every scenario in which a script runs: about two minutes."""
    in_browser = [one for one in CORPUS["scenarios"] if one["driver"] == "browser"]
    return play_all(in_browser, CORPUS["header_sets"])


def test_the_app_is_right_about_every_scenario(played: list[Played]) -> None:
    """What is wrong is played once more: a busy machine opens two links of a sweep so late
    that they are no sweep. A judge that is wrong is wrong twice."""
    first = [one for one in played if wrong_about(one)]
    assert len(first) <= 3, "\n".join(wrong_about(one) for one in first)
    again = play_all([one.result.scenario for one in first], CORPUS["header_sets"])
    assert [wrong_about(one) for one in again if wrong_about(one)] == []


def wrong_about(one: Played) -> str:
    """Nothing when it is right, or when the corpus calls it a known gap."""
    result = one.result
    is_gap = result.scenario["expected"]["strictness"].startswith("known")
    if is_gap or result.outcome == "right":
        return ""
    return f"{result.scenario['id']} {result.outcome}: {result.found}"


def test_a_visit_sends_exactly_the_beacons_of_the_corpus(played: list[Played]) -> None:
    """What differs is played once more: a busy machine can be too late for a page's last word."""
    first = [one for one in played if differences_of(one)]
    assert len(first) <= 3, "\n".join(each for one in first for each in differences_of(one))
    again = play_all([one.result.scenario for one in first], CORPUS["header_sets"])
    wrong = [each for one in again for each in differences_of(one)]
    assert not wrong, "\n".join(wrong)
    assert sum(len(visit.beacons) for one in played for visit in one.visits) > 200


def differences_of(one: Played) -> list[str]:
    return [each for visit in one.visits for each in differences(visit, one.result.scenario)]


def differences(visit: Visit, scenario: dict[str, Any]) -> list[str]:
    """A closed page sends nothing. When a form is sent another page comes, which reports
    nothing; a beacon that the corpus has behind the form may have been quicker."""
    if "<form" not in visit.first_page:
        return [f"{scenario['id']} {visit.name}: a closed page reports"] if visit.beacons else []
    possible = [one for one in visit.expected if not one.get("page_should_not_send")]
    arriving = [one for one in possible if not one.get("lost")]
    required = Counter(expected(one) for one in arriving if one["t"] < form_at(visit, scenario))
    sent = Counter(told(one) for one in visit.beacons if not is_press(one))
    missing = required - sent
    surplus = sent - Counter(expected(one) for one in arriving)
    if not missing and not surplus:
        return []
    return [f"{scenario['id']} {visit.name}: missing {list(missing)}, surplus {list(surplus)}"]


def form_at(visit: Visit, scenario: dict[str, Any]) -> float:
    sent = [
        one["t"]
        for one in scenario["steps"]
        if one["op"] == "submit" and one["visit"] == visit.name and one.get("nonce") == "valid"
    ]
    return min(sent, default=float("inf"))


def expected(step: dict[str, Any]) -> tuple[Any, ...]:
    return told(step["evidence"] | {"type": step["type"]})


def told(beacon: dict[str, Any]) -> tuple[Any, ...]:
    gesture = (beacon.get("gesture") or {}).get("type")
    return (beacon["type"], gesture, *(beacon[name] for name in DECISIVE))


def is_press(beacon: dict[str, Any]) -> bool:
    """Voice control leaves no press of a pointer; Playwright's click does."""
    return (beacon.get("gesture") or {}).get("type") == "pointerdown"
