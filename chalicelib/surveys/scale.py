"""The scales: their points, the band each point falls in and the words that name it. Pure."""

from enum import StrEnum

from chalicelib.surveys.wording import N_, Message


class Scale(StrEnum):
    NPS = "nps"
    CSAT = "csat"
    CES = "ces"
    THUMBS = "thumbs"


class Band(StrEnum):
    PROMOTER = "promoter"
    PASSIVE = "passive"
    DETRACTOR = "detractor"
    SATISFIED = "satisfied"
    NEUTRAL = "neutral"
    DISSATISFIED = "dissatisfied"


class Look(StrEnum):
    NUMBERS = "numbers"
    STARS = "stars"
    SMILEYS = "smileys"


NPS_POINTS = range(11)
_POINTS = {
    Scale.NPS: NPS_POINTS,
    Scale.CSAT: range(1, 6),
    Scale.CES: range(1, 8),
    Scale.THUMBS: range(2),
}
# The lowest score of the middle band and of the best. NPS: Reichheld 2003. CSAT and CES:
# the usual top-two and top-three boxes.
_MIDDLE_AND_BEST = {
    Scale.NPS: (7, 9),
    Scale.CSAT: (3, 4),
    Scale.CES: (4, 5),
    Scale.THUMBS: (1, 1),
}
_UNHAPPY = {Band.DETRACTOR, Band.DISSATISFIED}
_HAPPY = {Band.PROMOTER, Band.SATISFIED}
_NAMED = {
    Scale.CSAT: (
        N_("Very dissatisfied"),
        N_("Dissatisfied"),
        N_("Neutral"),
        N_("Satisfied"),
        N_("Very satisfied"),
    ),
    Scale.THUMBS: (N_("No"), N_("Yes")),
}
_ENDS = {
    Scale.NPS: (N_("not likely at all"), N_("extremely likely")),
    Scale.CSAT: (N_("Very dissatisfied"), N_("Very satisfied")),
    Scale.CES: (N_("Very difficult"), N_("Very easy")),
    Scale.THUMBS: (N_("Thumbs down"), N_("Thumbs up")),
}


def points_of(scale: Scale | str) -> range:
    return _POINTS[Scale(scale)]


def band_of(score: int, scale: Scale | str = Scale.NPS) -> Band:
    """Raises ValueError for a score that is not on the scale."""
    if score not in points_of(scale):
        raise ValueError(f"{score} is not on the scale {scale}")
    middle, best = _MIDDLE_AND_BEST[Scale(scale)]
    of_nps = (Band.PROMOTER, Band.PASSIVE, Band.DETRACTOR)
    of_others = (Band.SATISFIED, Band.NEUTRAL, Band.DISSATISFIED)
    good, fair, poor = of_nps if scale == Scale.NPS else of_others
    if score >= best:
        return good
    return fair if score >= middle else poor


def is_unhappy(band: Band) -> bool:
    return band in _UNHAPPY


def is_happy(band: Band) -> bool:
    return band in _HAPPY


def ends_of(scale: Scale | str) -> tuple[Message, Message]:
    """The words of the lowest and the highest point, for a survey without its own words."""
    return _ENDS[Scale(scale)]


def name_of(score: int, scale: Scale | str, look: Look | str) -> Message | None:
    """The word for a point. A number has none, a symbol always has one."""
    scale = Scale(scale)
    if scale not in _NAMED or (scale == Scale.CSAT and look == Look.NUMBERS):
        return None
    return _NAMED[scale][score - points_of(scale).start]
