"""Values are packed as boto3 packs them. It is the reference, and is not in the zip."""

from typing import Any

import pytest
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.aws.expression import pack, unpack
from chalicelib.invitations.invitation import Status

PLAIN = st.none() | st.booleans() | st.text() | st.integers(-(10**37), 10**37)
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)


@given(VALUES)
def test_a_value_is_packed_as_boto3_packs_it_and_comes_back(value: Any) -> None:
    packed = pack({"value": value})
    assert packed == {"value": TypeSerializer().serialize(value)}
    assert TypeDeserializer().deserialize(packed["value"]) == value
    assert unpack(packed) == {"value": value}


def test_a_word_of_an_enumeration_is_packed_as_text() -> None:
    assert pack({"status": Status.SENT}) == {"status": {"S": "sent"}}


@pytest.mark.parametrize("value", [0.5, b"bytes", {1}, object()])
def test_what_heed_does_not_store_is_not_packed(value: object) -> None:
    with pytest.raises(TypeError):
        pack({"value": [value]})


@pytest.mark.parametrize(
    ("packed", "number"), [("12", 12), ("-3", -3), ("1E2", 100), ("0", 0), ("7.0", 7)]
)
def test_a_number_comes_back_as_an_integer(packed: str, number: int) -> None:
    found = unpack({"value": {"N": packed}})["value"]
    assert (found, type(found)) == (number, int)


def test_what_a_newer_release_may_have_stored_is_no_fault() -> None:
    assert unpack({"a": {"SS": ["x"]}, "b": {"B": b"y"}, "c": {"S": "z"}})["c"] == "z"
