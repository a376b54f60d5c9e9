import pytest

from chalicelib.api_keys.api_key import Scope
from chalicelib.errors import Invalid
from chalicelib.surveys.identity import may_show_person, require_named


@pytest.mark.parametrize("identity", ["confidential", "anonymous", ""])
def test_only_a_named_survey_tells_of_single_people(identity: str) -> None:
    require_named("named")
    with pytest.raises(Invalid) as refused:
        require_named(identity)
    assert refused.value.errors[0].code == "survey_not_named"


@pytest.mark.parametrize("identity", ["confidential", "anonymous", "Named", "", "sealed"])
def test_only_a_named_survey_shows_who_answered(identity: str) -> None:
    assert not may_show_person(identity, frozenset(Scope))


def test_a_name_is_shown_to_a_key_with_the_scope_alone() -> None:
    assert may_show_person("named", frozenset({Scope.PEOPLE_READ}))
    assert not may_show_person("named", frozenset(Scope) - {Scope.PEOPLE_READ})
