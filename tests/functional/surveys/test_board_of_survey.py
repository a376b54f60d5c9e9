"""A sealed survey that has asked shows where its answers are published."""

from typing import Any

import pytest
from msgspec.structs import replace

from tests.functional.conftest import Heed
from tests.support.ballots import ANONYMOUS, stored_box
from tests.support.problems import problem
from tests.support.samples import SURVEY
from tests.support.wave import DEFINITION, PATH

NAMED = f"/v1/surveys/{SURVEY.id}"


@pytest.fixture
def shown(heed: Heed) -> Any:
    heed.call("PUT", PATH, DEFINITION)
    assert heed.call("GET", PATH).json_body["board"] is None
    stored_box(replace(ANONYMOUS, success="Four of five."), 0)
    return heed.call("GET", PATH).json_body


def test_its_document_has_the_address_of_its_board(shown: Any, heed: Heed) -> None:
    assert shown["board"].startswith("https://heed.example.com/b/")
    assert heed.open(shown["board"].removeprefix("https://heed.example.com")).status_code == 404
    assert heed.call("GET", NAMED).json_body["board"] is None


def test_what_was_shown_may_be_sent_back(shown: Any, heed: Heed) -> None:
    for path in (PATH, NAMED):
        document = heed.call("GET", path).json_body
        answer = heed.call("PUT", path, document | {"name": "Another name"})
        assert (answer.status_code, answer.json_body["board"]) == (200, document["board"])
        assert "board" not in next(
            item for item in heed.items("SURVEY") if item["id"] == document["id"]
        )
    without = {name: value for name, value in shown.items() if name != "board"}
    assert heed.call("PUT", PATH, without).json_body["board"] == shown["board"]


@pytest.mark.parametrize("other", ["https://heed.example.com/b/other", "nothing", 7, [], ""])
def test_nobody_chooses_a_board(shown: Any, heed: Heed, other: object) -> None:
    for path in (PATH, NAMED):
        document = heed.call("GET", path).json_body
        refused = heed.call("PUT", path, document | {"board": other})
        assert problem(refused)[0] == 409
        assert refused.json_body["errors"][0]["code"] == "board_differs"
