"""The routes of look-ups into confidential answers, and of their records."""

from typing import Any

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.disclosure.disclosure import Disclosure
from chalicelib.disclosure.wiring import disclosure_for
from chalicelib.errors import FieldError, Invalid
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.lookups import schemas, wiring
from chalicelib.lookups.lookup import look_up, refuse_unless_confidential
from chalicelib.lookups.store import Lookup
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.question import shown_answers
from chalicelib.web.answer import ok
from chalicelib.web.call import Call, json_body
from chalicelib.web.cursor import decode_cursor, encode_cursor
from chalicelib.web.endpoint import endpoint
from chalicelib.web.pagination import PageQuery


@endpoint(
    "Look up what a person answered to a confidential survey",
    ok("The answers; the record of this look-up stays.", schemas.OpenedLookup),
    description="Each request leaves a record that everybody sees who may read the survey: which"
    " key looked, when and why. It is written first, also when there is nothing to be found.",
    scope=Scope.BALLOTS_OPEN,
    body=json_body(schemas.LookupBody, schemas.EXAMPLE),
    not_noted="the survey lists it, with its reason",
)
def look_up_answer(call: Call[Any, schemas.LookupBody], survey: str) -> schemas.OpenedLookup:
    definition = surveys_wiring.surveys().get(survey)
    refuse_unless_confidential(definition)
    asked = _invitations(call.body, survey)
    needs = wiring.look_up_needs()
    record, answers = look_up(definition, asked, call.body.reason, call.key.id, call.now, needs)
    opened: list[schemas.OpenedAnswer] = [
        {
            "invitation": answer.invitation,
            "score": answer.score,
            "comment": answer.comment,
            "answers": shown_answers(answer.answers),
            "published": answer.published,
        }
        for answer in answers
    ]
    return {**_show(record, Disclosure(sees_people=True)), "answers": opened}


@endpoint(
    "List who looked up answers, and why",
    ok("The newest first.", schemas.LookupList),
    scope=Scope.SURVEYS_READ,
    query=PageQuery,
)
def list_lookups(call: Call[PageQuery, Any], survey: str) -> schemas.LookupList:
    surveys_wiring.surveys().get(survey)
    after = decode_cursor(call.query.cursor, "PK", "SK")
    found, last = wiring.lookups().page(survey, call.query.limit, after)
    told = disclosure_for(call.key)
    return {"items": [_show(record, told) for record in found], "next": encode_cursor(last)}


def _invitations(body: schemas.LookupBody, survey: str) -> list[str]:
    """Raises Invalid."""
    if bool(body.email) == bool(body.invitation):
        raise Invalid([FieldError("#", "whom_unclear", "Give one of email and invitation.")])
    lookups = wiring.lookups()
    if body.invitation:
        return lookups.asked_by(body.invitation, survey)
    return lookups.invitations_of(invitations_wiring.person_of(str(body.email)), survey)


def _show(record: Lookup, told: Disclosure) -> schemas.Lookup:
    return {
        "id": record.id,
        "survey": record.survey,
        "at": moments.to_text(record.at),
        "by": record.by,
        "reason": record.reason,
        "invitations": list(record.invitations) if told.sees_people else None,
    }
