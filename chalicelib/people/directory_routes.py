"""The routes of the directory. An address comes in a body alone: paths are written into logs."""

from typing import Any

from chalicelib import wiring as root_wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.keys import PEOPLE
from chalicelib.people import wiring
from chalicelib.people.import_people import COLUMNS, NEEDED_COLUMNS, person_rows, read_facts
from chalicelib.people.schemas import (
    PERSON_EXAMPLE,
    DryRunQuery,
    FactsBody,
    PeopleQuery,
    PersonBody,
    PersonKnown,
    PersonList,
)
from chalicelib.people.show_entry import show_entry
from chalicelib.web.answer import Reply, accepted, created, deleted, ok
from chalicelib.web.audited import BY_THOUSANDS
from chalicelib.web.call import Call, json_body
from chalicelib.web.csv_import import read_rows
from chalicelib.web.cursor import encode_cursor, listed_after
from chalicelib.web.endpoint import endpoint
from chalicelib.web.import_progress import NoProgress, progress_of
from chalicelib.web.import_rows import FILES, import_rows, told
from chalicelib.web.schemas import Import


@endpoint(
    "List the people of the directory",
    ok("By account; first those who have none.", PersonList),
    scope=Scope.PEOPLE_READ,
    query=PeopleQuery,
)
def list_people(call: Call[PeopleQuery, Any]) -> PersonList:
    after = listed_after(call.query.cursor, PEOPLE)
    found, last = wiring.directory().page(call.query.account, call.query.limit, after)
    return {"items": [show_entry(entry) for entry in found], "next": encode_cursor(last)}


@endpoint(
    "Put a person into the directory",
    ok("The person was there; what is said now stands.", PersonKnown),
    created("The person.", PersonKnown),
    description="What the directory says fills in what an invitation or a trigger leaves out:"
    " the segments that are of a role or of a location, the account and the language. It keeps no"
    " name and no address: the same address gives the same id.",
    scope=Scope.PEOPLE_WRITE,
    body=json_body(PersonBody, PERSON_EXAMPLE),
    not_noted=BY_THOUSANDS,
)
def add_person(call: Call[Any, PersonBody]) -> Reply[PersonKnown]:
    needs = wiring.directory_needs()
    person = needs.person(call.body.email)
    entry = read_facts(call.body, person, call.key.id, call.now, needs)
    stored, is_new = needs.directory.put(entry)
    place = {"Location": f"/v1/people/{person}"}
    return Reply(show_entry(stored), 201 if is_new else 200, place)


@endpoint(
    "Take a file of people in",
    ok("What became of each row.", Import),
    accepted("Some rows wait: send the file again.", Import),
    description="With `dry_run=true` nothing is stored, and a row that could be is `valid`."
    f" {FILES}",
    scope=Scope.PEOPLE_WRITE,
    query=DryRunQuery,
    rows=COLUMNS,
    repeats=True,
)
def import_people(call: Call[DryRunQuery, Any]) -> Reply[Import]:
    time_left, is_dry = root_wiring.lasting(root_wiring.FILE_S), call.query.dry_run == "true"
    rows = read_rows(call.raw, call.content_type, COLUMNS, NEEDED_COLUMNS)
    kind = person_rows(rows, call.key.id, call.now, wiring.directory_needs(), is_dry)
    progress = NoProgress() if is_dry else progress_of(call, "people", root_wiring.table())
    return told(import_rows(rows, kind, progress, time_left))


@endpoint("Show a person of the directory", ok("The person.", PersonKnown), scope=Scope.PEOPLE_READ)
def show_person(call: Call[Any, Any], person: str) -> PersonKnown:
    return show_entry(wiring.directory().get(person))


@endpoint(
    "Change what the directory says of a person",
    ok("The person as it stands now.", PersonKnown),
    scope=Scope.PEOPLE_WRITE,
    body=json_body(FactsBody, {"role": "manager"}),
    not_noted=BY_THOUSANDS,
)
def put_person(call: Call[Any, FactsBody], person: str) -> PersonKnown:
    needs = wiring.directory_needs()
    known = needs.directory.get(person).person
    entry = read_facts(call.body, known, call.key.id, call.now, needs)
    return show_entry(needs.directory.put(entry)[0])


@endpoint(
    "Take a person out of the directory",
    deleted("It is gone. An erasure takes out the rest."),
    scope=Scope.PEOPLE_WRITE,
)
def delete_person(call: Call[Any, Any], person: str) -> None:
    wiring.directory().delete(person)
