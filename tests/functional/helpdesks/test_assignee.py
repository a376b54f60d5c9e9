"""The hook may name who served. It keeps nobody from being asked."""

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.functional.helpdesks.test_hooks import changed, deliver
from tests.support.samples import SURVEY


def use(plan: str) -> None:
    surveys_wiring.surveys().put(replace(SURVEY, plan=plan))
    surveys_wiring.catalogue.cache_clear()


@pytest.mark.parametrize(
    ("assignee", "kept"),
    [
        ({"email": "kari@example.com"}, ["kari@example.com"]),
        ({"email": ""}, []),
        ({"email": None}, []),
        ({"email": "{{ticket.assignee.email}}"}, []),
        ({"email": 'kari", "x'}, []),
        ({}, []),
        ("Kari Nordmann", []),
        (None, []),
    ],
)
def test_whoever_served_is_kept_apart_and_a_ticket_without_one_is_asked_about(
    heed: Heed, assignee: Any, kept: list[str]
) -> None:
    use("help_desk")
    assert deliver(heed, changed() | {"assignee": assignee}, delivery="one").status_code == 202
    assert len(heed.items("INVITE")) == 1
    assert [item["email"] for item in heed.items("SERVED")] == kept
    assert all("kari" not in str(item) for item in heed.items("INVITE"))


def test_nobody_is_kept_who_would_get_nothing(heed: Heed) -> None:
    use("default")
    body = changed() | {"assignee": {"email": "kari@example.com"}}
    assert deliver(heed, body, delivery="one").status_code == 202
    assert heed.items("SERVED") == []


def test_an_agent_is_not_asked_about_the_own_ticket(heed: Heed) -> None:
    body = changed() | {"assignee": {"email": "Ingrid.Solheim@Example.com"}}
    answer = deliver(heed, body, delivery="one")
    assert (answer.status_code, answer.json_body["reason"]) == (202, "own_ticket")
    assert heed.items("INVITE") == []


@pytest.mark.parametrize(
    ("group", "themes", "reason"),
    [
        ("Nordmann, Kari", {}, "segment_folded"),
        ("Network", {"Best": ["k. nordmann"]}, "theme_of_employee"),
        ("Network", {"Speed": ["slow"]}, None),
    ],
)
def test_what_stands_for_whoever_served_is_told_in_the_log_of_deliveries(
    heed: Heed, group: str, themes: dict[str, list[str]], reason: str | None
) -> None:
    surveys_wiring.surveys().put(replace(SURVEY, themes=themes))
    surveys_wiring.catalogue.cache_clear()
    body = changed(group=group) | {"assignee": {"email": "kari.nordmann@example.com"}}
    assert deliver(heed, body, delivery="one").status_code == 202
    (asked,) = heed.items("INVITE")
    assert "Nordmann" not in str(asked["segments"])
    (line,) = heed.items("HOOKED")
    assert line.get("reason") == reason
