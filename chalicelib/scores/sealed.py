"""The numbers of a sealed survey: what the gate lets out of some counts, and of its cells. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.disclosure.cells import Cells, Dimension
from chalicelib.disclosure.sealed import SCORED_WORDS_FROM, WORDS_FROM, Hidden, why_hidden
from chalicelib.scores.history import Baseline, Months, baseline_of
from chalicelib.scores.metric import bands_of, by_point
from chalicelib.scores.rounding import HIDDEN
from chalicelib.scores.schemas import CellScores, ResponseRate, Summary
from chalicelib.scores.summary import response_rate, summary, total
from chalicelib.surveys.definition import Survey
from chalicelib.tally.tally import named_field

OF_ASKING = ("asked", "answered", "refused", "bounced")
NO_RATE: ResponseRate = {
    "asked": None,
    "answered": None,
    "answered_in_7d": None,
    "silent": None,
    "response_rate": None,
    "non_response": None,
}


class Told(Struct, frozen=True):
    """`counts` are those that may be shown, without who was asked. `answers` are all, `unnamed`
    those among whom somebody can hide."""

    counts: dict[str, int]
    answers: int
    hidden: Hidden | None
    unnamed: int = 0


def told(counts: Mapping[str, int], scale: str, k: int) -> Told:
    points = by_point(counts, scale)
    answers = sum(points.values())
    # Who knows the answers of those who are named takes them off.
    of_nobody = {p: count - counts.get(named_field(p), 0) for p, count in points.items()}
    unnamed = sum(of_nobody.values())
    bands = [band for band, count in bands_of(of_nobody, scale).items() if count]
    hidden = why_hidden(unnamed, bands, k)
    if hidden == "fewer_than_k":
        return Told({}, 0, hidden)
    if hidden:
        return Told({"n": answers}, answers, hidden, unnamed)
    kept = {f"c{point}": count for point, count in points.items() if count} | {"n": answers}
    words = ("nc", *(("praise",) if unnamed >= SCORED_WORDS_FROM else ()))
    if unnamed >= WORDS_FROM:
        kept |= {name: counts[name] for name in words if name in counts}
    return Told(kept, answers, None, unnamed)


def counts_to_show(survey: Survey, counts: Mapping[str, int], months: Months) -> Mapping[str, int]:
    """`months` are all of the survey: a response rate is of its whole life."""
    if not survey.is_sealed:
        return counts
    whole = total(months.values())
    of_asking = () if survey.has_shared_link else OF_ASKING
    asked = {name: whole[name] for name in of_asking if name in whole}
    return told(counts, survey.scale, survey.smallest_group).counts | asked


def baseline_to_show(survey: Survey, months: Months, today: date) -> Baseline | None:
    found = baseline_of(months, today)
    return found and replace(found, counts=counts_to_show(survey, found.counts, months))


def sealed_summary(
    counts: Mapping[str, int], scale: str, k: int, whole: Mapping[str, int] | None = None
) -> Summary:
    """`whole` are the counts of the survey's whole life: a response rate is of nothing less."""
    found = told(counts, scale, k)
    shown = summary(found.counts, scale)
    return {
        **shown,
        "responses": found.answers,
        "hidden": found.hidden,
        "comments": found.counts.get("nc", 0) if _has_words(found) else None,
        "distribution": {} if found.hidden else shown["distribution"],
        "bands": {} if found.hidden else shown["bands"],
        "says": HIDDEN[found.hidden] if found.hidden else shown["says"],
        **(NO_RATE if whole is None else response_rate(whole)),
    }


def cell_scores(names: Sequence[str], cells: Cells, scale: str) -> Iterator[CellScores]:
    """In the order of the values' names."""
    for name in names:
        dimension = cells.get(name, Dimension())
        for value in sorted({*dimension.cells, *dimension.hidden}):
            yield _cell(name, value, dimension, scale)


def _has_words(found: Told) -> bool:
    return found.hidden is None and found.unnamed >= WORDS_FROM


def _cell(name: str, value: str, dimension: Dimension, scale: str) -> CellScores:
    counts = {f"c{score}": count for score, count in dimension.cells.get(value, {}).items()}
    shown = summary(counts, scale)
    hidden = dimension.hidden.get(value)
    return {
        "segment": name,
        "value": value,
        "release": dimension.published[-1].block,
        "hidden": hidden,
        "responses": None if hidden else shown["responses"],
        "distribution": {} if hidden else shown["distribution"],
        "bands": {} if hidden else shown["bands"],
        "says": HIDDEN[hidden] if hidden else shown["says"],
        "score": shown["score"],
        "score_interval": shown["score_interval"],
        "raw": shown["raw"],
        "reading": None if hidden else shown["reading"],
    }
