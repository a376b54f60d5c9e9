"""Scores as they are shown: rounded to what their interval supports, and in a sentence. Pure.

The exact numbers stand beside them as `raw`.
"""

from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any, Final

from chalicelib.disclosure.cells import Reason
from chalicelib.disclosure.sealed import Hidden
from chalicelib.scores.metric import ENDS
from chalicelib.scores.raw import RawScore
from chalicelib.scores.sentences import counted, number
from chalicelib.surveys.scale import Scale

Shown = MutableMapping[str, Any]

MOST_PLACES: Final = 4
HIDDEN: Final[dict[Hidden | Reason, str]] = {
    "fewer_than_k": "not shown: fewer answers than the smallest group",
    "too_uniform": "not shown: too few answers that all fall in one band",
    "protects_another": "not shown: it would tell of a smaller group",
}
ENDINGS: Final = {
    "rise": "a rise",
    "fall": "a fall",
    "no_clear_change": "no clear change",
    "too_few": "too few answers to tell a change",
}


def places_within(low: float, high: float) -> int:
    """The places of the coarsest step, of 1, 0.1 and so on, that is at most an eighth of the
    interval: rounding moves a number by a sixteenth of it at most."""
    for places in range(MOST_PLACES):
        if 10.0**-places <= (high - low) / 8:
            return places
    return MOST_PLACES


def say_score(raw: RawScore | None, responses: int, scale: str) -> str:
    """Like `14 of 100, 66 answers, between -9 and 36`."""
    if raw is None:
        return "no answers"
    places = places_within(raw["low"], raw["high"])
    score, low, high = (number(value, places) for value in (raw["score"], raw["low"], raw["high"]))
    told = f"{score} of {number(ENDS[Scale(scale)][1])}, {counted(responses, 'answer')}"
    holds = raw["low"] <= raw["score"] <= raw["high"]
    return f"{told}, between {low} and {high}" if holds else told


def holds_its_score(part: Mapping[str, Any]) -> bool:
    """Whether there is an interval that may be told. That of one NPS answer, which is widened
    towards the middle, ends before that answer."""
    score, between = part["score"], part["score_interval"]
    return bool(score is not None and between and between["low"] <= score <= between["high"])


def read_out(part: Shown, change: Mapping[str, Any] | None = None) -> None:
    """Rounds, in place, the score of a range, a period or a segment, and says what came of its
    `change`."""
    raw = part["raw"]
    if raw is None:
        return
    places = places_within(raw["low"], raw["high"])
    _round(part, [name for name in ("score", "sd", "nps") if name in part], places)
    _round_interval(part, "score_interval", places)
    _round_interval(part, "nps_interval", places)
    ending = "too few to tell" if part["reading"] == "too_few" else _ending(change)
    part["says"] += ending and f": {ending}"


def read_out_change(part: Shown | None) -> None:
    """Rounds, in place, a comparison: the other side's score by its own interval, and the rest by
    that of the difference."""
    if part is None or part["raw"] is None:
        return
    raw = part["raw"]
    own = places_within(raw["score_low"], raw["score_high"])
    of_test = own if raw["low"] is None else places_within(raw["low"], raw["high"])
    _round(part, ["score"], own)
    _round_interval(part, "score_interval", own)
    _round(part, ["difference", "adjusted", "low", "high"], of_test)


def read_out_trend(part: Shown | None) -> None:
    if part is not None:
        _round(part, ["per_month", "low", "high"], places_within(part["low"], part["high"]))


def _round(part: Shown, names: Iterable[str], places: int) -> None:
    part.update({name: _at(part[name], places) for name in names})


def _round_interval(part: Shown, name: str, places: int) -> None:
    if between := part.get(name):
        part[name] = {**between, **{end: _at(between[end], places) for end in ("low", "high")}}


def _at(value: float | None, places: int) -> float | None:
    return None if value is None else float(number(value, places))


def _ending(change: Mapping[str, Any] | None) -> str:
    return ENDINGS[change["finding"]] if change else ""
