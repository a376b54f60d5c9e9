"""What is given of releases and of a close. It tells nothing of what waits."""

from typing import Annotated

from typing_extensions import TypedDict

from chalicelib.ballots.box import BoxState
from chalicelib.web.schemas import Count, Doc


class ReleasedAnswers(TypedDict):
    blocks: Annotated[Count, Doc("How many blocks were published now.")]
    answers: Annotated[Count, Doc("How many answers they have.")]


class ClosingCounts(TypedDict):
    asked: Count
    published: Count
    held: Annotated[Count, Doc("What the judge did not take for a person's.")]
    left_out: Annotated[Count, Doc("Too few to be shown: destroyed unseen.")]
    releases: Count


class Closing(TypedDict):
    state: Annotated[
        BoxState,
        Doc(
            "`frozen`: no answer is taken any more; ask again after a minute, or wait for the"
            " hourly job. `closed`: ballots and keys are destroyed."
        ),
    ]
    counts: Annotated[ClosingCounts | None, Doc("Null until everything was counted.")]
