"""What the routes of Slack's buttons take and give."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints
from typing_extensions import TypedDict

from chalicelib.web.schemas import Doc

EXAMPLE = {"signing_secret": "what-slack-shows-beside-the-app"}


class SlackAction(TypedDict):
    payload: Annotated[str, Doc("JSON, as docs.slack.dev describes `block_actions`.")]


class ActionsBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    signing_secret: Annotated[str, StringConstraints(pattern=r"^[!-~]{16,200}$")]


class Actions(TypedDict):
    request_url: Annotated[str, Doc("The Request URL of the Slack app's interactivity.")]
