"""A person of whom everything is kept that can be, beside another one."""

import json
from datetime import timedelta
from typing import Any

from msgspec.structs import asdict, replace

from chalicelib import ids, keys, moments
from chalicelib.accounts.account import Capacity, Contact, Engagement
from chalicelib.accounts.store import AccountStore
from chalicelib.ballots.memory import BallotMemory
from chalicelib.invitations.ask import Request, ask
from chalicelib.invitations.invitation import Invitation, Ticket
from chalicelib.invitations.issue_links import IssueLinksNeeds, issue_links
from chalicelib.invitations.known import Known
from chalicelib.invitations.person_store import PersonStore
from chalicelib.invitations.served import Served, ServedStore, naming
from chalicelib.invitations.store import InvitationStore
from chalicelib.mail.send import FOLLOW_UP, INVITATION, send
from chalicelib.members.member import Member as SigningIn
from chalicelib.members.role import Role
from chalicelib.members.session import new_session
from chalicelib.members.store import MemberStore, SessionStore
from chalicelib.outcomes.outcome import Kind, Outcome
from chalicelib.outcomes.store import OutcomeStore
from chalicelib.people.directory_store import DirectoryStore
from chalicelib.people.entry import Entry
from chalicelib.people.erase_person import ErasePersonNeeds, erase_person
from chalicelib.people.erasure import Erasure
from chalicelib.people.store import PeopleStore
from chalicelib.responses.judge.facts import Arrival, Client, Place
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.responses.store import ResponseStore
from chalicelib.retry import no_limit
from chalicelib.surveys.definition import Survey
from chalicelib.table import Item, Table, Update
from chalicelib.tasks.change_task import add_task, change_task
from chalicelib.tasks.task import CLOSED, Change, task_for
from chalicelib.teams.store import TeamStore
from chalicelib.teams.team import Member, Team
from chalicelib.web.idempotency import DeliveryStore
from tests.support.fakes import FakeTable
from tests.support.follow_ups import put_follow_up
from tests.support.mailing import FakeMailer, sending
from tests.support.samples import NOW, SURVEY, ask_needs, last_shard, recording, task_needs

ASKING = replace(SURVEY, reminder_days=3)
INGRID, OLAV = "ingrid.solheim@example.com", "olav.berg@example.com"
WORDS = "Ingrid waited nine days"
# The counts of `everything`.
WENT = {
    "invitations": 3,
    "responses": 1,
    "comments": 1,
    "tasks": 1,
    "notes": 1,
    "reminders": 1,
    "follow_ups": 1,
    "mail_ids": 2,
    "visits": 1,
    "ledger": 3,
    "directory": 1,
    "stopped": 0,
    "contacts": 2,
    "teams": 1,
    "served": 1,
    "members": 1,
    "typed": 0,
    "outcomes": 1,
    "unfindable": 0,
}


def person_of(address: str) -> str:
    return ask_needs(FakeTable()).person_id(address)


def everything(table: Table, email: str = INGRID) -> Invitation:
    """Asked and answered, asked too early, asked by a link. Gives the first."""
    first = asked(table, "first", email)
    answered(table, first.id, 2, WORDS)
    asked(table, "too early", email, NOW + timedelta(days=1))
    linked(table, email)
    mail_follow_up(table, first.id)
    for number, account in enumerate(("fjordline", "nordlys")):
        AccountStore(table).put_contact(contact(account, f"{email[:5]}-{number}", email))
    OutcomeStore(table).add(outcome(email))
    join_team(table, email)
    known = Known("Chief", "Oslo", "fjordline", "nb")
    DirectoryStore(table).put(Entry(person_of(email), known, NOW))
    serve(table, email)
    sign_in(table, email)
    return first


def asked(table: Table, name: str, email: str, now: Any = NOW) -> Invitation:
    name = f"{name} of {email}"
    ticket = Ticket("zendesk", f"ticket {name}", f"Laptop {name}")
    request = Request(email, f"Name {email}", ticket, {"group": "Network"})
    made = ask(ASKING, request, ids.derived_id(name), now, ask_needs(table))
    needs = sending(table, FakeMailer(name=f"mail {name}"))
    mail = needs.__class__(**{**asdict(needs), "survey": lambda _: ASKING})
    send(INVITATION, made.id, now, mail)
    return made


