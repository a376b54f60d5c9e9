"""Outcomes beside scores: what people did later, by their answer or their silence. Pure. It
shows what went together and tells no cause."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from chalicelib.outcomes.cohort import NEVER_ASKED, SILENT, Group
from chalicelib.outcomes.counts import OutcomeCounts
from chalicelib.outcomes.outcome import ChurnReason, Kind
from chalicelib.outcomes.schemas import (
    ChurnReasons,
    OutcomeComparisons,
    OutcomeRow,
    OutcomeTable,
    RateDifference,
    RateRatio,
    ScoreOrder,
    SilentShare,
)
from chalicelib.outcomes.sentences import notes_of
from chalicelib.scores.statistics.association import YesNo, auc, newcombe, risk_ratio, spearman
from chalicelib.scores.statistics.intervals import wilson
from chalicelib.scores.summary import shown_interval
from chalicelib.surveys.scale import Band

# With fewer answers a comparison would say too much.
ANSWERS_NEEDED = 30
OF_EACH_NEEDED = 10


def outcome_report(counts: OutcomeCounts, kind: Kind, band: Mapping[int, Band]) -> OutcomeTable:
    """`band` has the band of each score, the lowest score first."""
    bands = list(dict.fromkeys(band.values()))
    rows = [_row(group, counts, kind, band) for group in _groups(bands)]
    comparisons = _comparisons(counts.by_score, rows, bands)
    share = _share_of_the_silent(rows)
    return {
        "rows": rows,
        "comparisons": comparisons,
        "silent_share": share,
        "left_out": {
            "pending": counts.pending,
            "erased": counts.erased,
            "unnamed": counts.unnamed,
        },
        "without_contact": counts.without_contact,
        "of_nobody_here": counts.of_nobody,
        "waiting": counts.waiting,
        "notes": notes_of(kind, rows, comparisons, share, counts),
    }


def _groups(bands: Sequence[Band]) -> list[Group]:
    return [*reversed(bands), SILENT, NEVER_ASKED]


def _row(group: Group, counts: OutcomeCounts, kind: Kind, band: Mapping[int, Band]) -> OutcomeRow:
    of_scores = [pair for score, pair in counts.by_score.items() if band[score] == group]
    here = [*of_scores, counts.by_group.get(group, (0, 0))]
    yes = sum(with_it for with_it, _ in here)
    n = yes + sum(without for _, without in here)
    return {
        "group": group,
        "n": n,
        "yes": yes,
        "rate": yes / n if n else None,
        "interval": shown_interval(wilson(yes, n)),
        "reasons": _reasons(counts.reasons.get(group, {})) if kind is Kind.CHURN else None,
    }


def _reasons(told: Mapping[str, int]) -> ChurnReasons:
    counts = Counter(told)
    return {
        "service": counts[ChurnReason.SERVICE],
        "price": counts[ChurnReason.PRICE],
        "product_fit": counts[ChurnReason.PRODUCT_FIT],
        "acquired": counts[ChurnReason.ACQUIRED],
        "closed": counts[ChurnReason.CLOSED],
        "moved": counts[ChurnReason.MOVED],
        "other": counts[ChurnReason.OTHER],
    }


def _comparisons(
    by_score: Mapping[int, YesNo], rows: Iterable[OutcomeRow], bands: Sequence[Band]
) -> OutcomeComparisons:
    yes = sum(with_it for with_it, _ in by_score.values())
    no = sum(without for _, without in by_score.values())
    enough = yes + no >= ANSWERS_NEEDED and min(yes, no) >= OF_EACH_NEEDED
    row = {row["group"]: row for row in rows}
    best, worst = row[bands[-1]], row[bands[0]]
    return {
        "reading": "comparable" if enough else "too_few_to_say",
        "answered": yes + no,
        "yes": yes,
        "no": no,
        "best": bands[-1],
        "worst": bands[0],
        "difference": _difference(best, worst) if enough else None,
        "risk_ratio": _ratio(best, worst) if enough else None,
        "spearman": spearman(by_score) if enough else None,
        "auc": _order(by_score) if enough else None,
    }


def _difference(best: OutcomeRow, worst: OutcomeRow) -> RateDifference | None:
    found = newcombe(best["yes"], best["n"], worst["yes"], worst["n"])
    return {"value": found.value, "low": found.low, "high": found.high} if found else None


def _ratio(best: OutcomeRow, worst: OutcomeRow) -> RateRatio | None:
    found = risk_ratio(best["yes"], best["n"], worst["yes"], worst["n"])
    if found is None:
        return None
    half_added = found.half_added
    return {"value": found.value, "low": found.low, "high": found.high, "half_added": half_added}


def _order(by_score: Mapping[int, YesNo]) -> ScoreOrder | None:
    found = auc(by_score)
    return {"value": found.value, "low": found.low, "high": found.high} if found else None


def _share_of_the_silent(rows: Sequence[OutcomeRow]) -> SilentShare:
    whole = sum(row["yes"] for row in rows)
    silent = sum(row["yes"] for row in rows if row["group"] == SILENT)
    return {"yes": silent, "of": whole, "share": silent / whole if whole else None}
