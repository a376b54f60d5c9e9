"""What the use cases of outcomes need."""

from chalicelib import wiring
from chalicelib.accounts import wiring as accounts_wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.outcomes.count_people import CountPeopleNeeds
from chalicelib.outcomes.record_outcome import RecordOutcomeNeeds
from chalicelib.outcomes.report import ShowOutcomesNeeds
from chalicelib.outcomes.store import OutcomeStore
from chalicelib.outcomes.timeline import TimelineNeeds
from chalicelib.responses import wiring as responses_wiring
from chalicelib.snapshots import SnapshotStore
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.tasks import wiring as tasks_wiring


def outcomes() -> OutcomeStore:
    return OutcomeStore(wiring.table())


def record_outcome_needs() -> RecordOutcomeNeeds:
    accounts = accounts_wiring.accounts()
    return RecordOutcomeNeeds(outcomes(), invitations_wiring.person_of, accounts.known)


def show_outcomes_needs() -> ShowOutcomesNeeds:
    return ShowOutcomesNeeds(count_people_needs(), SnapshotStore(wiring.table()))


def timeline_needs() -> TimelineNeeds:
    return TimelineNeeds(
        accounts_wiring.accounts(),
        outcomes(),
        invitations_wiring.invitations().find_all,
        responses_wiring.responses().find_all,
        tasks_wiring.tasks().find_all,
        surveys_wiring.catalogue().get,
    )


def count_people_needs() -> CountPeopleNeeds:
    return CountPeopleNeeds(
        invitations_wiring.invitations(),
        accounts_wiring.accounts(),
        outcomes(),
        responses_wiring.responses().find_all,
    )
