"""Surveys, put and shown."""

import pytest

from tests.functional.conftest import Heed


@pytest.mark.parametrize("minutes", [-1, 43_201, "soon", None])
def test_a_pause_that_cannot_be_is_refused(heed: Heed, minutes: object) -> None:
    body = {"name": "R", "question": "How likely?", "audience": "external", "team": "Sales"}
    change = {"open_link": True, "open_link_pause_minutes": minutes}
    assert heed.call("PUT", "/v1/surveys/reviews", body | change).status_code == 422
