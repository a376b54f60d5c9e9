"""The page of the directory. It keeps neither names nor addresses: a person is found by typing the
address."""

from typing import Any

from msgspec.structs import replace

from chalicelib.api_keys.api_key import Scope
from chalicelib.dashboard.page import page
from chalicelib.dashboard.setup.read_body import read_body
from chalicelib.dashboard.sheet import Sheet
from chalicelib.dashboard.shown import Moved, Shown
from chalicelib.dashboard.visit import Visit
from chalicelib.errors import Invalid
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.throttle import reason_to_be_silent
from chalicelib.invitations.unsubscribe import ask_back
from chalicelib.keys import PEOPLE
from chalicelib.noting import acting
from chalicelib.people import wiring
from chalicelib.people.import_people import read_facts
from chalicelib.people.schemas import FactsBody, PeopleQuery, PersonBody, ResubscriptionBody
from chalicelib.people.show_entry import show_entry
from chalicelib.retry import time_left
from chalicelib.web.cursor import encode_cursor, listed_after

# The field of whoever asks for e-mails again.
ASKS_BACK = "asks_back"
FACTS = ("role", "location", "account", "language")


@page(Scope.PEOPLE_READ, Scope.PEOPLE_WRITE, query=PeopleQuery)
def show_people(visit: Visit[PeopleQuery]) -> Shown:
    query = visit.query
    after = listed_after(query.cursor, PEOPLE)
    found, last = wiring.directory().page(query.account, query.limit, after)
    facts = {"people": found, "account": query.account, "next": encode_cursor(last)}
    sheet = Sheet("people", ("person", *FACTS), [*map(show_entry, found)])
    return Shown("setup/people", facts, sheet=sheet)


@page(Scope.PEOPLE_READ, Scope.PEOPLE_WRITE, again=show_people)
def put_person(visit: Visit[Any]) -> Moved:
    """Of who is there already, what is said now stands. The page's other form lifts what somebody
    stopped."""
    if visit.form.text("act") == "resubscribe":
        acting("resubscribe")
        return Moved("setup/people", said=_lifted(visit))
    needs, names = wiring.directory_needs(), ("email", *FACTS)
    body = read_body(PersonBody, {name: visit.form.maybe(name) for name in names})
    person = needs.person(body.email)
    entry = read_facts(body, person, visit.key.id, visit.now, needs)
    needs.directory.put(entry)
    return Moved(f"setup/people/{person}", said="saved")


@page(Scope.PEOPLE_READ, Scope.PEOPLE_WRITE)
def show_person(visit: Visit[Any], person: str) -> Shown:
    return Shown("setup/person", {"entry": wiring.directory().get(person)})


@page(Scope.PEOPLE_READ, Scope.PEOPLE_WRITE, again=show_person)
def change_person(visit: Visit[Any], person: str) -> Moved:
    needs = wiring.directory_needs()
    known = needs.directory.get(person).person
    if visit.form.text("act") == "delete":
        acting("delete_person")
        needs.directory.delete(known)
        return Moved("setup/people", said="deleted")
    body = read_body(FactsBody, {name: visit.form.maybe(name) for name in FACTS})
    needs.directory.put(read_facts(body, known, visit.key.id, visit.now, needs))
    return Moved(f"setup/people/{person}", said="saved")


def _lifted(visit: Visit[Any]) -> str:
    """What is said of it. Raises Invalid."""
    try:
        body = read_body(ResubscriptionBody, {"email": visit.form.maybe(ASKS_BACK)})
    except Invalid as refused:
        raise Invalid([replace(one, pointer=ASKS_BACK) for one in refused.errors]) from refused
    needs = invitations_wiring.unsubscribe_needs(time_left)
    person = invitations_wiring.person_of(body.email)
    lifted, after = ask_back(person, None, visit.key.id, visit.now, needs)
    if not (lifted.unsubscribed or lifted.surveys):
        return "nothing_lifted"
    return "lifted_in_vain" if reason_to_be_silent(after) else "lifted"
