"""The routes that erase a person, or give out what is stored of one."""

from collections.abc import Sequence
from typing import Any

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.errors import Conflict, FieldError, Invalid
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.throttle import reason_to_be_silent
from chalicelib.invitations.unsubscribe import ask_back
from chalicelib.lookups import wiring as lookups_wiring
from chalicelib.lookups.lookup import Opened, look_up
from chalicelib.people import show_erasure as shown
from chalicelib.people import wiring
from chalicelib.people.erase_person import erase_person
from chalicelib.people.erasure import Progress
from chalicelib.people.export_person import OpenSealed
from chalicelib.people.export_person import export_person as export
from chalicelib.people.schemas import (
    EXAMPLE,
    Erasure,
    ErasureBody,
    ExportedPerson,
    PersonQuery,
    Resubscription,
    ResubscriptionBody,
)
from chalicelib.surveys.definition import Survey
from chalicelib.web.answer import Reply, accepted, ok
from chalicelib.web.call import Call, json_body
from chalicelib.web.endpoint import endpoint

OF_THE_PERSON = "An export of what is stored of the person."
WHOM_UNCLEAR = ("whom_unclear", "Give one of email and person.")


@endpoint(
    "Erase a person",
    ok("What went. The same person again gives the same receipt.", Erasure),
    accepted("It takes longer. Send the same again, or wait: it is finished by itself.", Erasure),
    description="One of `email` and `person`. Answers, words, invitations, tasks, contacts and"
    " outcomes go, and their counts with them. Of a confidential survey the words go, and the"
    " number stays as nobody's; of an anonymous one no answer can be found. The person is not"
    " asked again.",
    scope=Scope.PEOPLE_WRITE,
    body=json_body(ErasureBody, EXAMPLE),
)
def erase(call: Call[Any, ErasureBody]) -> Reply[Erasure]:
    needs = wiring.erase_person_needs(call.time_left)
    erasure = erase_person(_person_in(call.body), lambda: call.now, needs, call.key.id)
    place = {"Location": f"/v1/people/erasures/{erasure.id}"}
    status = 202 if erasure.state is Progress.RUNNING else 200
    return Reply(shown.show_erasure(erasure), status, place)


@endpoint("Show what an erasure took", ok("The receipt.", Erasure), scope=Scope.PEOPLE_WRITE)
def show_erasure(call: Call[Any, Any], erasure: str) -> Erasure:
    return shown.show_erasure(wiring.people().erasure(erasure))


@endpoint(
    "Lift what a person stopped, because they ask for it",
    ok("What was lifted.", Resubscription),
    description="Only for whoever asks to get survey e-mails again. A complaint and a bounce stay.",
    scope=Scope.PEOPLE_WRITE,
    body=json_body(ResubscriptionBody, EXAMPLE),
)
def resubscribe(call: Call[Any, ResubscriptionBody]) -> Resubscription:
    needs = invitations_wiring.unsubscribe_needs(call.time_left)
    person, survey = invitations_wiring.person_of(call.body.email), call.body.survey
    lifted, after = ask_back(person, survey, call.key.id, call.now, needs)
    return {
        "person": person,
        "unsubscribed": lifted.unsubscribed,
        "surveys": list(lifted.surveys),
        "unreachable": reason_to_be_silent(after),
        "lifted_at": moments.to_text(call.now),
        "lifted_by": call.key.id,
    }


@endpoint(
    "Export what is stored of a person",
    ok("Everything that names the person or that they said.", ExportedPerson),
    description="One of `person` and `email`. What was answered to a confidential survey is for a"
    " key that has the scope `ballots:open` too, and leaves a record on the survey.",
    scope=Scope.PEOPLE_READ,
    query=PersonQuery,
)
def export_person(call: Call[PersonQuery, Any]) -> ExportedPerson:
    if bool(call.query.email) == bool(call.query.person):
        raise Conflict([FieldError("person", *WHOM_UNCLEAR)])
    needs = wiring.export_person_needs(_opening(call))
    return export(_person(call.query), needs)


def _opening(call: Call[Any, Any]) -> OpenSealed:
    """What a confidential survey keeps is opened by a key that may, and leaves a record."""

    def open_sealed(survey: Survey, invitations: Sequence[str]) -> list[Opened]:
        needs = lookups_wiring.look_up_needs()
        _, answers = look_up(survey, invitations, OF_THE_PERSON, call.key.id, call.now, needs)
        return answers

    return open_sealed if call.may(Scope.BALLOTS_OPEN) else lambda survey, invitations: []


def _person_in(body: ErasureBody) -> str:
    """Raises Invalid."""
    if bool(body.email) == bool(body.person):
        raise Invalid([FieldError("#", *WHOM_UNCLEAR)])
    return _person(body)


def _person(asked: ErasureBody | PersonQuery) -> str:
    return invitations_wiring.person_of(asked.email) if asked.email else str(asked.person)
