import pytest

from chalicelib.api_keys.api_key import NAMED_ALONE, Scope, scopes_of
from chalicelib.errors import UnknownScope


def test_read_is_all_that_can_be_read_but_people() -> None:
    scopes = scopes_of(["read"])
    assert Scope.RESPONSES_READ in scopes
    assert Scope.PEOPLE_READ not in scopes
    assert all(scope.value.endswith(":read") for scope in scopes)


def test_people_are_read_by_a_key_that_names_them() -> None:
    assert scopes_of(["read", "people:read"]) == scopes_of(["read"]) | {Scope.PEOPLE_READ}


def test_read_and_write_give_nobody_a_way_to_give_access() -> None:
    assert scopes_of(["read", "write"]) == set(Scope) - NAMED_ALONE
    assert {Scope.KEYS_WRITE, Scope.HOOKS_WRITE} < NAMED_ALONE


@pytest.mark.parametrize("words", [[], ["people"], ["read", ""], ["admin", "read"]])
def test_an_unknown_scope_and_none_at_all_tell_the_known_ones(words: list[str]) -> None:
    with pytest.raises(UnknownScope) as refused:
        scopes_of(words)
    assert set(refused.value.known) == {"read", "write", *Scope}
