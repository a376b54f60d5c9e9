"""The response rate, by the outcome codes of AAPOR (Standard Definitions, 10th edition, 2023).
It counts everybody and is not a sample, so it has no interval."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Dispositions:
    """complete: scored, or every required question answered; partial: scored with required
    questions open; refused: unsubscribed; no_contact: delivered and silent; other: absent or
    left; unknown: bounced or suppressed. People who were sent nothing are not counted."""

    complete: int
    partial: int
    refused: int
    no_contact: int
    other: int
    unknown: int

    @property
    def rr2(self) -> float | None:
        """(I + P) / (I + P + R + NC + O + U)."""
        answered = self.complete + self.partial
        asked = answered + self.refused + self.no_contact + self.other + self.unknown
        return answered / asked if asked else None


def dispositions_of(counts: Mapping[str, int]) -> Dispositions:
    """Source: docs/decisions/0013. A survey requires one question, so each answer is complete.
    `other` is 0 because Heed does not know who was absent or has left."""
    asked, answered = counts.get("asked", 0), counts.get("answered", 0)
    refused, bounced = counts.get("refused", 0), counts.get("bounced", 0)
    return Dispositions(
        complete=answered,
        partial=0,
        refused=refused,
        no_contact=asked - answered - refused - bounced,
        other=0,
        unknown=bounced,
    )
