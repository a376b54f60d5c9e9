"""How many of those asked have answered, in the outcome codes of AAPOR (Standard Definitions,
10th edition, 2023). A count of everybody and not a sample: it has no interval."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Dispositions:
    """complete: scored, or every required question answered; partial: scored with required
    questions open; refused: unsubscribed; no_contact: delivered and silent; other: absent or
    left; unknown: bounced or suppressed. Who was never sent anything is in none of them."""

    complete: int
    partial: int
    refused: int
    no_contact: int
    other: int
    unknown: int

    @property
    def rr1(self) -> float | None:
        """I / (I + P + R + NC + O + U)."""
        return _share(self.complete, self._eligible + self.unknown)

    @property
    def rr2(self) -> float | None:
        """(I + P) / (I + P + R + NC + O + U)."""
        return _share(self.complete + self.partial, self._eligible + self.unknown)

    def rr3(self, e: float) -> float | None:
        """I / (I + P + R + NC + O + e U), e the share of the unknown held to be eligible."""
        return _share(self.complete, self._eligible + e * self.unknown)

    @property
    def rr5(self) -> float | None:
        """I / (I + P + R + NC + O)."""
        return _share(self.complete, self._eligible)

    @property
    def rr6(self) -> float | None:
        """(I + P) / (I + P + R + NC + O)."""
        return _share(self.complete + self.partial, self._eligible)

    @property
    def _eligible(self) -> int:
        return self.complete + self.partial + self.refused + self.no_contact + self.other


def _share(part: int, whole: float) -> float | None:
    return part / whole if whole else None
