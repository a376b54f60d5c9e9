"""The page of the directory. It keeps neither names nor addresses: a person is found by typing the
address."""

from typing import Any

from chalicelib.api_keys.api_key import Scope
from chalicelib.dashboard.page import page
from chalicelib.dashboard.setup.read_body import read_body
from chalicelib.dashboard.sheet import Sheet
from chalicelib.dashboard.shown import Moved, Shown
from chalicelib.dashboard.visit import Visit
from chalicelib.keys import PEOPLE
from chalicelib.noting import acting
from chalicelib.people import wiring
from chalicelib.people.import_people import read_facts
from chalicelib.people.schemas import FactsBody, PeopleQuery, PersonBody
from chalicelib.people.show_entry import show_entry
from chalicelib.web.cursor import encode_cursor, listed_after

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
    """Of who is there already, what is said now stands."""
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
