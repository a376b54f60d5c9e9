"""Makes and changes surveys."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.disclosure.disclosure import Disclosure
from chalicelib.errors import Conflict, FieldError, NotFound
from chalicelib.surveys import schemas
from chalicelib.surveys.colleagues import People, refuse_people
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.items import survey_from_item
from chalicelib.surveys.question import questions_in_use
from chalicelib.surveys.store import SurveyStore


class PutSurveyNeeds(Struct, frozen=True):
    """`is_counted` tells of a survey's id whether anybody was asked, `has_box` whether under the
    promise of a sealed one."""

    surveys: SurveyStore
    is_counted: Callable[[str], bool]
    has_box: Callable[[str], bool]
    people: Callable[[], People]


def put_survey(
    survey: Survey,
    by: str,
    told: Disclosure,
    needs: PutSurveyNeeds,
    over: str = "",
    *,
    stays_closed: bool = False,
) -> Survey:
    """As it is stored. `by` is the id of a key, `over` the edition that was looked at; empty takes
    any. `stays_closed`: it is closed if it was. Raises ChangedMeanwhile, Conflict when something
    in it stands for a member, or one of a team's people, or when what its numbers mean changes
    after people were asked, or what they were promised, and Forbidden when the zone does and the
    key may not know at what time they answered."""
    before = _before(survey.id, needs.surveys)
    _refuse_people(survey, before, needs)
    if before and stays_closed:
        survey = replace(survey, closed=before.closed)
    broken = _broken_promises(before, survey) if before else []
    if broken and _was_asked(survey.id, needs):
        raise Conflict(broken)
    if before and _changes(before, survey) and needs.is_counted(survey.id):
        if errors := _contradictions(before, survey):
            raise Conflict(errors)
        if before.tz != survey.tz:
            # Days that can be moved by hours tell the hours.
            told.require_people()
    needs.surveys.put(survey, by, over)
    return survey


def _refuse_people(survey: Survey, before: Survey | None, needs: PutSurveyNeeds) -> None:
    """Raises Conflict."""
    people = needs.people()
    try:
        refuse_people(survey, people)
    except Conflict:
        if before is None or not _was_asked(survey.id, needs):
            raise
        refuse_people(survey, people, before)


def _was_asked(survey_id: str, needs: PutSurveyNeeds) -> bool:
    return needs.has_box(survey_id) or needs.is_counted(survey_id)


def _changes(before: Survey, survey: Survey) -> bool:
    kept = ("scale", "tz", "trial")
    return any(getattr(before, name) != getattr(survey, name) for name in kept)


def read_survey(body: dict[str, Any], survey_id: str) -> Survey:
    """The body may repeat the id of the path. Raises Conflict or pydantic's ValidationError."""
    if body.get("id", survey_id) != survey_id:
        raise Conflict([FieldError("#/id", "id_differs", "The path names another survey.")])
    given = schemas.Survey.model_validate({**body, "id": survey_id})
    return survey_from_item(given.model_dump(mode="json"))


def _broken_promises(before: Survey, after: Survey) -> list[FieldError]:
    """What was promised to the people who were asked, or was answered and counted under it."""
    sealed = before.is_sealed or after.is_sealed
    lost = questions_in_use(before.questions, after.questions)
    when = ("closes_on", "tz")
    asked = ("link", "scale", "segments", "segment_of", "segment_values", "asks_contact")
    fixed = ("smallest_group", *when, *asked)
    changed = [
        name
        for name in ("identity", *(fixed if sealed else ()))
        if getattr(before, name) != getattr(after, name)
    ]
    detail = "People were asked under it. Make another survey."
    return [*(FieldError(f"#/{name}", f"{name}_in_use", detail) for name in changed), *lost]


def _contradictions(before: Survey, after: Survey) -> list[FieldError]:
    errors = []
    # A 5 is the middle of one scale and the best of another.
    if before.scale != after.scale:
        detail = f"People were asked on {before.scale}. Make another survey for another scale."
        errors.append(FieldError("#/scale", "scale_in_use", detail))
    # The answers of scripts stay in a trial, and those of people out of it.
    if before.trial != after.trial:
        detail = "A survey with answers stays a trial, or none. Make another survey."
        errors.append(FieldError("#/trial", "trial_in_use", detail))
    return errors


def _before(survey_id: str, surveys: SurveyStore) -> Survey | None:
    try:
        return surveys.get(survey_id)
    except NotFound:
        return None
