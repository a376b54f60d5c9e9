"""The themes of what people said, counted."""

from typing import Any

import pytest

from chalicelib.api_keys.api_key import Scope
from chalicelib.responses import count_themes as theme_counts
from tests.support.answers import THEMES, Said, refused


def themes(said: Said, **query: object) -> Any:
    answer = said.get(THEMES, **query)
    assert answer.status_code == 200, answer.json_body
    return answer.json_body


def test_themes_are_counted_by_band_and_given_no_score(four: Said) -> None:
    found = themes(four)
    waiting = {"promoter": 0, "passive": 1, "detractor": 1}
    assert found["themes"][0] == {"theme": "Waiting", "count": 2, "bands": waiting}
    assert [one["theme"] for one in found["themes"]] == ["Waiting", "People", "Price"]
    assert (found["complete"], found["responses"], found["comments"]) == (True, 4, 3)


def test_themes_are_those_of_the_range(four: Said) -> None:
    assert themes(four, **{"from": "2026-11-21"})["responses"] == 0
    assert refused(four.get(THEMES, **{"from": "2026-11-21", "to": "2026-11-21"}))[1] == "from"
    assert four.get(THEMES, sort="count").status_code == 400


def test_themes_say_how_far_they_were_read(four: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme_counts, "MOST_READ", 2)
    found = themes(four)
    assert (found["complete"], found["responses"]) == (False, 2)
    assert found["read_to"] == "2026-11-20T12:03:00.000Z"


def test_themes_want_the_scope(said: Said) -> None:
    key = said.heed.make_key(Scope.SCORES_READ)
    assert said.heed.call("GET", THEMES, key=key).status_code == 403
