"""What a key is told, by its scopes."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib import ids
from chalicelib.api_keys.api_key import Scope
from chalicelib.disclosure.disclosure import Disclosure, disclosure_to
from chalicelib.disclosure.seal import seal, unseal
from chalicelib.errors import Forbidden, NotFound

ALL = Disclosure(True)
FEW = Disclosure(False, b"secret of this test")
LATE = datetime(2026, 11, 20, 23, 30, 0, 123000, tzinfo=UTC)
OSLO = "Europe/Oslo"


def no_secret() -> bytes:
    raise AssertionError("read for nothing")


def test_only_people_read_sees_people() -> None:
    assert disclosure_to(frozenset(Scope), no_secret).sees_people
    for scope in set(Scope) - {Scope.PEOPLE_READ}:
        assert not disclosure_to(frozenset({scope}), lambda: b"secret").sees_people
    with pytest.raises(Forbidden):
        FEW.require_people()
    ALL.require_people()


def test_a_time_is_a_day_in_the_zone() -> None:
    assert ALL.time(LATE, OSLO) == "2026-11-20T23:30:00.123Z"
    assert FEW.time(LATE, OSLO) == "2026-11-21"
    assert FEW.time(LATE, "UTC") == "2026-11-20"
    assert (ALL.exact_time(LATE), FEW.exact_time(LATE)) == ("2026-11-20T23:30:00.123Z", None)
    assert ALL.exact_time(None) is None


@pytest.mark.parametrize(("hours", "day"), [(1, "22"), (24, "22"), (25, "23"), (48, "23")])
@pytest.mark.parametrize("minutes", [0, 12 * 60, 23 * 60])
def test_a_day_that_follows_is_the_same_for_every_hour_of_the_day(
    hours: int, day: str, minutes: int
) -> None:
    start = LATE + timedelta(minutes=minutes)  # Oslo's 21st, from 0:30 on
    assert FEW.time_after(start + timedelta(hours=hours), start, OSLO) == f"2026-11-{day}"


def test_what_is_due_is_past_when_the_day_that_is_shown_is_over() -> None:
    due = LATE + timedelta(hours=24)
    assert not FEW.is_past(due, LATE, "UTC", datetime(2026, 11, 21, 23, 59, tzinfo=UTC))
    assert FEW.is_past(due, LATE, "UTC", datetime(2026, 11, 22, 0, 0, tzinfo=UTC))
    assert ALL.is_past(due, LATE, "UTC", LATE)


def test_an_id_is_another_one_and_leads_back() -> None:
    real = ids.new_id()
    shown = FEW.shown_id(real)
    assert shown not in ("", real)
    assert len(shown) <= 64
    assert shown == FEW.shown_id(real)
    assert FEW.real_id(shown, "task") == real
    assert (ALL.shown_id(real), ALL.real_id(real, "task")) == (real, real)


@pytest.mark.parametrize("given", [ids.derived_id("real"), "", "a", "A" * 52, "a" * 52, "æ", "x.y"])
def test_a_real_id_and_a_made_up_one_are_unknown(given: str) -> None:
    with pytest.raises(NotFound):
        FEW.real_id(given, "task")


def test_a_cursor_leads_back_and_is_no_id() -> None:
    cursor = FEW.sealed_cursor({"after": "2026-11-20T23:30:00.123Z"})
    assert FEW.opened_cursor(cursor) == {"after": "2026-11-20T23:30:00.123Z"}
    with pytest.raises(ValueError, match="not sealed"):
        Disclosure(False, b"another secret").opened_cursor(cursor)


def test_what_is_sealed_changes_in_no_bit_and_for_no_other_purpose() -> None:
    sealed = seal(b"content", b"key", "one")
    assert unseal(sealed, b"key", "one") == b"content"
    for place in range(len(sealed)):
        mangled = bytearray(sealed)
        mangled[place] ^= 1
        with pytest.raises(ValueError, match="not sealed"):
            unseal(bytes(mangled), b"key", "one")
    with pytest.raises(ValueError, match="not sealed"):
        unseal(sealed, b"key", "two")
