import pytest

from chalicelib.api_keys.api_key import Scope, scopes_of


def test_read_is_all_that_can_be_read_but_people() -> None:
    scopes = scopes_of(["read"])
    assert Scope.RESPONSES_READ in scopes
    assert Scope.PEOPLE_READ not in scopes
    assert all(scope.value.endswith(":read") for scope in scopes)


def test_people_are_read_by_a_key_that_names_them() -> None:
    assert scopes_of(["read", "people:read"]) == scopes_of(["read"]) | {Scope.PEOPLE_READ}
    with pytest.raises(ValueError, match="people"):
        scopes_of(["people"])
