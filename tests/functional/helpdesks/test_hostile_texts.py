"""What a help desk's end user writes about themself never says whom Heed mails."""

import html
import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from chalicelib.helpdesks.sources.zendesk import SOURCE
from tests.functional.conftest import Heed
from tests.functional.helpdesks.test_hooks import BODY, deliver
from tests.support.problems import problem

HOME = Path(__file__).parents[3] / "docs/zendesk.md"
TEMPLATE = re.findall(r"```json\n(.*?)```", SOURCE.paste, re.DOTALL)[0]
# As it stood before the placeholders escaped.
UNESCAPED = TEMPLATE.replace(" | escape", "")
VALUES = {
    "ticket.id": "48213",
    "ticket.tags": "vip laptop",
    "ticket.link": "https://helpdesk.example.com/agent/tickets/48213",
    "ticket.title": "Laptop",
    "ticket.updated_at_with_timestamp": "2026-11-20T13:45:09Z",
    "ticket.requester.email": "mallory@example.com",
    "ticket.requester.name": "Mallory",
    "ticket.requester.language": "English",
    "ticket.assignee.email": "tomas@example.org",
    "ticket.group.name": "Network",
    "ticket.organization.name": "Smith & Sons",
}
NAME, TITLE = "ticket.requester.name", "ticket.title"
# Each gets out of its quotes in a body whose placeholders do not escape.
ATTACKS = [
    ({NAME: 'Mallory", "email": "ceo@example.com'}, (400, "key-given-twice")),
    ({NAME: 'M", "\\u0065mail": "ceo@example.com'}, (400, "key-given-twice")),
    ({NAME: 'M", "name": "N'}, (400, "key-given-twice")),
    ({NAME: 'M"}, "requester": {"email": "ceo@example.com'}, (400, "key-given-twice")),
    ({NAME: 'M", "x": {"a": 1, "a": 2}, "y": "'}, (400, "key-given-twice")),
    ({NAME: 'M", "cc": "ceo@example.com'}, (422, "validation")),
    ({NAME: 'M", "Email": "ceo@example.com'}, (422, "validation")),
    ({TITLE: 'x", "id": "7'}, (400, "key-given-twice")),
    ({TITLE: 'x"}, "requester": {"email": "ceo@example.com", "name": "'}, (400, "key-given-twice")),
    ({TITLE: 'x", "requester": {"email": "ceo@example.com"}, "z": "'}, (422, "validation")),
    ({TITLE: 'x"}, "requester": {"email": "ceo@example.com"}}'}, (400, "not-json")),
    # Two texts put the real requester into an object of their own, and another in its place.
    (
        {
            TITLE: 'x"}, "z": {"y": {"a": "',
            NAME: 'N"}}, "requester": {"email": "ceo@example.com", "name": "N',
        },
        (422, "validation"),
    ),
    (
        {
            TITLE: 'x", "via": {"a": "',
            NAME: 'N"}}, "requester": {"email": "ceo@example.com", "name": "N',
        },
        (422, "validation"),
    ),
]


def render(template: str, changed: Mapping[str, str]) -> bytes:
    """As Zendesk does: Liquid's `escape`, and nothing where it does not stand."""
    values = VALUES | changed

    def placed(found: re.Match[str]) -> str:
        text = values[found[1]]
        return html.escape(text).replace("&#x27;", "&#39;") if found[2] else text

    return re.sub(r"{{([\w.]+)( \| escape)?}}", placed, template).encode()


@pytest.mark.parametrize(("changed", "told"), ATTACKS)
def test_a_text_out_of_its_quotes_is_refused_and_mails_nobody(
    heed: Heed, changed: dict[str, str], told: tuple[int, str]
) -> None:
    assert problem(deliver(heed, render(UNESCAPED, changed))) == told
    assert not heed.items("INVITE")


@pytest.mark.parametrize("changed", [changed for changed, _ in ATTACKS])
def test_the_body_of_the_page_takes_it_as_the_text_it_is(
    heed: Heed, changed: dict[str, str]
) -> None:
    assert deliver(heed, render(TEMPLATE, changed)).status_code == 202
    (item,) = heed.items("INVITE")
    assert item["email"] == "mallory@example.com"
    # The filter leaves a backslash to JSON.
    assert item["name"] == changed.get(NAME, "Mallory").replace("\\u0065", "e")
    assert item["ticket"]["subject"] == changed.get(TITLE, "Laptop")
    assert item["ticket"]["id"] == "48213"
    assert "organization=Smith & Sons" in item["segments"]


