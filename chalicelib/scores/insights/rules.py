"""What stands out in a range, in sentences made by rules. Each names its numbers, and none
says what anything comes from: two things that move together need not explain each other.
Pure."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from chalicelib.scores.compare import compared
from chalicelib.scores.insights.causes import causes_rising
from chalicelib.scores.insights.gaps import segment_gaps, unread_segments
from chalicelib.scores.insights.insight import Facts, Insight
from chalicelib.scores.metric import by_point
from chalicelib.scores.sentences import counted, p_value, percent, scored, spoken
from chalicelib.scores.statistics.change import SIGNIFICANT, share_change
from chalicelib.scores.statistics.intervals import TOO_FEW
from chalicelib.scores.summary import summary
from chalicelib.scores.wins import wins

ENOUGH_ASKED = 50
STILL_COMING = timedelta(days=7)
MOST_NAMED = 10


def insights(facts: Facts) -> list[Insight]:
    """Good news first, then in the order of RULES; one that says so when nothing stands out."""
    found = [one for rule in RULES for one in rule(facts)]
    return [*team_wins(facts), *(found or [nothing(facts)])]


def team_wins(facts: Facts) -> Iterator[Insight]:
    done = wins(facts.now, facts.loop)
    told = (
        (done["praise"], counted(done["praise"], "comment of praise", "comments of praise")),
        (done["loops_closed"], counted(done["loops_closed"], "loop closed", "loops closed")),
        (done["causes_fixed"], f"{done['causes_fixed']} with the cause fixed"),
    )
    if any(done.values()):
        words = ", ".join(text for count, text in told if count > 0)
        yield Insight("wins", f"In this range: {words}.", done)


def score_change(facts: Facts) -> Iterator[Insight]:
    before, now = by_point(facts.before, facts.scale), by_point(facts.now, facts.scale)
    change = compared(before, now, facts.scale)
    if change["finding"] not in ("rise", "fall"):
        return
    new = summary(facts.now, facts.scale)
    word = "higher" if change["finding"] == "rise" else "lower"
    says = (
        f"The score was {word} than in the range before: {scored(new, facts.scale)},"
        f" against {scored(change, facts.scale)} in {spoken(facts.days.previous)}"
        f" ({p_value(change['p'])})."
    )
    numbers = {"responses": new["responses"], "score": new["score"]}
    numbers |= {"responses_before": change["responses"], "score_before": change["score"]}
    numbers |= {name: change[name] for name in ("difference", "low", "high", "p")}
    yield Insight("score_change", says, numbers)


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
        f" {answered_before} of {asked_before} asked, in {spoken(facts.days.previous)}"
        f" ({p_value(change.p)})."
        + (" Some of those asked in the last days may still answer." if fresh else "")
    )
    numbers = {
        "asked": asked,
        "answered": answered,
        "asked_before": asked_before,
        "answered_before": answered_before,
        "difference": change.difference,
        "low": change.low,
        "high": change.high,
        "p": change.p,
    }
    yield Insight("response_rate_change", says, numbers)


def _answered(counts: Mapping[str, int]) -> tuple[int, int]:
    asked = counts.get("asked", 0)
    return min(counts.get("answered", 0), asked), asked


def silent_accounts(facts: Facts) -> Iterator[Insight]:
    ordered = sorted(facts.silent_accounts, key=lambda one: (one.name.casefold(), one.name))
    for one in ordered[:MOST_NAMED]:
        says = (
            f'"{one.name}": {one.asked} of {counted(one.contacts, "contact")} asked in this'
            " range, and none of them answered. Silence is no opinion."
        )
        numbers = {"account": one.name, "contacts": one.contacts, "asked": one.asked}
        yield Insight("silent_account", says, numbers)
    more = len(ordered) - MOST_NAMED
    if more > 0:
        says = f"{counted(more, 'more account')} asked in this range did not answer either."
        yield Insight("silent_account", says, {"accounts": more})


def unread_accounts(facts: Facts) -> Iterator[Insight]:
    if facts.accounts_unread:
        says = "Too many were asked in this range to look for silent accounts: take a shorter one."
        yield Insight("accounts_unread", says, {"asked": facts.now.get("asked", 0)})


def held_waiting(facts: Facts) -> Iterator[Insight]:
    if facts.held > 0:
        waits = "is held and waits" if facts.held == 1 else "are held and wait"
        says = f"{counted(facts.held, 'answer')} {waits} for a decision; no score counts them."
        yield Insight("held_waiting", says, {"held": facts.held})


def too_few(facts: Facts) -> Iterator[Insight]:
    answers = facts.now.get("n", 0)
    if answers < TOO_FEW:
        says = f"{counted(answers, 'answer')} in this range: a score is read from {TOO_FEW} on."
        yield Insight("too_few", says, {"responses": answers, "needed": TOO_FEW - answers})


def nothing(facts: Facts) -> Insight:
    answers, asked = facts.now.get("n", 0), facts.now.get("asked", 0)
    says = (
        f"Nothing stands out beyond chance: {counted(answers, 'answer')},"
        f" {counted(asked, 'person', 'people')} asked."
    )
    return Insight("nothing_clear", says, {"responses": answers, "asked": asked})


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
