"""Who the made-up people are, how they answer and what they say."""

from datetime import datetime, timedelta
from typing import Final

from chalicelib.mail.posture import Posture
from chalicelib.surveys.scale import Band
from infra.demo.deck import Decks
from infra.demo.story import Bands
from infra.demo.words import FIRST, LAST, Words

# The points of each band, the likelier ones more often.
POINTS: Final = {
    Band.PROMOTER: (10, 9, 9, 10, 9),
    Band.PASSIVE: (8, 7, 8),
    Band.DETRACTOR: (6, 5, 3, 6, 4, 2, 0),
}
# Of twenty in the band who leave words.
SPEAKS: Final = {Band.PROMOTER: 6, Band.PASSIVE: 5, Band.DETRACTOR: 14}
# Signs in to the pages of the local stack.
DEMO_MEMBER: Final = "you@example.com"
POSTURES: Final = (Posture.SCANNED,) * 3 + (Posture.CONSUMER, Posture.UNKNOWN)


def name_of(number: int) -> str:
    return f"{FIRST[number % len(FIRST)]} {LAST[(number // len(FIRST) + number) % len(LAST)]}"


def at(midnight: datetime, days_ago: float, hour: float) -> datetime:
    """To the second."""
    return midnight - timedelta(days=days_ago) + timedelta(seconds=round(hour * 3600))


class Cast:
    def __init__(self, decks: Decks) -> None:
        self._decks = decks

    def posture(self) -> Posture:
        return self._decks.deal("postures", POSTURES)

    def is_on_phone(self) -> bool:
        return self._decks.deal_share("phones", 3, 10)

    def answers(self, who: tuple[str, ...], of_twenty: int) -> bool:
        return self._decks.deal_share(("answers", *who), of_twenty, 20)

    def band(self, who: tuple[str, ...], bands: Bands) -> Band:
        order = (Band.PROMOTER, Band.PASSIVE, Band.DETRACTOR)
        cards = [band for band, count in zip(order, bands, strict=True) for _ in range(count)]
        return self._decks.deal(("bands", *who), cards)

    def score(self, band: Band) -> int:
        return self._decks.deal(("points", band), POINTS[band])

    def says(self, matter: str, words: Words, language: str, band: Band) -> str | None:
        if not self._decks.deal_share(("speaks", band), SPEAKS[band], 20):
            return None
        spoken = language if language in words else "en"
        return self._decks.deal(("words", matter, spoken), words[spoken])

    def between(self, low: float, high: float) -> float:
        return self._decks.chance.uniform(low, high)
