"""A survey is written down twice: as it is checked when it is given, and as it is read."""

import json

import pytest
from msgspec import NODEFAULT, Struct
from msgspec.structs import fields
from pydantic import BaseModel

from chalicelib.surveys import definition, plan, plan_schemas, question, question_schemas, schemas
from chalicelib.surveys.items import definition_of, survey_from_item
from chalicelib.surveys.put_survey import read_survey
from infra.demo.surveys import SURVEYS

PAIRS: list[tuple[type[Struct], type[BaseModel]]] = [
    (definition.Survey, schemas.Survey),
    (question.Question, question_schemas.Question),
    (question.Option, question_schemas.Option),
    (plan.Effect, plan_schemas.Effect),
    (plan.When, plan_schemas.When),
    (plan.ScoreRange, plan_schemas.ScoreRange),
]


@pytest.mark.parametrize(("read", "given"), PAIRS)
def test_both_have_the_same_fields_in_the_same_order(
    read: type[Struct], given: type[BaseModel]
) -> None:
    assert list(read.__struct_fields__) == list(given.model_fields)


@pytest.mark.parametrize(("read", "given"), PAIRS)
def test_both_have_the_same_defaults(read: type[Struct], given: type[BaseModel]) -> None:
    for field in fields(read):
        said = given.model_fields[field.name]
        default = field.default
        if field.default_factory is not NODEFAULT:
            default = field.default_factory()
        assert said.is_required() == (default is NODEFAULT), field.name
        if default is not NODEFAULT:
            assert _plain(said.get_default(call_default_factory=True)) == _plain(default)


@pytest.mark.parametrize("survey", SURVEYS)
def test_what_is_shown_is_taken_again_and_gives_the_same(survey: definition.Survey) -> None:
    shown = json.loads(json.dumps(definition_of(survey)))
    assert read_survey(shown, survey.id) == survey
    assert survey_from_item(shown) == survey


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump()
    if isinstance(value, Struct):
        return {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
    return value
