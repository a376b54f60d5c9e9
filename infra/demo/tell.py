"""Tells the whole story of the demo into a table in memory."""

from collections.abc import Callable
from datetime import datetime, timedelta

from chalicelib.accounts.store import AccountStore
from chalicelib.invitations.store import InvitationStore
from chalicelib.outcomes.count_people import CountPeopleNeeds
from chalicelib.outcomes.store import OutcomeStore
from chalicelib.responses.store import ResponseStore
from chalicelib.scores.goals.schemas import GoalBody
from chalicelib.scores.goals.set_goal import SetGoalNeeds, set_goal
from chalicelib.scores.goals.store import GoalStore
from chalicelib.scores.insights.silent_accounts import SilentAccountsNeeds
from chalicelib.snapshots import SnapshotStore
from chalicelib.surveys.store import SurveyStore
from chalicelib.take_snapshots import TakeSnapshotsNeeds, take_snapshots
from chalicelib.tally.store import TallyStore
from chalicelib.web.idempotency import DeliveryStore
from infra.demo import story
from infra.demo.cast import at
from infra.demo.clients import Clients
from infra.demo.deck import Decks
from infra.demo.desk import Desk
from infra.demo.firms import clients_of, outcomes_of, tell_outcomes, write_accounts
from infra.demo.gathered import Gathered
from infra.demo.history import BY, History
from infra.demo.months import days_since
from infra.demo.surveys import CLIENTS, DESK, SURVEYS
from infra.demo.teams import put_teams

# The same seed gives the same people and answers every time.
SEED = 20261121


def tell(now: datetime, person_of: Callable[[str], str], key_id: str) -> Gathered:
    """All but the definition of the help desk's survey. `person_of` gives the id of an address;
    `key_id` is the key that signs links."""
    table, midnight = Gathered(), now.replace(hour=0, minute=0, second=0, microsecond=0)
    surveys = SurveyStore(table)
    for survey in SURVEYS:
        surveys.put(survey)
    put_teams(table, now, person_of)
    Desk(History(DESK, table, person_of, key_id), Decks(SEED), midnight, now).play()
    _tell_of_clients(table, midnight, now, person_of, key_id)
    for goal in story.GOALS:
        _set_goal(table, midnight, *goal)
    _count_by_night(table, now)
    return table


def _count_by_night(table: Gathered, now: datetime) -> None:
    """As on a stack that has run for half a year. Counted when a page asks for it, it would take
    longer than all the rest of the page."""
    invitations, accounts = InvitationStore(table), AccountStore(table)
    responses = ResponseStore(table).find_all
    needs = TakeSnapshotsNeeds(
        snapshots=SnapshotStore(table),
        surveys=lambda: [DESK, CLIENTS],
        people=CountPeopleNeeds(invitations, accounts, OutcomeStore(table), responses),
        accounts=SilentAccountsNeeds(accounts, invitations, responses),
        rest=lambda: None,
        is_time_up=lambda: False,
    )
    take_snapshots(now, needs)


def _tell_of_clients(
    table: Gathered,
    midnight: datetime,
    now: datetime,
    person_of: Callable[[str], str],
    key_id: str,
) -> None:
    decks = Decks(SEED)
    since = days_since(midnight, 1) - story.CLIENTS_END
    midnight -= timedelta(days=since)
    clients = clients_of(decks)
    write_accounts(clients, table, person_of, midnight)
    played = Clients(History(CLIENTS, table, person_of, key_id), decks, midnight, now)
    played.play(clients)
    of_clients = outcomes_of(clients, decks, midnight)
    tell_outcomes([*of_clients, *played.referrals], table, person_of)


def _set_goal(
    table: Gathered, midnight: datetime, survey_id: str, metric: str, target: float, days: int
) -> None:
    by = at(midnight, -days, 0).date()
    body = GoalBody.model_validate({"metric": metric, "target": target, "by": by.isoformat()})
    needs = SetGoalNeeds(GoalStore(table), DeliveryStore(table), TallyStore(table))
    survey = SurveyStore(table).get(survey_id)
    set_goal(survey, body, BY, None, at(midnight, story.GOALS_SET, 9), needs)
