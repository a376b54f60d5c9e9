"""Insights, as the API answers them."""

from datetime import date
from typing import Literal

from pydantic import Field

from chalicelib.web.shape import Shape


class InsightShape(Shape):
    rule: Literal[
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
        "nothing_clear",
    ]
    says: str = Field(description="A sentence in English that claims no cause.")
    numbers: dict[str, str | int | float | None] = Field(
        description="Every number of the sentence, by its name."
    )


class InsightsShape(Shape):
    survey: str
    from_: date = Field(alias="from")
    to: date = Field(description="The day after the last one.")
    items: list[InsightShape] = Field(description="Never empty; good news first.")
