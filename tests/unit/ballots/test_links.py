"""Sealed links: the same person gets the same link, and nobody else can make one."""

import secrets

import pytest

from chalicelib import ids
from chalicelib.ballots.ballot_keys import BallotKeys
from chalicelib.ballots.links import (
    SealedLink,
    is_sealed,
    make_sealed_token,
    nonce_of,
    read_sealed_token,
    survey_of,
)
from chalicelib.errors import LinkRejected
from chalicelib.invitations.token import Link, Purpose, make_token
from tests.support.samples import KEYS, NOW

SEALED = BallotKeys(b"m" * 32, b"v" * 32, b"r" * 32)
PERSON = ids.derived_id("person")
NONCE = nonce_of("anonymous", PERSON, SEALED)
TOKEN = make_sealed_token("it-2026", NONCE, [0, 3], "de", SEALED)


def ordinary(key: str = "a") -> str:
    return make_token(Link(ids.derived_id("x"), "it", NOW, "de"), Purpose.ANSWER, key, KEYS)


def test_a_link_says_what_it_was_made_of() -> None:
    assert read_sealed_token(TOKEN, SEALED) == SealedLink("it-2026", NONCE, (0, 3), "de")
    assert read_sealed_token(TOKEN.upper(), SEALED).nonce == NONCE
    assert survey_of(TOKEN) == "it-2026"


def test_a_repeated_send_gives_the_same_link() -> None:
    again = make_sealed_token(
        "it-2026", nonce_of("anonymous", PERSON, SEALED), [0, 3], "de", SEALED
    )
    assert again == TOKEN
    assert nonce_of("anonymous", ids.derived_id("other"), SEALED) != NONCE


def test_a_confidential_link_names_its_invitation() -> None:
    assert ids.encode(nonce_of("confidential", PERSON, SEALED)) == PERSON


def test_a_route_tells_sealed_links_apart_without_a_key() -> None:
    assert is_sealed(TOKEN)
    assert is_sealed(TOKEN.upper())
    assert not any(is_sealed(ordinary(key)) for key in "ab")
    assert not any(is_sealed(text) for text in ("", "a", "ae", "ma", "favicon.ico", "é"))


@pytest.mark.parametrize("place", range(len(TOKEN)))
def test_a_token_with_another_letter_is_refused(place: int) -> None:
    """A18."""
    for letter in "abcdefghijklmnopqrstuvwxyz234567":
        forged = TOKEN[:place] + letter + TOKEN[place + 1 :]
        if forged != TOKEN:
            with pytest.raises(LinkRejected):
                read_sealed_token(forged, SEALED)


MADE_UP = ["", "a", "aa", TOKEN[:-1], TOKEN[:-8], f"{TOKEN}a", TOKEN * 2, "a" * 10_000]
ODD = ["\u00e4", "\u202e" * 40, f"{TOKEN}\n", f" {TOKEN}", TOKEN.replace("a", "\u0430")]


@pytest.mark.parametrize("text", [*MADE_UP, *ODD, ordinary(), "aa" + "7" * 80])
def test_what_nobody_made_is_refused(text: str) -> None:
    """A18."""
    with pytest.raises(LinkRejected):
        read_sealed_token(text, SEALED)


def test_a_link_of_another_survey_or_group_or_key_is_refused() -> None:
    """A18."""
    other = BallotKeys(SEALED.mail, secrets.token_bytes(32), SEALED.record)
    with pytest.raises(LinkRejected):
        read_sealed_token(TOKEN, other)
    raw = bytearray(ids.decode(TOKEN))
    raw[3] ^= 1  # a group
    with pytest.raises(LinkRejected):
        read_sealed_token(ids.encode(bytes(raw)), SEALED)


def test_no_text_of_a_token_leads_to_another_place_than_a_survey() -> None:
    for _ in range(2000):
        text = ids.encode(b"\x00" + secrets.token_bytes(secrets.randbelow(60)))
        try:
            found = survey_of(text)
        except LinkRejected:
            continue
        assert found.replace("-", "").isalnum()
        assert found.isascii()
