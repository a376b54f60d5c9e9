"""In Intercom a customer's answer opens a closed conversation, and nobody of the team does."""

from typing import Any

import pytest

from chalicelib.helpdesks.source import shape_of
from chalicelib.helpdesks.trigger import is_reopened
from tests.support.inbound import sample
from tests.unit.helpdesks.test_reasons import put


def is_open_again(changes: dict[str, Any]) -> bool:
    told = sample("intercom_conversation_admin_closed")
    (place,) = told.places()
    for path, value in changes.items():
        put(place.item, path, value)
    shape = shape_of(told.desk, place, "")
    assert shape
    return is_reopened(shape, place)


REPLIED = {"topic": "conversation.user.replied", "data.item.state": "open"}


def test_an_answer_to_what_was_closed_opens_it() -> None:
    assert is_open_again(REPLIED)


@pytest.mark.parametrize(
    "other",
    [
        {"data.item.statistics": None},
        {"data.item.statistics": {"first_close_at": None, "last_close_at": None}},
        {"data.item.state": "closed"},
        {"topic": "conversation.admin.noted"},
    ],
)
def test_any_other_word_of_it_opens_nothing(other: dict[str, Any]) -> None:
    assert not is_open_again(REPLIED | other)
