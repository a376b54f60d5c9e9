"""What a pressed button asks for, and what of it is left alone."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from chalicelib.errors import BadRequest
from chalicelib.notify.chat.press import Press, press_in
from tests.conftest import ROOT
from tests.support.slack_press import ANSWER_TO, closed, pressed, taken

VECTORS = json.loads((ROOT / "tests/data/notify/slack_signatures.json").read_text())


def test_a_button_takes_the_task_of_its_message() -> None:
    assert press_in(taken("one")) == Press("U0FICTIONAL", "take", "one", None, ANSWER_TO)


def test_the_menu_closes_it_with_the_chosen_cause() -> None:
    found = press_in(closed("one", 'Wrong "fix" & <more>'))
    assert found == Press("U0FICTIONAL", "close", "one", 'Wrong "fix" & <more>', ANSWER_TO)


def test_what_opens_a_page_changes_nothing() -> None:
    assert press_in(pressed({"action_id": "open"}, "one")) is None


def test_the_buttons_of_other_messages_change_nothing() -> None:
    assert press_in(VECTORS["made_up"]["raw_body"].encode()) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "view_submission"},
        {"actions": []},
        {"actions": [None]},
        {"actions": "take"},
        {"user": None},
        {"user": {"id": "../U1"}},
        {"user": {"id": 5}},
    ],
)
def test_another_shape_changes_nothing(changes: dict[str, Any]) -> None:
    assert press_in(taken("one", **changes)) is None


@pytest.mark.parametrize("chosen", [None, {}, {"value": None}, {"value": 7}])
def test_a_menu_without_a_choice_changes_nothing(chosen: object) -> None:
    assert press_in(pressed({"action_id": "close", "selected_option": chosen}, "one")) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.slack.com/actions/x",
        "https://hooks.slack.com.evil.example/x",
        "https://hooks.slack.com@evil.example/x",
        "https://hooks.slack.com:444/x",
        "https://hooks.slack.com/../x",
        "https://evil.example/?https://hooks.slack.com/x",
        "https://hooks.slack.com/x\n",
        7,
        None,
    ],
)
def test_only_slack_is_answered_to(url: object) -> None:
    found = press_in(taken("one", response_url=url))
    assert found is not None
    assert found.answer_to is None


@pytest.mark.parametrize(
    "raw",
    [
        *(b"", b"payload", b"{}", b"payload=", b"payload=%7B", b"other=1", b"\xff=1"),
        urlencode({"payload": '{"type": "a", "type": "b"}'}).encode(),
        urlencode({"payload": "[" * 100_000}).encode(),
    ],
)
def test_what_is_no_form_with_json_is_refused(raw: bytes) -> None:
    with pytest.raises(BadRequest):
        press_in(raw)
