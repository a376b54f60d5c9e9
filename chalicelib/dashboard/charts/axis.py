"""The axis of scores: always the whole scale, so that a small change looks small. Pure."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from chalicelib.scores.metric import ENDS
from chalicelib.surveys.scale import Scale

_MARKS: Final[dict[Scale, Sequence[float]]] = {
    Scale.NPS: (-100, -50, 0, 50, 100),
    Scale.CSAT: (0, 25, 50, 75, 100),
    Scale.CES: (1, 2, 3, 4, 5, 6, 7),
    Scale.THUMBS: (0, 25, 50, 75, 100),
}


class Axis(Struct, frozen=True):
    """From `start`, where the lowest score of the scale is, to `end`."""

    scale: str
    start: float
    end: float

    @property
    def marks(self) -> Sequence[float]:
        return _MARKS[Scale(self.scale)]

    def place(self, score: float) -> float:
        """A score off the scale stands at its end."""
        low, high = ENDS[Scale(self.scale)]
        share = (min(max(score, low), high) - low) / (high - low)
        return self.start + share * (self.end - self.start)