@pytest.mark.parametrize("template", [TEMPLATE, UNESCAPED])
@pytest.mark.parametrize("place", [NAME, TITLE])
@pytest.mark.parametrize("text", ["M\\", "\\\\server\\share", "ACME\\ana", "C:\\Users\\"])
def test_a_backslash_is_a_text_like_any_other(
    heed: Heed, template: str, place: str, text: str
) -> None:
    assert deliver(heed, render(template, {place: text})).status_code == 202
    (item,) = heed.items("INVITE")
    assert item["email"] == "mallory@example.com"
    assert (item["name"] if place == NAME else item["ticket"]["subject"]) == text


def test_a_backslash_gets_no_text_out_of_its_quotes(heed: Heed) -> None:
    for name in ('M\\", "email": "ceo@example.com', 'M\\", "\\u0065mail": "ceo@example.com'):
        assert deliver(heed, render(UNESCAPED, {NAME: name})).status_code in (400, 422)
    assert not heed.items("INVITE")


# The last is one emoji of two.
NAMES = ["Siân O'Brien", "A & B <c>", "&quot;", "&amp;#39;", 'Z"', "\U0001f469\u200d\U0001f4bb"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_arrives_as_it_was_written(heed: Heed, name: str) -> None:
    assert deliver(heed, render(TEMPLATE, {NAME: name})).status_code == 202
    assert heed.items("INVITE")[0]["name"] == name


def test_every_text_of_the_page_s_body_escapes() -> None:
    texts = {NAME, TITLE, "ticket.tags", "ticket.group.name", "ticket.organization.name"}
    assert set(re.findall(r"{{([\w.]+) \| escape}}", TEMPLATE)) == texts
    assert set(re.findall(r"{{([\w.]+)", TEMPLATE)) == set(VALUES)


def test_the_page_shows_the_same_body() -> None:
    assert TEMPLATE in HOME.read_text()


def test_a_key_given_twice_is_named(heed: Heed) -> None:
    answer = deliver(heed, render(UNESCAPED, ATTACKS[0][0]))
    assert answer.json_body["detail"] == 'The key "email" is given twice.'
    assert "ceo@" not in answer.body.decode()


ADDRESSES = ["ceo@example.com", ["CEO@example.com"], {"to": {"address": "ceo@example.com"}}]


@pytest.mark.parametrize("place", ["ticket", "requester"])
@pytest.mark.parametrize("name", ["cc", "assignee", "Email", "emails", ""])
@pytest.mark.parametrize("value", ADDRESSES)
def test_an_address_in_an_unknown_field_is_refused_by_name(
    heed: Heed, place: str, name: str, value: object
) -> None:
    body = json.loads(json.dumps(BODY))
    body[place][name] = value
    answer = deliver(heed, body)
    assert problem(answer) == (422, "validation")
    (error,) = answer.json_body["errors"]
    assert (error["pointer"], error["code"]) == (f"#/{place}/{name}", "extra_forbidden")
    assert not heed.items("INVITE")


@pytest.mark.parametrize("place", ["ticket", "requester"])
@pytest.mark.parametrize("value", ["", None, 7, True, "Oslo", ["a", {"b": 1}], {"site": "Oslo"}])
def test_what_an_admin_adds_is_no_reason_to_ask_nobody(
    heed: Heed, place: str, value: object
) -> None:
    body = json.loads(json.dumps(BODY))
    body[place]["user_fields"] = value
    assert deliver(heed, body).status_code == 202
    assert heed.items("INVITE")[0]["email"] == BODY["requester"]["email"]


def test_other_fields_beside_the_ticket_are_dropped(heed: Heed) -> None:
    assert deliver(heed, {**BODY, "cc": "ceo@example.com"}).status_code == 202
    assert heed.items("INVITE")[0]["email"] == BODY["requester"]["email"]
