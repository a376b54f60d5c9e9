"""The ballot box of a sealed survey: what was fixed at its first ask, and how far it is. Pure."""

from enum import StrEnum

from msgspec import Struct


class BoxState(StrEnum):
    """Frozen: nothing is cast any more, and the rest is published when nothing is under way.
    Closing: what is left is being destroyed."""

    OPEN = "open"
    FROZEN = "frozen"
    CLOSING = "closing"
    CLOSED = "closed"


class Box(Struct, frozen=True):
    """Days are days of the survey's zone. `frozen_at` is gone once it is closed. `counts` are
    those of the closing record, from when nothing can change them. `waves` are hashes of the
    people of each wave that was begun. `told`: its groups are known outside the table `Ballots`
    too."""

    survey: str
    identity: str
    smallest_group: int
    board: str
    groups: tuple[str, ...] = ()
    closes_on: str | None = None
    state: BoxState = BoxState.OPEN
    last_release: str | None = None
    releases: int = 0
    frozen_at: str | None = None
    counts: dict[str, int] | None = None
    waves: tuple[str, ...] = ()
    told: bool = False

    @property
    def keeps_back(self) -> int:
        """How many ballots wait for the close, so that no two views differ by fewer than a
        group: not of a confidential survey, which publishes all that wait or nothing."""
        return self.smallest_group if self.identity == "anonymous" else 0

    def takes_on(self, day: str) -> bool:
        return self.state is BoxState.OPEN and not self.is_over(day)

    def is_over(self, day: str) -> bool:
        return self.closes_on is not None and day > self.closes_on
