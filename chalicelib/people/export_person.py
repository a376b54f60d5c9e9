"""Everything that is stored of one person, to be given to them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from chalicelib import keys, moments
from chalicelib.accounts.show_contacts import show_contact
from chalicelib.accounts.store import AccountStore
from chalicelib.disclosure.disclosure import Disclosure
from chalicelib.errors import NotFound
from chalicelib.invitations.invitation import Invitation
from chalicelib.invitations.items import LEFT
from chalicelib.invitations.served import ServedStore
from chalicelib.invitations.ticket import show_ticket
from chalicelib.lookups.lookup import Opened
from chalicelib.members.show_member import show_member
from chalicelib.members.store import MemberStore
from chalicelib.outcomes.outcome import Outcome
from chalicelib.outcomes.show_outcome import show_outcome
from chalicelib.outcomes.store import OutcomeStore
from chalicelib.people import schemas
from chalicelib.people.case import Case
from chalicelib.people.directory_store import DirectoryStore
from chalicelib.people.show_entry import show_entry
from chalicelib.people.store import PeopleStore
from chalicelib.responses.judge.verdict import State
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.question import shown_answers
from chalicelib.tasks.task import Task
from chalicelib.teams.store import TeamStore

EVERYTHING = Disclosure(sees_people=True)


# Takes invitations of a confidential survey, leaves a record and gives what was answered to them.
OpenSealed = Callable[[Survey, Sequence[str]], list[Opened]]


class ExportPersonNeeds(Struct, frozen=True):
    people: PeopleStore
    directory: DirectoryStore
    accounts: AccountStore
    teams: TeamStore
    members: MemberStore
    served: ServedStore
    outcomes: OutcomeStore
    survey: Callable[[str], Survey]
    open_sealed: OpenSealed


def export_person(person_id: str, needs: ExportPersonNeeds) -> schemas.ExportedPerson:
    flags, rows = needs.people.flags(person_id), needs.people.rows(person_id)
    contacts = needs.accounts.contacts_of_person(person_id)
    entry, member = needs.directory.find(person_id), needs.members.find(person_id)
    cases = [needs.people.case(row.invitation) for row in rows if row.invitation]
    surveys = {case.survey: needs.survey(case.survey) for case in cases if case.invitation}
    opened = _opened(cases, surveys, needs.open_sealed)
    told = [_found(needs.outcomes.get, row.outcome) for row in rows if row.outcome]
    return {
        "person": person_id,
        "unsubscribed_at": flags.get("unsubscribed_at"),
        "left_surveys": sorted(name.removeprefix(LEFT) for name in flags if name.startswith(LEFT)),
        "bounced_at": flags.get("bounced_at"),
        "complained_at": flags.get("complained_at"),
        "erased_at": flags.get("erased_at"),
        "stopped": needs.people.stopped(person_id),
        "directory": show_entry(entry) if entry else None,
        "invitations": [
            _invitation(case.invitation, case, surveys[case.survey], opened)
            for case in cases
            if case.invitation
        ],
        "contacts": [show_contact(contact, EVERYTHING) for contact in contacts],
        "teams": [team.id for team in needs.teams.of_person(person_id)],
        "member": show_member(member, EVERYTHING) if member else None,
        "served": [keys.id_of(key.pk) for key in needs.served.of_person(person_id)],
        "typed": needs.people.typed_by(person_id),
        "outcomes": [show_outcome(outcome, EVERYTHING) for outcome in told if outcome],
    }


def _found(get: Callable[[str], Outcome], outcome_id: str) -> Outcome | None:
    try:
        return get(outcome_id)
    except NotFound:  # it ended a short time before its row
        return None


def _opened(
    cases: Sequence[Case], surveys: Mapping[str, Survey], open_sealed: OpenSealed
) -> dict[str, Opened]:
    """By invitation."""
    found: list[Opened] = []
    for survey in surveys.values():
        if survey.identity == "confidential":
            asked = [case.invitation for case in cases if case.invitation]
            found += open_sealed(survey, [one.id for one in asked if one.survey == survey.id])
    return {one.invitation: one for one in found}


def _invitation(
    invitation: Invitation, case: Case, survey: Survey, opened: Mapping[str, Opened]
) -> schemas.ExportedInvitation:
    sealed = opened.get(invitation.id)
    return {
        "id": invitation.id,
        "survey": invitation.survey,
        "identity": survey.identity,
        "status": invitation.status,
        "reason": invitation.reason,
        "ended": invitation.ended,
        "email": invitation.email or None,
        "name": invitation.name,
        "ticket": show_ticket(invitation.ticket),
        "segments": dict(segment.split("=", 1) for segment in invitation.segments),
        "locale": invitation.locale,
        "account": invitation.account,
        "created_at": moments.to_text(invitation.created_at),
        "sent_at": moments.to_text(invitation.sent_at) if invitation.sent_at else None,
        "response": _sealed(sealed, survey) if sealed else _named(case.response),
        "task": _task(case.task) if case.task else None,
    }


def _sealed(opened: Opened, survey: Survey) -> schemas.ExportedResponse:
    day = opened.published and date.fromisoformat(opened.published)
    released = moments.to_text(moments.start_of(day, survey.tz)) if day else None
    return {
        "state": State.COUNTED if day else State.SETTLING,
        "score": opened.score,
        "comment": opened.comment,
        "answers": shown_answers(opened.answers),
        "contact": False,
        "answered_at": released,
        "changed_at": released,
    }


def _named(response: Response | None) -> schemas.ExportedResponse | None:
    if response is None or response.gone:
        return None
    return {
        "state": response.state,
        "score": response.score,
        "comment": response.comment,
        "answers": shown_answers(response.answers),
        "contact": response.contact,
        "answered_at": moments.to_text(response.answered_at),
        "changed_at": moments.to_text(response.changed_at),
    }


def _task(task: Task) -> schemas.ExportedTask:
    closing = task.closing
    return {
        "state": task.listed_in,
        "cause": closing.cause if closing else None,
        "note": closing.note if closing else None,
        "notes": [entry.note for entry in task.history if entry.note],
        "tell": closing.tell if closing else None,
        "helped": task.helped,
        "created_at": moments.to_text(task.created_at),
        "due_at": moments.to_text(task.due_at),
        "closed_at": moments.to_text(closing.at) if closing else None,
    }
