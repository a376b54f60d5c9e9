import pytest

from chalicelib.api_keys.api_key import Scope, scopes_of
from chalicelib.surveys.named import may_show_person


def test_read_is_all_that_can_be_read_but_people() -> None:
    scopes = scopes_of(["read"])
    assert Scope.RESPONSES_READ in scopes
    assert Scope.PEOPLE_READ not in scopes
    assert all(scope.value.endswith(":read") for scope in scopes)


def test_people_are_read_by_a_key_that_names_them() -> None:
    assert scopes_of(["read", "people:read"]) == scopes_of(["read"]) | {Scope.PEOPLE_READ}
    with pytest.raises(ValueError, match="people"):
        scopes_of(["people"])


@pytest.mark.parametrize("identity", ["confidential", "anonymous", "Named", "", "sealed"])
def test_only_a_named_survey_shows_who_answered(identity: str) -> None:
    assert not may_show_person(identity, frozenset(Scope))


def test_a_name_is_shown_to_a_key_with_the_scope_alone() -> None:
    assert may_show_person("named", frozenset({Scope.PEOPLE_READ}))
    assert not may_show_person("named", frozenset(Scope) - {Scope.PEOPLE_READ})
