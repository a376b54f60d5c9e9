"""Addresses as help desks and files write them: which are taken, and which are one person."""

import pytest

from chalicelib.invitations.cleaned import address
from chalicelib.invitations.person import person_id

KEY = "person key of these tests"


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ("ingrid@example.com", "ingrid@example.com"),
        ("Ingrid@EXAMPLE.com", "Ingrid@example.com"),
        ("ingrid+desk@example.com", "ingrid+desk@example.com"),
        ("o'hara@example.com", "o'hara@example.com"),
        ("a@bücher.example", "a@xn--bcher-kva.example"),
        ("a@xn--bcher-kva.example", "a@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_taken_with_its_domain_in_ascii(written: str, taken: str) -> None:
    assert address(written) == taken


@pytest.mark.parametrize(
    "written",
    [
        *("", "ingrid", "@example.com", "ingrid@", "ingrid@@example.com", "a b@example.com"),
        *('"a b"@example.com', "bücher@example.com", "a@example.com, b@example.com"),
        *("a@[127.0.0.1]", "Ingrid <a@example.com>", "a@example.com\r\nBcc: b@example.com"),
        *("a@" + "b" * 64 + ".com", "a@example.com\u202e", "a@example"),
    ],
)
def test_what_no_mail_can_go_to_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="address"):
        address(written)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ingrid@example.com", "Ingrid@Example.COM"),
        ("a@bücher.example", "a@xn--bcher-kva.example"),
        ("a@BÜCHER.example", "A@bücher.example"),
    ],
)
def test_two_ways_to_write_an_address_are_one_person(one: str, other: str) -> None:
    assert person_id(address(one), KEY) == person_id(address(other), KEY)
    assert person_id(address(one), KEY) != person_id(address(f"x{one}"), KEY)
