"""Sentences made from the numbers of outcomes. They tell what went together and never a cause:
tests/project/test_wording.py refuses words of cause."""

from collections.abc import Sequence

from chalicelib.outcomes.cohort import NEVER_ASKED, SILENT
from chalicelib.outcomes.counts import OutcomeCounts
from chalicelib.outcomes.outcome import Kind
from chalicelib.outcomes.schemas import OutcomeComparisons, OutcomeRow, SilentShare
from chalicelib.scores.sentences import counted, percent

ALWAYS = "Two things that move together need not explain each other."
NAMES = {Kind.REFERRAL: "referrals", Kind.RENEWAL: "renewals", Kind.CHURN: "churn"}
ONE = {Kind.REFERRAL: "referral", Kind.RENEWAL: "renewal", Kind.CHURN: "case of churn"}
MANY = {**NAMES, Kind.CHURN: "cases of churn"}
OWN_WORDS: dict[str, str] = {
    SILENT: "people who did not answer",
    NEVER_ASKED: "people who were never asked",
}


def notes_of(
    kind: Kind,
    rows: Sequence[OutcomeRow],
    comparisons: OutcomeComparisons,
    share: SilentShare,
    counts: OutcomeCounts,
) -> list[str]:
    return [
        ALWAYS,
        *_share(kind, share, counts),
        *_waiting(kind, counts.waiting),
        *_of_nobody(kind, counts.of_nobody),
        *_bands(kind, rows, comparisons),
        *_order(kind, comparisons),
        *_reasons(kind, rows),
        *_pending(counts.pending),
    ]


def _share(kind: Kind, share: SilentShare, counts: OutcomeCounts) -> list[str]:
    if share["share"] is None:
        other = "other " if counts.waiting else ""
        here = "of the people in these rows is known in their time to watch"
        return [f"No {other}{ONE[kind]} {here}."]
    here = " in these rows" if counts.waiting or counts.of_nobody else ""
    return [
        f"{percent(share['share'], 2)} of all {NAMES[kind]}{here} came from {OWN_WORDS[SILENT]}"
        f" ({share['yes']} of {share['of']})."
    ]


def _waiting(kind: Kind, waiting: int) -> list[str]:
    if not waiting:
        return []
    waits = "is told of and waits" if waiting == 1 else "are told of and wait"
    return [
        f"{counted(waiting, ONE[kind], MANY[kind])} {waits}: of people whose time to watch has"
        " not ended."
    ]


def _of_nobody(kind: Kind, outcomes: int) -> list[str]:
    if not outcomes:
        return []
    verb = "is" if outcomes == 1 else "are"
    return [f"{counted(outcomes, ONE[kind], MANY[kind])} {verb} of people who are in no row."]


def _bands(kind: Kind, rows: Sequence[OutcomeRow], comparisons: OutcomeComparisons) -> list[str]:
    if comparisons["reading"] == "too_few_to_say":
        return [
            f"Too few to say whether scores and {NAMES[kind]} went together:"
            f" {counted(comparisons['answered'], 'answer')}, {comparisons['yes']} with and"
            f" {comparisons['no']} without. It takes 30, with 10 of each."
        ]
    difference = comparisons["difference"]
    row = {row["group"]: row for row in rows}
    best, worst = row[comparisons["best"]], row[comparisons["worst"]]
    if difference is None:
        return [f"Nobody answered in one of the two outer bands: {_of(best)}; {_of(worst)}."]
    if difference["low"] <= 0 <= difference["high"]:
        return [f"In this period there is no clear difference: {_of(best)}; {_of(worst)}."]
    more, less = (best, worst) if difference["value"] > 0 else (worst, best)
    return [
        f"In this period the rate of {NAMES[kind]} was higher among {_who(more)}"
        f" ({_counts(more)}) than among {_who(less)} ({_counts(less)})."
    ]


def _order(kind: Kind, comparisons: OutcomeComparisons) -> list[str]:
    order = comparisons["auc"]
    if order is None or order["low"] <= 0.5 <= order["high"]:
        return []
    which = "Higher" if order["value"] > 0.5 else "Lower"
    return [f"{which} scores went together with {NAMES[kind]} in this period."]


def _reasons(kind: Kind, rows: Sequence[OutcomeRow]) -> list[str]:
    if kind is not Kind.CHURN:
        return []
    notes = ["The rates count churn for any reason; the reasons as told are listed apart."]
    return notes + [
        f"Among {_who(row)}: {row['yes']} left, {row['reasons']['service']} naming the service"
        f" and {row['reasons']['acquired']} acquired."
        for row in rows
        if row["yes"] and row["reasons"]
    ]


def _pending(pending: int) -> list[str]:
    if not pending:
        return []
    stand = "person is" if pending == 1 else "people are"
    return [f"{pending} {stand} left out: their time to watch has not ended."]


def _who(row: OutcomeRow) -> str:
    group = row["group"]
    if group in OWN_WORDS:
        return OWN_WORDS[group]
    return f"{group}s" if group in ("promoter", "passive", "detractor") else f"{group} people"


def _of(row: OutcomeRow) -> str:
    return f"{_who(row)} {_counts(row)}"


def _counts(row: OutcomeRow) -> str:
    share = "" if row["rate"] is None else f", {percent(row['rate'], 1)}"
    return f"{row['yes']} of {row['n']}{share}"
