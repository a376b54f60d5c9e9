"""What Slack sends."""

from typing import Annotated

from typing_extensions import TypedDict

from chalicelib.web.schemas import Doc


class SlackAction(TypedDict):
    payload: Annotated[str, Doc("JSON, as docs.slack.dev describes `block_actions`.")]
