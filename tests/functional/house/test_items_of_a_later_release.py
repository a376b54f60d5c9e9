"""Readers leave out what they do not know: an item of a later release is read as it is, while
a deploy goes on and after it was taken back."""

from typing import Any

import pytest

import app
from chalicelib import keys, moments, wiring
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.judge.facts import Arrival, Place
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.table import Put, Update
from tests.functional.conftest import Heed
from tests.functional.house.test_tick_and_aside import Clock
from tests.support.every_kind import HOME, make_every_kind, paths
from tests.support.samples import SURVEY, invitation, stored_invitation

LATER = {"of_a_later_release": {"more": ["x"], "count": 2}}
NOW = moments.now()


def with_more(value: Any, name: str = "") -> Any:
    """An unknown attribute in every map. Themes and values of segments are words."""
    if not isinstance(value, dict) or name in ("themes", "segment_of", "segment_values"):
        return value
    return {part: with_more(one, part) for part, one in value.items()} | LATER


@pytest.fixture
def kinds(heed: Heed) -> set[str]:
    """Each with an attribute more."""
    make_every_kind(heed, NOW)
    items = heed.stored()
    for item in items:
        wiring.table().write(Put(with_more(item)))
    surveys_wiring.catalogue.cache_clear()
    return {item["SK"].partition("#")[0] for item in items}


def test_every_kind_of_item_is_read_with_an_attribute_more(heed: Heed, kinds: set[str]) -> None:
    wanted = {"SURVEY", "PERSON", "ASKED", "INVITE", "VISIT", "RESPONSE", "CHANGE", "TASK"}
    wanted |= {"FOLLOWUP", "ACCOUNT", "TEAM", "CONTACT", "OUTCOME", "HOOK", "KEY"}
    assert wanted <= kinds
    for path in paths(heed):
        answer = heed.call("GET", path)
        assert answer.status_code == 200, (path, answer.body)
    shown = heed.call("GET", f"/v1/surveys/{SURVEY.id}/responses").json_body["items"]
    assert [(one["score"], one["ticket"]["id"]) for one in shown] == [(2, "48213")]


@pytest.mark.usefixtures("kinds")
def test_the_judge_the_tick_and_the_recount_read_them_too(heed: Heed) -> None:
    anna = invitation("anna").id
    found = responses_wiring.responses().facts_of(anna)
    assert (len(found.arrivals), len(found.beacons), len(found.acts)) == (1, 1, 1)
    assert found.acts[0].pressed_at == found.acts[0].at - 1
    app.tick({}, Clock())
    ben = wiring.table().get(keys.invitation(invitation("ben").id))
    assert ben
    assert (ben["status"], ben["of_a_later_release"]) == ("queued", LATER["of_a_later_release"])
    before = heed.stored()
    app.recount({}, Clock(900_000))
    assert heed.stored() == before


@pytest.mark.usefixtures("heed")
def test_a_kind_of_fact_that_is_new_is_left_out() -> None:
    made = stored_invitation(wiring.table(), "anna")
    noted = Arrival(NOW.timestamp(), HOME, Place.HOME)
    responses_wiring.responses().note(made.id, noted, made.expires_at)
    wiring.table().write(Update(keys.visit(made.id), set={"rumour#v#1": {"at": 1}}))
    assert responses_wiring.responses().facts_of(made.id).arrivals == (noted,)
