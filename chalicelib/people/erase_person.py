"""Erases a person: everything that names them or that they said, with its counts. What stays is a
keyed tombstone, and a receipt that counts what went.

Each step is one transaction with its part of the receipt. The row that leads to an invitation
goes last. So the work may stop after any call, and when it runs again it finds what is left.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ParamSpec, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from chalicelib import keys, member_keys
from chalicelib.accounts.account import Contact, Owner
from chalicelib.accounts.store import AccountStore, disowning
from chalicelib.audit import HEED
from chalicelib.ballots.memory import BallotMemory
from chalicelib.invitations.external_ids import calling_no_more
from chalicelib.invitations.served import ServedStore
from chalicelib.members.store import MemberStore
from chalicelib.noting import about
from chalicelib.people.case import Case
from chalicelib.people.erase_typed import EraseTypedNeeds, Typed, erase_typed
from chalicelib.people.erasing import deleting, erasing_case, signing_out
from chalicelib.people.erasure import Erasure, Progress, erasure_id, line_of_erasure
from chalicelib.people.store import PeopleStore, Row, counting
from chalicelib.responses.judge.entries import closed_visit
from chalicelib.responses.record import RecordNeeds
from chalicelib.responses.store import ResponseStore
from chalicelib.responses.take_words import take_words
from chalicelib.retry import no_limit, retrying
from chalicelib.surveys.definition import Survey
from chalicelib.table import ABSENT, Delete, Key
from chalicelib.tally.shards import ShardOf
from chalicelib.teams.store import TeamStore, leaving
from chalicelib.teams.team import Team

Clock = Callable[[], datetime]
P = ParamSpec("P")
T = TypeVar("T")


class ErasePersonNeeds(Struct, frozen=True):
    """`pause(attempt)` waits between tries, with jitter. No step begins when `time_left` is over;
    it gives seconds. `memory` is what confidential surveys remember."""

    people: PeopleStore
    responses: ResponseStore
    accounts: AccountStore
    teams: TeamStore
    members: MemberStore
    served: ServedStore
    memory: BallotMemory
    survey: Callable[[str], Survey]
    pause: Callable[[int], None]
    shard_of: ShardOf
    time_left: Callable[[], float] = no_limit


Found = Row | Contact | Team | Typed | Key


def erase_person(person_id: str, clock: Clock, needs: ErasePersonNeeds, by: str = HEED) -> Erasure:
    """`clock` is read anew for each try of a write: a reader of changes waits as long as a function
    may take, and this may take longer. `by` is who ends it, in the history. Safe to run twice, also
    at the same time. Gives the receipt, which is running when the time was over first. Raises
    Unavailable after all tries."""
    people = needs.people
    erasure_of = erasure_id(person_id)
    about(f"people/erasures/{erasure_of}", line_id=line_of_erasure(erasure_of))
    erasure = _tried(needs, people.begin, person_id, clock())
    while needs.time_left() > 0:
        left = _tried(needs, _what_is_left, person_id, needs)
        if not left:
            return _tried(needs, _finished, erasure, clock(), by, needs)
        if erasure.state is Progress.DONE:
            _tried(needs, people.begin_again, erasure, person_id)
        _erase(left, person_id, erasure, clock, needs)
        erasure = _tried(needs, people.erasure, erasure.id)
    return erasure


def _finished(erasure: Erasure, now: datetime, by: str, needs: ErasePersonNeeds) -> Erasure:
    if erasure.state is Progress.RUNNING:
        needs.people.finish(erasure, now, by)
    return needs.people.erasure(erasure.id)


def _what_is_left(person_id: str, needs: ErasePersonNeeds) -> Sequence[Found]:
    contacts = needs.accounts.contacts_of_person(person_id)
    teams = needs.teams.of_person(person_id)
    served = needs.served.of_person(person_id)
    signs_in = needs.members.keys_of(person_id)
    typed = map(Typed, needs.people.typed_by(person_id))
    return [*needs.people.rows(person_id), *contacts, *teams, *signs_in, *served, *typed]


def _erase(
    left: Sequence[Found],
    person_id: str,
    erasure: Erasure,
    clock: Clock,
    needs: ErasePersonNeeds,
) -> None:
    for found in left:
        if needs.time_left() <= 0:
            return
        _erase_found(found, person_id, erasure, clock, needs)


def _erase_found(
    found: Found, person_id: str, erasure: Erasure, clock: Clock, needs: ErasePersonNeeds
) -> None:
    match found:
        case Row(invitation=str()):
            _erase_invitation(found, erasure, clock, needs)
        case Row():
            _tried(needs, _erase_row, found, erasure, needs)
        case Contact():
            _tried(needs, _erase_contact, found, erasure, needs)
        case Team():
            _tried(needs, _leave_team, found, person_id, erasure, needs)
        case Typed():
            _tried(needs, _erase_typed, found, person_id, erasure, clock, needs)
        case Key():
            _tried(needs, _erase_key, found, person_id, erasure, needs)


def _erase_typed(
    typed: Typed, person_id: str, erasure: Erasure, clock: Clock, needs: ErasePersonNeeds
) -> None:
    recording = RecordNeeds(needs.responses, needs.pause, needs.shard_of)
    of = EraseTypedNeeds(needs.people, recording, needs.memory, needs.survey)
    erase_typed(typed, person_id, erasure, clock(), of)


def _erase_row(row: Row, erasure: Erasure, needs: ErasePersonNeeds) -> None:
    erase = _erase_outcome if row.outcome else _erase_entry
    erase(row, erasure, needs)


def _erase_invitation(row: Row, erasure: Erasure, clock: Clock, needs: ErasePersonNeeds) -> None:
    invitation_id = str(row.invitation)

    def erase_case(attempt: int) -> None:
        case = needs.people.case(invitation_id)
        if not case.is_empty:
            shard = needs.shard_of(case.survey, attempt)
            counts = case.counts | _unfindable(case, needs)
            needs.people.transact(
                [*erasing_case(case, clock(), shard), *counting(erasure.id, counts)]
            )

    def erase_visits(_: int) -> None:
        # Closed also where nothing was seen yet: nothing can be noted any more.
        visit = needs.people.get(keys.visit(invitation_id)) or {}
        if not visit.get("closed"):
            as_read = {"closed": ABSENT, "entries": visit.get("entries", ABSENT)}
            closed = replace(closed_visit(invitation_id, clock()), when=as_read)
            seen = {"visits": 1} if visit.get("entries") else {}
            needs.people.transact([closed, *counting(erasure.id, seen)])

    def erase_row(_: int) -> None:
        if needs.people.get(row.key):
            needs.people.transact(deleting([row.key], "ledger", erasure))

    _tried(needs, _forget_sealed, invitation_id, clock(), needs)
    # Nothing can be answered any more after the first. So nothing comes behind the others.
    for step in (erase_case, erase_visits, erase_row):
        retrying(step, needs.pause)


def _forget_sealed(invitation_id: str, now: datetime, needs: ErasePersonNeeds) -> None:
    """What a confidential survey remembers of it goes, with the words. The number stays, of
    nobody. It is not counted on the receipt, which would tell whether the person answered."""
    invitation = needs.people.case(invitation_id).invitation
    if invitation is None or invitation.is_erased:
        return
    survey = needs.survey(invitation.survey)
    is_kept = survey.identity == "confidential"
    known = needs.memory.find(survey.id, invitation_id) if is_kept else None
    if known is None:
        return
    if known.result:
        recording = RecordNeeds(needs.responses, needs.pause, needs.shard_of)
        take_words(known.result, survey, now, recording)
    needs.memory.forget(survey.id, invitation_id, known)


def _unfindable(case: Case, needs: ErasePersonNeeds) -> dict[str, int]:
    invitation = case.invitation
    if invitation is None or invitation.is_erased:
        return {}
    is_anonymous = needs.survey(invitation.survey).identity == "anonymous"
    return {"unfindable": 1} if is_anonymous else {}


def _tried(needs: ErasePersonNeeds, action: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    return retrying(lambda _: action(*args, **named), needs.pause)


def _erase_outcome(row: Row, erasure: Erasure, needs: ErasePersonNeeds) -> None:
    key = keys.outcome(str(row.outcome))
    writes = deleting([key], "outcomes", erasure) if needs.people.get(key) else []
    needs.people.transact([Delete(row.key), *writes])


def _erase_entry(row: Row, erasure: Erasure, needs: ErasePersonNeeds) -> None:
    if needs.people.get(row.key):
        called = calling_no_more(row.external_ids)
        needs.people.transact([*deleting([row.key], row.counts_as, erasure), *called])


def _erase_contact(contact: Contact, erasure: Erasure, needs: ErasePersonNeeds) -> None:
    # The index may be late.
    key = keys.contact(contact.account, contact.id)
    stored = needs.people.get(key)
    if stored and stored["person"] == contact.person:
        as_read = {"version": stored["version"]}
        needs.people.transact([Delete(key, as_read), *counting(erasure.id, {"contacts": 1})])


def _leave_team(team: Team, person_id: str, erasure: Erasure, needs: ErasePersonNeeds) -> None:
    # The index may be late.
    stored = needs.teams.find(team.id)
    left = [member.id for member in stored.people if member.person == person_id] if stored else []
    if stored and left:
        for owned in needs.accounts.owned_by(Owner(team.id, left[0])):
            needs.people.transact(disowning(owned))
        writes = [leaving(stored, person_id), *counting(erasure.id, {"teams": 1})]
        needs.people.transact(writes)


def _erase_key(key: Key, person_id: str, erasure: Erasure, needs: ErasePersonNeeds) -> None:
    # The index may be late.
    stored = needs.people.get(key)
    if stored and key.pk == member_keys.member(person_id).pk:
        needs.people.transact(signing_out(key, person_id, erasure))
    elif stored and stored["person"] == person_id:
        needs.people.transact(deleting([key], "served", erasure))
