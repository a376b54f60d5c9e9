"""Insights, as the API answers them."""

from typing import Annotated, Literal

from typing_extensions import TypedDict

from chalicelib.web.schemas import Days, Doc, Time

Rule = Literal[
    "wins",
    "segment_gap",
    "segments_unread",
    "score_change",
    "response_rate_change",
    "cause_rising",
    "silent_account",
    "accounts_unread",
    "held_waiting",
    "too_few",
    "period_open",
    "nothing_clear",
]
Numbers = dict[str, str | int | float | None]


class Insight(TypedDict):
    rule: Rule
    says: Annotated[str, Doc("A sentence in English that claims no cause.")]
    numbers: Annotated[Numbers, Doc("Every number of the sentence, by its name.")]


class Insights(Days):
    survey: str
    accounts_as_of: Annotated[
        Time | None,
        Doc(
            "When silent accounts were looked for: once a day for the last 90 days, and just now"
            " for another range and after an erasure. None where the key may not learn of them."
        ),
    ]
    items: Annotated[list[Insight], Doc("Never empty; good news first.")]
