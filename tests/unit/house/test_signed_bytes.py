import pytest

from chalicelib import ids
from chalicelib.invitations.token import Link, Purpose, make_token
from chalicelib.responses.judge.nonce import new_nonce, write_nonce
from chalicelib.signed_bytes import read_signed, sign
from tests.support.samples import KEYS, NOW

KEY = b"a key of these tests"
TEXT = sign(b"body", KEY, "purpose")


def test_what_was_signed_is_read_again() -> None:
    signed = read_signed(TEXT, 100)
    assert signed.body == b"body"
    assert signed.is_made_with(KEY, "purpose")


@pytest.mark.parametrize(("key", "purpose"), [(b"another", "purpose"), (KEY, "another")])
def test_another_key_or_purpose_made_something_else(key: bytes, purpose: str) -> None:
    assert not read_signed(TEXT, 100).is_made_with(key, purpose)


@pytest.mark.parametrize("text", ["a", "not base32!", f"{TEXT}=", "é" * 26])
def test_what_cannot_be_ours_is_not_read(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 — of many kinds
        read_signed(text, 100)


def test_what_is_too_long_is_not_read() -> None:
    assert read_signed(TEXT, len(TEXT))
    with pytest.raises(ValueError, match="too long"):
        read_signed(TEXT, len(TEXT) - 1)


def test_links_that_were_mailed_and_pages_that_are_open_stay_good() -> None:
    link = Link(ids.derived_id("one"), "it-help-desk", NOW, "nb")
    assert make_token(link, Purpose.ANSWER, "a", KEYS) == (
        "meeqpg7go2jmhljvic5yapacbm5o4zwnrbuxillimvwhallemvzwwimxaxuxkx3lzedpmvsxsd7jnhy"
    )
    nonce = new_nonce(NOW, 9, ids.derived_id("visit"))
    assert write_nonce(nonce, link.invitation, "Mozilla/5.0", KEYS) == (
        "agq7snbsoae7bzukyjw7egcamkxcvfc42c26lurvn3qyzidl4glv3oj4vzbpy2y"
    )
