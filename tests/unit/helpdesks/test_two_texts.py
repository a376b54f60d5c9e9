"""Two texts of one person that get out of their quotes, in a template that escapes nothing: the
first opens an object of its own, and the second closes it behind the real address."""

import re

import pytest

from chalicelib.errors import BadRequest, Invalid
from chalicelib.helpdesks import registry
from chalicelib.helpdesks.paths import Place
from chalicelib.helpdesks.source import Source, shape_of
from chalicelib.helpdesks.trigger import read_trigger
from tests.unit.helpdesks.test_paste import BODY, PASTED, filled

NESTED = (
    'x"}, "z": {"y": {"a": "',
    'N"}}, "requester": {"email": "ceo@example.com", "name": "N',
)
BESIDE = ('x", "z": {"a": "', 'N"}}, "requester": {"email": "ceo@example.com", "name": "N')
FLAT = (
    'x", "ticket_status": "Resolved", "ticket_requester_email": "ceo@example.com", "z": {"a": "',
    'N"}, "y": {"a": "b"}, "x": "',
)
OTHER_KEY = (FLAT[0].replace("ticket_requester_email", "requester_email"), FLAT[1])
ATTACKS = [NESTED, BESIDE, FLAT, OTHER_KEY]
TEMPLATES = [source for source in PASTED if source.name != "generic"]
PLACE = re.compile(r"(\"?)[{#]\{([\w.]+)(?:\.asJsonString(?:Array)?)?(?: \| escape)?\}\}?\1")


def rendered(source: Source, subject: str, name: str) -> bytes:
    found = BODY.search(source.paste)
    assert found
    text = found[1].replace("{{issue.id}}-{{issue.resolutiondate}}", "10417-now")

    def value(place: re.Match[str]) -> str:
        if re.search(r"ticket\.title|ticket\.subject|summary", place[2]):
            return f'"{subject}"'
        if re.search(r"(requester|customer|reporter)\.(name|fullname|displayName)", place[2]):
            return f'"{name}"'
        return filled(place)

    return PLACE.sub(value, text).encode()


def address_in(source: Source, raw: bytes) -> str | None:
    body = source.read(raw)
    place = Place(body, body, {})
    shape = shape_of(source, place, "")
    return read_trigger(source.name, shape, place.below(shape.root)).email if shape else None


@pytest.mark.parametrize("source", TEMPLATES, ids=lambda source: source.name)
@pytest.mark.parametrize(("subject", "name"), ATTACKS)
def test_nobody_else_is_written_to(source: Source, subject: str, name: str) -> None:
    try:
        told = address_in(source, rendered(source, subject, name))
    except (BadRequest, Invalid):
        return
    assert told != "ceo@example.com"


@pytest.mark.parametrize("source", TEMPLATES, ids=lambda source: source.name)
def test_plain_texts_ask_whoever_asked(source: Source) -> None:
    assert address_in(source, rendered(source, "Wi-Fi", "Ana")) == "ana@example.com"


@pytest.mark.parametrize(
    ("name", "attack"), [("zendesk", NESTED), ("freshservice", FLAT), ("freshservice", OTHER_KEY)]
)
def test_it_is_seen_for_what_it_is(name: str, attack: tuple[str, str]) -> None:
    source = registry.find(name)
    assert source
    with pytest.raises(Invalid) as refused:
        address_in(source, rendered(source, *attack))
    assert {error.code for error in refused.value.errors} == {"extra_forbidden"}
