"""Rules that say what stands out in a range. Each sentence names its numbers, and none tells a
cause: two things that move together need not explain each other. Pure."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from chalicelib.scores.compare import compared
from chalicelib.scores.insights.causes import causes_rising
from chalicelib.scores.insights.facts import Facts, SilentAccounts
from chalicelib.scores.insights.gaps import segment_gaps, unread_segments
from chalicelib.scores.insights.schemas import Insight, Numbers
from chalicelib.scores.metric import by_point
from chalicelib.scores.schemas import Compared, Summary
from chalicelib.scores.sentences import counted, days_in_words, p_value, percent, score_in_words
from chalicelib.scores.statistics.change import SIGNIFICANT, share_change
from chalicelib.scores.statistics.intervals import TOO_FEW
from chalicelib.scores.summary import summary
from chalicelib.scores.wins import wins

ENOUGH_ASKED = 50
STILL_COMING = timedelta(days=7)


def insights(facts: Facts) -> list[Insight]:
    """Good news first, then in the order of RULES. Never empty."""
    found = [insight for rule in RULES for insight in rule(facts)]
    return [*team_wins(facts), *(found or [nothing(facts)])]


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


def score_change(facts: Facts) -> Iterator[Insight]:
    before, now = by_point(facts.before, facts.scale), by_point(facts.now, facts.scale)
    change = compared(before, now, facts.scale)
    p = change["p"]
    if p is None or change["finding"] not in ("rise", "fall"):
        return
    new = summary(facts.now, facts.scale)
    word = "higher" if change["finding"] == "rise" else "lower"
    says = (
        f"The score was {word} than in the range before: {score_in_words(new, facts.scale)},"
        f" against {score_in_words(change, facts.scale)} in {days_in_words(facts.days.previous)}"
        f" ({p_value(p)})."
    )
    yield {"rule": "score_change", "says": says, "numbers": _numbers_of(new, change)}


def _numbers_of(new: Summary, change: Compared) -> Numbers:
    return {
        "responses": new["responses"],
        "score": new["score"],
        "responses_before": change["responses"],
        "score_before": change["score"],
        "difference": change["difference"],
        "low": change["low"],
        "high": change["high"],
        "p": change["p"],
    }


def response_rate_change(facts: Facts) -> Iterator[Insight]:
    """A pooled test of two shares; of fewer than fifty asked on a side nothing is said."""
    answered, asked = _answered(facts.now)
    answered_before, asked_before = _answered(facts.before)
    if min(asked, asked_before) < ENOUGH_ASKED:
        return
    change = share_change((answered_before, asked_before), (answered, asked))
    if change is None or change.p >= SIGNIFICANT:
        return
    fell = change.difference < 0
    fresh = fell and facts.days.end > facts.today - STILL_COMING
    says = (
        f"The response rate {'fell' if fell else 'rose'}: {percent(answered / asked, 1)},"
        f" {answered} of {asked} asked, against {percent(answered_before / asked_before, 1)},"
        f" {answered_before} of {asked_before} asked, in {days_in_words(facts.days.previous)}"
        f" ({p_value(change.p)})."
        + (" Some of those asked in the last days may still answer." if fresh else "")
    )
    numbers: Numbers = {
        "asked": asked,
        "answered": answered,
        "asked_before": asked_before,
        "answered_before": answered_before,
        "difference": change.difference,
        "low": change.low,
        "high": change.high,
        "p": change.p,
    }
    yield {"rule": "response_rate_change", "says": says, "numbers": numbers}


def _answered(counts: Mapping[str, int]) -> tuple[int, int]:
    asked = counts.get("asked", 0)
    return min(counts.get("answered", 0), asked), asked


def silent_accounts(facts: Facts) -> Iterator[Insight]:
    found = facts.silent_accounts or SilentAccounts()
    for account in found.named:
        says = (
            f'"{account.name}": {account.asked} of {counted(account.contacts, "contact")} asked'
            " in this range, and none of them answered. Silence is no opinion."
        )
        numbers: Numbers = {
            "account": account.name,
            "contacts": account.contacts,
            "asked": account.asked,
        }
        yield {"rule": "silent_account", "says": says, "numbers": numbers}
    if found.more:
        says = f"{counted(found.more, 'more account')} asked in this range did not answer either."
        yield {"rule": "silent_account", "says": says, "numbers": {"accounts": found.more}}


def unread_accounts(facts: Facts) -> Iterator[Insight]:
    if facts.silent_accounts is None:
        says = "Too many were asked in this range to look for silent accounts: take a shorter one."
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


def nothing(facts: Facts) -> Insight:
    answers, asked = facts.now.get("n", 0), facts.now.get("asked", 0)
    says = f"Nothing stands out beyond chance: {counted(answers, 'answer')}"
    if facts.is_sealed:
        return {"rule": "nothing_clear", "says": f"{says}.", "numbers": {"responses": answers}}
    return {
        "rule": "nothing_clear",
        "says": f"{says}, {counted(asked, 'person', 'people')} asked.",
        "numbers": {"responses": answers, "asked": asked},
    }


RULES: tuple[Callable[[Facts], Iterator[Insight]], ...] = (
    segment_gaps,
    unread_segments,
    score_change,
    response_rate_change,
    causes_rising,
    silent_accounts,
    unread_accounts,
    held_waiting,
    too_few,
)
