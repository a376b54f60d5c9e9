"""The route of the insights: sentences that name their numbers."""

from datetime import date
from typing import Any

from msgspec.structs import replace

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.disclosure.wiring import disclosure_for
from chalicelib.periods import Range, month_before
from chalicelib.scores.insights import wiring
from chalicelib.scores.insights.read_facts import read_facts
from chalicelib.scores.insights.rules import insights
from chalicelib.scores.insights.schemas import Insights
from chalicelib.scores.insights.silent_accounts import silent_or_unread
from chalicelib.scores.insights.snapshot import NOT_ASKED_FOR, Silence, kept_silence, usual_days
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from chalicelib.tally import wiring as tally_wiring
from chalicelib.web.answer import ok
from chalicelib.web.call import Call
from chalicelib.web.days import DaysQuery, days_of, shown_days
from chalicelib.web.endpoint import endpoint


@endpoint(
    "Say what stands out",
    ok("Plain sentences, each with its numbers; none claims a cause.", Insights),
    description="The last month that is over, unless `from` and `to` say otherwise. Only a month,"
    " a quarter or a year of the calendar that is over is tested.",
    scope=Scope.SCORES_READ,
    query=DaysQuery,
    cached=True,
)
def show_insights(call: Call[DaysQuery, Any], survey: str) -> Insights:
    # The rule names accounts, and tells of an account with one contact who did not answer.
    may_name = call.may(Scope.ACCOUNTS_READ) and disclosure_for(call.key).sees_people
    tallies, snapshots = tally_wiring.tallies(), wiring.snapshots()
    definition, kept = tallies.beside_open(
        [survey],
        lambda: surveys_wiring.surveys().get(survey),
        lambda: kept_silence(survey, snapshots) if may_name else None,
    )
    today = moments.day_in(call.now, definition.tz)
    days = _days_of(call.query, today)
    found, facts = wiring.together(
        lambda: _silence(definition, call, kept) if may_name else NOT_ASKED_FOR,
        lambda: read_facts(definition, days, today, tallies, NOT_ASKED_FOR.accounts),
    )
    as_of = moments.to_text(found.as_of) if found.as_of else None
    return {
        "survey": survey,
        "accounts_as_of": as_of,
        **shown_days(days),
        "items": insights(replace(facts, silent_accounts=found.accounts)),
    }


def _days_of(query: DaysQuery, today: date) -> Range:
    """The last month that is over, unless the query says otherwise."""
    return days_of(query, today) if query.first or query.end else month_before(today)


def _silence(survey: Survey, call: Call[DaysQuery, Any], kept: Silence | None) -> Silence:
    is_usual = call.query.first is None and call.query.end is None
    today = moments.day_in(call.now, survey.tz)
    days = usual_days(survey, call.now) if is_usual else days_of(call.query, today)
    if kept and kept.accounts and (is_usual or kept.accounts.days == days):
        return kept
    return Silence(silent_or_unread(survey, days, wiring.silent_accounts_needs()), call.now)
