"""What Slack sends when somebody presses a button of a message: a form whose only field is JSON.
Pure."""

import re
from typing import Any, Final, Literal
from urllib.parse import parse_qs

from chalicelib.discreet import Discreet
from chalicelib.errors import BadRequest
from chalicelib.notify.chat.slack import CLOSE, TAKE, TASK
from chalicelib.strict_json import read_strict_json

# Whoever can forge a press can also name the address that is answered to: it is Slack's or none.
RESPONSE_URL: Final = re.compile(r"https://hooks\.slack\.com/[A-Za-z0-9/_-]{1,300}")
USER: Final = re.compile(r"[UW][A-Z0-9]{1,30}")
MOST_CAUSE: Final = 60


class Press(Discreet, frozen=True):
    """`cause` is that of a task that is to be closed. `answer_to` None: nobody is answered."""

    hidden = ("answer_to",)

    user: str
    does: Literal["take", "close"]
    task: str
    cause: str | None = None
    answer_to: str | None = None


def press_in(raw: bytes) -> Press | None:
    """None when nothing is to be done: a button that opens a page tells of it as well. Raises
    BadRequest."""
    payload = _payload(raw)
    actions = payload.get("actions")
    if payload.get("type") != "block_actions" or not isinstance(actions, list) or not actions:
        return None
    action, user = _object(actions[0]), str(_object(payload.get("user")).get("id", ""))
    block = str(action.get("block_id", ""))
    if not block.startswith(TASK) or not USER.fullmatch(user):
        return None
    task, answer_to = block.removeprefix(TASK), _answer_to(payload)
    if action.get("action_id") == TAKE:
        return Press(user, "take", task, None, answer_to)
    chosen = _object(action.get("selected_option")).get("value")
    if action.get("action_id") != CLOSE or not isinstance(chosen, str):
        return None
    return Press(user, "close", task, chosen[:MOST_CAUSE], answer_to)


def _payload(raw: bytes) -> dict[str, Any]:
    """Raises BadRequest."""
    try:
        fields = parse_qs(raw.decode("ascii"), strict_parsing=True, max_num_fields=5)
        found = read_strict_json(fields["payload"][0])
    except (ValueError, KeyError, RecursionError) as error:
        raise BadRequest("not_a_press", "The body is no form with JSON in `payload`.") from error
    return _object(found)


def _object(found: object) -> dict[str, Any]:
    return found if isinstance(found, dict) else {}


def _answer_to(payload: dict[str, Any]) -> str | None:
    url = payload.get("response_url")
    return url if isinstance(url, str) and RESPONSE_URL.fullmatch(url) else None
