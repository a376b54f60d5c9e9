"""The silent accounts of the usual range, found by night."""

from datetime import date, datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import asdict

from chalicelib import moments
from chalicelib.periods import Range
from chalicelib.scores.insights.facts import SilentAccount, SilentAccounts
from chalicelib.scores.insights.silent_accounts import (
    Bound,
    SilentAccountsNeeds,
    silent_accounts,
)
from chalicelib.snapshots import SnapshotStore
from chalicelib.surveys.definition import Survey
from chalicelib.table import Item, known_of
from chalicelib.web.days import DaysQuery, days_of, shown_days

NAME: Final = "ACCOUNTS"


class Silence(Struct, frozen=True):
    """`accounts` is None when there was too much to read."""

    accounts: SilentAccounts | None
    as_of: datetime | None


NOT_ASKED_FOR: Final = Silence(SilentAccounts(), None)


def result_of(survey: Survey, now: datetime, bound: Bound, needs: SilentAccountsNeeds) -> Item:
    days = usual_days(survey, now)
    found = silent_accounts(survey, days, needs, bound)
    named = [asdict(account) for account in found.named]
    return {**shown_days(days), "named": named, "more": found.more}


def usual_days(survey: Survey, now: datetime) -> Range:
    """The last 90 days: in a single month many an account is not asked at all."""
    return days_of(DaysQuery(), moments.day_in(now, survey.tz))


def kept_silence(survey_id: str, kept: SnapshotStore) -> Silence | None:
    found = kept.get(survey_id, NAME)
    if found is None:
        return None
    result = found.result
    named = [SilentAccount(**known_of(SilentAccount, account)) for account in result["named"]]
    days = Range(date.fromisoformat(result["from"]), date.fromisoformat(result["to"]))
    return Silence(SilentAccounts(named, result["more"], days), found.as_of)
