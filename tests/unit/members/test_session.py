"""The texts in a member's cookies."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib import ids
from chalicelib.errors import Unauthenticated
from chalicelib.members.session import (
    KNOWN_BROWSER,
    Session,
    known_as,
    known_browser,
    new_session,
    read_session,
    write_session,
)
from tests.support.samples import KEYS

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
KARI, OLA = ids.derived_id("kari"), ids.derived_id("ola")
TEXT = write_session(new_session(KARI, NOW), KEYS)


def refuses(text: str, purpose: str = "session", now: datetime = NOW) -> bool:
    try:
        read_session(text, KEYS, now, purpose)
    except Unauthenticated:
        return True
    return False


def test_a_session_is_read_as_it_was_written() -> None:
    found = read_session(TEXT, KEYS, NOW)
    assert (found.person, found.ends) == (KARI, NOW + timedelta(hours=12))


@pytest.mark.parametrize("letter", ["a", "b", "7", "A", "=", "\u00e4", ""])
def test_with_any_letter_changed_it_is_nobody_s(letter: str) -> None:
    changed = [TEXT[:at] + letter + TEXT[at + 1 :] for at in range(len(TEXT))]
    # Base32 has one meaning in both cases.
    real = [text for text in changed if text.lower() != TEXT]
    assert real
    assert all(map(refuses, real))


def test_a_session_is_no_known_browser_and_a_known_browser_no_session() -> None:
    known = known_browser(KARI, NOW, KEYS)
    assert refuses(known)
    assert refuses(TEXT, KNOWN_BROWSER)
    assert known_as(TEXT, KARI, KEYS, NOW) == ""


def test_a_browser_is_known_to_its_member_for_half_a_year() -> None:
    known = known_browser(KARI, NOW, KEYS)
    assert known_as(known, KARI, KEYS, NOW)
    assert known_as(known, OLA, KEYS, NOW) == ""
    assert known_as(known, KARI, KEYS, NOW + timedelta(days=180)) == ""
    assert known_as("", KARI, KEYS, NOW) == known_as("\u00e4" * 90, KARI, KEYS, NOW) == ""


def test_it_ends_at_its_second_and_not_before() -> None:
    assert not refuses(TEXT, now=NOW + timedelta(hours=12, seconds=-1))
    assert refuses(TEXT, now=NOW + timedelta(hours=12))


def test_what_is_stored_of_it_does_not_give_it_away() -> None:
    session = Session(ids.new_id(), KARI, NOW)
    assert session.id not in session.stored_as
