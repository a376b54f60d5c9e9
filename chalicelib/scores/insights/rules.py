"""Rules that say what stands out in a range. Each sentence names its numbers, and none tells a
cause: two things that move together need not explain each other. Pure."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial

from chalicelib.periods import month_before
from chalicelib.scores.compare import compared
from chalicelib.scores.insights.budget import Comparison, Verdict, within_budget
from chalicelib.scores.insights.causes import causes_rising
from chalicelib.scores.insights.facts import Facts, SilentAccounts
from chalicelib.scores.insights.gaps import segment_gaps, unread_segments
from chalicelib.scores.insights.schemas import Insight, Numbers
from chalicelib.scores.metric import by_point
from chalicelib.scores.schemas import Compared, Summary
from chalicelib.scores.sentences import counted, days_in_words, percent, score_in_words
from chalicelib.scores.statistics.change import Change, share_change
from chalicelib.scores.statistics.intervals import TOO_FEW
from chalicelib.scores.summary import summary
from chalicelib.scores.wins import wins

ENOUGH_ASKED = 50
STILL_COMING = timedelta(days=7)


def insights(facts: Facts) -> list[Insight]:
    """Good news first, then what was tested, then in the order of RULES. Never empty."""
    looked = [one for rule in TESTED for one in rule(facts)] if facts.is_closed else []
    found = [*within_budget(looked, facts.days)]
    found += [insight for rule in RULES for insight in rule(facts)]
    return [*team_wins(facts), *(found or [nothing(facts, len(looked))])]


def team_wins(facts: Facts) -> Iterator[Insight]:
    done = wins(facts.now, facts.loop)
    praise, closed, fixed = (done[name] or 0 for name in ("praise", "loops_closed", "causes_fixed"))
    told = (
        (praise, counted(praise, "comment of praise", "comments of praise")),
        (closed, counted(closed, "loop closed", "loops closed")),
        (fixed, f"{fixed} with the cause fixed"),
    )
    if any(done.values()):
        words = ", ".join(text for count, text in told if count > 0)
        numbers: Numbers = {"praise": praise, "loops_closed": closed, "causes_fixed": fixed}
        yield {"rule": "wins", "says": f"In this range: {words}.", "numbers": numbers}


def score_change(facts: Facts) -> Iterator[Comparison]:
    before, now = by_point(facts.before, facts.scale), by_point(facts.now, facts.scale)
    change = compared(before, now, facts.scale)
    if (p := change["p"]) is not None:
        yield Comparison("score_change", p, partial(_told_change, change, facts))


def _told_change(change: Compared, facts: Facts, verdict: Verdict) -> Insight:
    new = summary(facts.now, facts.scale)
    word = "higher" if (change["adjusted"] or 0) > 0 else "lower"
    says = (
        f"The score was {word} than before: {score_in_words(new, facts.scale)},"
        f" against {score_in_words(change, facts.scale)} in {days_in_words(facts.past)}"
        f" ({verdict})."
    )
    return {"rule": "score_change", "says": says, "numbers": _numbers_of(new, change, verdict)}


def _numbers_of(new: Summary, change: Compared, verdict: Verdict) -> Numbers:
    return {
        "responses": new["responses"],
        "score": new["score"],
        "responses_before": change["responses"],
        "score_before": change["score"],
        "difference": change["difference"],
        "low": change["low"],
        "high": change["high"],
        "p": change["p"],
        "p_adjusted": verdict.p,
        "compared": verdict.compared,
    }


def response_rate_change(facts: Facts) -> Iterator[Comparison]:
    """At equal age: who was asked long ago has had more time to answer. Of fewer than fifty asked
    on a side nothing is said."""
    now, before = _answered_soon(facts.now), _answered_soon(facts.before)
    is_early = facts.today < facts.days.end + STILL_COMING
    if is_early or min(now[1], before[1]) < ENOUGH_ASKED:
        return
    change = share_change(before, now)
    if change:
        tell = partial(_told_rate, now, before, change, facts)
        yield Comparison("response_rate_change", change.p, tell)


def _told_rate(
    now: tuple[int, int],
    before: tuple[int, int],
    change: Change,
    facts: Facts,
    verdict: Verdict,
) -> Insight:
    (answered, asked), (answered_before, asked_before) = now, before
    says = (
        f"The response rate {'fell' if change.difference < 0 else 'rose'}:"
        f" {percent(answered / asked, 1)}, {answered} of {asked} asked, answered within seven days,"
        f" against {percent(answered_before / asked_before, 1)},"
        f" {answered_before} of {asked_before} asked, in {days_in_words(facts.past)} ({verdict})."
        f" So far {_so_far(facts.now)} of {asked} have answered."
    )
    numbers: Numbers = {
        "asked": asked,
        "answered_in_7d": answered,
        "answered_so_far": _so_far(facts.now),
        "asked_before": asked_before,
        "answered_in_7d_before": answered_before,
        "difference": change.difference,
        "low": change.low,
        "high": change.high,
        "p": change.p,
        "p_adjusted": verdict.p,
        "compared": verdict.compared,
    }
    return {"rule": "response_rate_change", "says": says, "numbers": numbers}


def _answered_soon(counts: Mapping[str, int]) -> tuple[int, int]:
    asked = counts.get("asked", 0)
    return min(counts.get("answered_in_7d", 0), asked), asked


def _so_far(counts: Mapping[str, int]) -> int:
    return min(counts.get("answered", 0), counts.get("asked", 0))


def silent_accounts(facts: Facts) -> Iterator[Insight]:
    found = facts.silent_accounts or SilentAccounts()
    days = found.days or facts.days
    in_days = f"asked in {days_in_words(days)}"
    span: dict[str, str] = {"from": days.first.isoformat(), "to": days.end.isoformat()}
    for account in found.named:
        says = (
            f'"{account.name}": {account.asked} of {counted(account.contacts, "contact")}'
            f" {in_days}, and none of them answered. Silence is no opinion."
        )
        counts = {"contacts": account.contacts, "asked": account.asked}
        numbers: Numbers = {"account": account.name, **counts, **span}
        yield {"rule": "silent_account", "says": says, "numbers": numbers}
    if found.more:
        says = f"{counted(found.more, 'more account')} {in_days} did not answer either."
        numbers = {"accounts": found.more, **span}
        yield {"rule": "silent_account", "says": says, "numbers": numbers}


def unread_accounts(facts: Facts) -> Iterator[Insight]:
    if facts.silent_accounts is None:
        says = "Too many were asked to look for silent accounts now: take a shorter range."
        numbers: Numbers = {"asked": facts.now.get("asked", 0)}
        yield {"rule": "accounts_unread", "says": says, "numbers": numbers}


def held_waiting(facts: Facts) -> Iterator[Insight]:
    if facts.held > 0:
        waits = "is held and waits" if facts.held == 1 else "are held and wait"
        says = f"{counted(facts.held, 'answer')} {waits} for a decision; no score counts them."
        yield {"rule": "held_waiting", "says": says, "numbers": {"held": facts.held}}


def too_few(facts: Facts) -> Iterator[Insight]:
    answers = facts.now.get("n", 0)
    if answers < TOO_FEW:
        says = f"{counted(answers, 'answer')} in this range: a score is read from {TOO_FEW} on."
        numbers: Numbers = {"responses": answers, "needed": TOO_FEW - answers}
        yield {"rule": "too_few", "says": says, "numbers": numbers}


def period_open(facts: Facts) -> Iterator[Insight]:
    if not facts.is_closed:
        closed = month_before(facts.today)
        says = (
            "Nothing was tested: this is no month, quarter or year of the calendar that is over,"
            f" such as {days_in_words(closed)}."
        )
        numbers: Numbers = {"from": closed.first.isoformat(), "to": closed.end.isoformat()}
        yield {"rule": "period_open", "says": says, "numbers": numbers}


def nothing(facts: Facts, looked: int) -> Insight:
    answers, asked = facts.now.get("n", 0), facts.now.get("asked", 0)
    says = f"Nothing stands out beyond chance: {counted(answers, 'answer')}"
    comparisons = counted(looked, "comparison")
    if facts.is_sealed:
        numbers: Numbers = {"responses": answers, "compared": looked}
        return {"rule": "nothing_clear", "says": f"{says}, {comparisons}.", "numbers": numbers}
    return {
        "rule": "nothing_clear",
        "says": f"{says}, {counted(asked, 'person', 'people')} asked, {comparisons}.",
        "numbers": {"responses": answers, "asked": asked, "compared": looked},
    }


TESTED: tuple[Callable[[Facts], Iterator[Comparison]], ...] = (
    segment_gaps,
    score_change,
    response_rate_change,
    causes_rising,
)
RULES: tuple[Callable[[Facts], Iterator[Insight]], ...] = (
    unread_segments,
    silent_accounts,
    unread_accounts,
    held_waiting,
    too_few,
    period_open,
)
