"""The points of a scale and the band each falls in."""

from enum import StrEnum


class Band(StrEnum):
    PROMOTER = "promoter"
    PASSIVE = "passive"
    DETRACTOR = "detractor"


NPS_POINTS = range(11)


def band_of(score: int) -> Band:
    """Bands of the 0-10 `nps` scale (Reichheld 2003): 0-6, 7-8, 9-10."""
    if score not in NPS_POINTS:
        raise ValueError(f"{score} is not on the scale")
    if score >= 9:
        return Band.PROMOTER
    return Band.PASSIVE if score >= 7 else Band.DETRACTOR
