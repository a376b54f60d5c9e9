"""Forged, foreign, expired and mangled links to a task and to *Did this help?*: one answer."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from chalicelib import moments
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.token import Link
from chalicelib.tasks.course_items import ASKS_FOR
from chalicelib.tasks.links import TaskLink
from tests.attack.forged import OVER, mangled, wrong_helped_links, wrong_task_links
from tests.functional.conftest import Heed
from tests.functional.tasks.test_helped import Asked, link_to
from tests.support.owners import path_of, task_of
from tests.support.samples import KEYS, SURVEY


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(moments.now().replace(minute=5), tick=False) as clock:
        yield clock


def refused(heed: Heed, door: str, tokens: Iterable[tuple[str, str]], form: Any) -> None:
    before, neutral = heed.stored(), heed.open(f"/{door}/{'a' * 80}").body
    for name, token in tokens:
        for answer in (heed.open(f"/{door}/{token}"), heed.post_form(f"/{door}/{token}", form)):
            if name == OVER:
                assert answer.status_code == 410
            else:
                assert (answer.status_code, answer.body) == (404, neutral), name
    assert heed.stored() == before


def test_no_wrong_link_opens_a_task(heed: Heed, clock: Any) -> None:
    task, other = task_of(heed), task_of(heed, "b")
    ends, person = moments.now() + timedelta(days=1), "kari@example.com"
    link = TaskLink(task, invitations_wiring.person_of(person), ends)
    assert heed.open(path_of(task)).status_code == 200
    mine, others = (path_of(one).rpartition("/")[2] for one in (task, other))
    cut = [(f"mangled: {token}", token) for token in mangled(mine, others)]
    wrong = [*cut, *wrong_task_links(link, KEYS, moments.now())]
    refused(heed, "t", wrong, {"version": "1", "act": "take"})


def test_no_wrong_link_says_that_it_helped(heed: Heed, clock: Any) -> None:
    asked = Asked(heed, clock)
    other = link_to(task_of(heed, "b"))
    told_at = moments.from_text(asked.task["closed_at"])
    link = Link(asked.invitation.id, SURVEY.id, told_at + ASKS_FOR)
    cut = [(f"mangled: {token}", token) for token in mangled(asked.token, other)]
    wrong = [*cut, *wrong_helped_links(link, KEYS, moments.now())]
    refused(heed, "h", wrong, {"score": "0"})
