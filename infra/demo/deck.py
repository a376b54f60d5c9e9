"""Chance that keeps to its shares."""

import random
from collections.abc import Hashable, Sequence
from typing import Any, TypeVar

T = TypeVar("T")


class Decks:
    """Cards are dealt without being put back: over each whole deck a share is exact. So the
    demo says what was planted, and nothing that chance would have said. The same seed deals the
    same cards."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self._left: dict[Hashable, list[Any]] = {}

    def deal(self, deck: Hashable, cards: Sequence[T]) -> T:
        """`deck` is any name; it is dealt from the same cards each time."""
        left: list[T] = self._left.get(deck) or self.chance.sample(cards, len(cards))
        self._left[deck] = left
        return left.pop()

    def deal_share(self, deck: Hashable, yes: int, of: int) -> bool:
        return self.deal(deck, [place < yes for place in range(of)])