def answered(table: Table, invitation: str, score: int, words: str, now: Any = NOW) -> None:
    note_visit(table, invitation)
    said = Answer(score, words)
    response = record_response(invitation, said, new_operation(now), "UTC", now, recording(table))
    add_task(task_for(response, SURVEY, now), task_needs(table))
    change = Change(CLOSED, "Wi-Fi", True, f"Called about: {words}")
    change_task(invitation, change, "key", now, task_needs(table))


def note_visit(table: Table, invitation: str) -> None:
    for second in range(2):
        seen = Arrival(NOW.timestamp() + second, Client("home", "desktop"), Place.HOME)
        ResponseStore(table).note(invitation, seen, NOW + timedelta(days=30))


def mail_follow_up(table: Table, invitation: str) -> None:
    response = ResponseStore(table).find(invitation)
    assert response
    put_follow_up(table, response, NOW)
    table.write(Update(keys.follow_up(invitation), set={"status": "queued"}))
    name = f"follow-up {invitation}"
    send(FOLLOW_UP, invitation, NOW, sending(table, FakeMailer(name=name)))


def linked(table: Table, email: str) -> Invitation:
    needs = IssueLinksNeeds(
        InvitationStore(table),
        DeliveryStore(table),
        PersonStore(table).with_what_is_known,
        person_of,
        lambda: "a",
        lambda attempt: None,
        last_shard(table),
    )
    ticket = Ticket("api", f"linked {email}", f"Printer of {email}")
    return issue_links(SURVEY, Request(email, f"Name {email}"), ticket, NOW, needs).invitation


def join_team(table: Table, email: str) -> None:
    member = Member(email[:5], person_of(email), f"Name {email}", email, "lead")
    TeamStore(table).put(Team(f"desk-{email[:5]}", "Service Desk", (member,)), NOW)


def sign_in(table: Table, email: str) -> None:
    """To the pages, as a member."""
    member = SigningIn(f"m-{email[:5]}", person_of(email), email, f"Name {email}", Role.TEAM)
    MemberStore(table).add(member)
    SessionStore(table).add(new_session(member.person, NOW), NOW)


def serve(table: Table, email: str) -> None:
    """Somebody else, about whom they would get the words."""
    served = Served(f"of {email}", person_of(email), email, NOW + timedelta(days=30))
    table.transact(naming(served))


def contact(account: str, contact_id: str, email: str) -> Contact:
    kinds = (Capacity.DECIDES, Engagement.HIGH, False, NOW)
    return Contact(account, contact_id, person_of(email), email, f"Name {email}", "CTO", *kinds)


def outcome(email: str) -> Outcome:
    told = ("outcome of " + person_of(email), Kind.REFERRAL, person_of(email))
    return Outcome(*told, None, NOW, None, "Told a friend", NOW)


def erasing(
    table: Table, ballots: Table | None = None, survey: Survey = SURVEY
) -> ErasePersonNeeds:
    return ErasePersonNeeds(
        PeopleStore(table),
        ResponseStore(table),
        AccountStore(table),
        TeamStore(table),
        MemberStore(table),
        ServedStore(table),
        BallotMemory(ballots or FakeTable()),
        lambda _: survey,
        lambda attempt: None,
        last_shard(table),
        no_limit,
    )


def erase(table: Table, email: str = INGRID, now: Any = NOW) -> Erasure:
    return erase_person(person_of(email), lambda: now, erasing(table))


def told_of(items: Any, email: str = INGRID) -> list[Item]:
    """The items that tell anything of the person."""
    marks = [email, person_of(email), *([WORDS] if email == INGRID else [])]
    return [item for item in items if any(mark in json.dumps(item) for mark in marks)]


def kept_days(days: int) -> Survey:
    return replace(SURVEY, keep_days=days)


def tombstone(email: str = INGRID) -> Item:
    person = keys.person(person_of(email)).as_item()
    return {**person, "erased_at": moments.to_text(NOW), "version": 2}
