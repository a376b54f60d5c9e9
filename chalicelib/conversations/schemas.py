"""What is taken and given of conversations about published answers."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from typing_extensions import TypedDict

from chalicelib.ballots.conversation import LONGEST, MOST, Side
from chalicelib.text import CONTROLS, TURNS, VISIBLE
from chalicelib.web.pagination import PageQuery
from chalicelib.web.query import Whole
from chalicelib.web.schemas import Day, Doc, Id, NextCursor

EXAMPLE = {"text": "Thank you. Which lift is slow? We would like to measure it."}
# Lines with something to read on them.
LINES = rf"^(?:[^{CONTROLS}{TURNS}]|[\n\t])*{VISIBLE}(?:[^{CONTROLS}{TURNS}]|[\n\t])*$"


class ReplyBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: Annotated[
        str,
        StringConstraints(max_length=LONGEST, pattern=LINES),
        AfterValidator(str.strip),
        Field(description="Plain text. Shown to whoever opens the receipt of the answer."),
    ]


class ConversationsQuery(PageQuery):
    # A page of long messages has to fit into one answer of Lambda.
    limit: Whole = Field(default=20, ge=1, le=40, description="At most so many items.")


class Message(TypedDict):
    by: Annotated[Side, Doc("`person` is whoever holds the receipt. Nobody knows who.")]
    day: Annotated[Day, Doc("Of the survey's zone. No hour is stored.")]
    text: str


class Conversation(TypedDict):
    response: Annotated[Id, Doc("The id of the answer, as the list of responses shows it.")]
    messages: Annotated[list[Message], Doc("In the order in which they came.", maxItems=MOST)]


class ConversationPage(TypedDict):
    items: Annotated[list[Conversation], Doc("In the order of the answers' stored ids.")]
    next: NextCursor
