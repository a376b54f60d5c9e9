from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib import ids
from chalicelib.errors import LinkRejected
from chalicelib.invitations.token import Link, Purpose, TokenKeys, make_token, read_token
from tests.support.samples import KEYS, NOW

LINK = Link(ids.derived_id("one"), "it-help-desk", NOW + timedelta(days=30))
TOKEN = make_token(LINK, Purpose.ANSWER, "a", KEYS)


def read(token: str, purpose: Purpose = Purpose.ANSWER, keys: TokenKeys = KEYS) -> Link:
    return read_token(token, purpose, keys, NOW)


def test_a_token_says_what_it_was_made_of() -> None:
    found = read(TOKEN)
    assert (found.invitation, found.survey) == (LINK.invitation, LINK.survey)
    assert LINK.expires <= found.expires < LINK.expires + timedelta(hours=1)


def test_the_same_invitation_always_gives_the_same_token() -> None:
    assert make_token(LINK, Purpose.ANSWER, "a", KEYS) == TOKEN


def test_a_gateway_that_changes_case_does_no_harm() -> None:
    assert read(TOKEN.upper()) == read(TOKEN)


def test_an_older_key_still_verifies_and_a_retired_one_does_not() -> None:
    rotated = TokenKeys("b", KEYS.keys)
    assert read(TOKEN, keys=rotated)
    with pytest.raises(LinkRejected):
        read(TOKEN, keys=TokenKeys("b", {"b": KEYS.keys["b"]}))


def test_a_link_to_unsubscribe_cannot_answer_and_the_other_way_round() -> None:
    with pytest.raises(LinkRejected):
        read(TOKEN, Purpose.UNSUBSCRIBE)


def test_an_expired_link_is_rejected() -> None:
    with pytest.raises(LinkRejected):
        read_token(TOKEN, Purpose.ANSWER, KEYS, NOW + timedelta(days=30, hours=1))


@pytest.mark.parametrize("place", range(len(TOKEN)))
def test_every_flipped_character_is_rejected(place: int) -> None:
    for other in "a7" if TOKEN[place] not in "a7" else "q":
        with pytest.raises(LinkRejected):
            read(TOKEN[:place] + other + TOKEN[place + 1 :])


@pytest.mark.parametrize(
    "mangled",
    ["", "x", TOKEN[:-1], TOKEN + "a", TOKEN + "=", f"{TOKEN})", " " + TOKEN, "a" * 10_000, "٩٩"],
)
def test_mangled_tokens_are_rejected(mangled: str) -> None:
    with pytest.raises(LinkRejected):
        read(mangled)


@given(st.text(max_size=130))
def test_no_text_makes_it_fail_otherwise(text: str) -> None:
    with pytest.raises(LinkRejected):
        read(text)


def test_the_token_has_a_mac_of_128_bits() -> None:
    raw = ids.decode(TOKEN)
    assert len(raw) == 1 + 1 + 3 + 16 + len(LINK.survey) + 16
