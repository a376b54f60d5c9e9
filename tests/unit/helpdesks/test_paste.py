"""The text that an admin pastes, filled in as the tool does, is a delivery that is taken."""

import html
import json
import re
from typing import Any

import pytest
import yaml

from chalicelib.helpdesks import registry
from chalicelib.helpdesks.paths import Place
from chalicelib.helpdesks.source import Source, shape_of
from chalicelib.helpdesks.trigger import Trigger, is_test, read_trigger, reason_to_ignore
from tests.support.inbound import samples

BODY = re.compile(r"```(?:json)?\n(\{.*?\n\})\n```", re.DOTALL)
PLACE = re.compile(r"(\"?)[{#]\{([\w.]+)(?:\.asJsonString)?(?: \| escape)?\}\}?\1")
AGENT = re.compile("agent|assignee|owner")
PASTED = [source for source in registry.every() if BODY.search(source.paste)]


def filled(found: re.Match[str]) -> str:
    name = found[2].removesuffix(".asJsonString")
    if "email" in name:
        return json.dumps("tomas@example.org" if AGENT.search(name) else "ana@example.com")
    return json.dumps("Resolved" if "status" in name else f"the {name}")


def pasted(source: Source) -> tuple[Place, Trigger]:
    found = BODY.search(source.paste)
    assert found
    text = found[1].replace("{{issue.id}}-{{issue.resolutiondate}}", "10417-now")
    text = text.replace("#{ticket.state.name}", "closed").replace("{{triggered_event}}", "")
    body = json.loads(PLACE.sub(filled, text))
    place = Place(body, body, {})
    shape = shape_of(source, place, "")
    assert shape
    assert not is_test(source, shape, place)
    below = place.below(shape.root)
    assert reason_to_ignore(shape, below) is None
    return place, read_trigger(source.name, shape, below)


class Template(yaml.SafeLoader):
    """With !Ref and !GetAtt as what they name."""


for tag in ("!Ref", "!GetAtt"):
    Template.add_constructor(tag, lambda loader, node: (node.tag, node.value))


def relay() -> tuple[str, dict[str, Any]]:
    found = registry.find("salesforce")
    assert found
    text = re.search(r"```yaml\n(.*?)```", found.paste, re.DOTALL)
    assert text
    return text[1], yaml.load(text[1], Template)


def test_what_relays_salesforce_s_events_calls_the_hook() -> None:
    _, made = relay()
    properties = {name: each["Properties"] for name, each in made["Resources"].items()}
    assert properties["HeedHook"]["InvocationEndpoint"] == "HOOK_URL"
    assert properties["HeedHook"]["ConnectionArn"] == ("!GetAtt", "HeedConnection.Arn")
    key = properties["HeedConnection"]["AuthParameters"]["ApiKeyAuthParameters"]
    assert key == {"ApiKeyName": "X-Heed-Secret", "ApiKeyValue": "SECRET"}
    # A bus of a partner has the name of its source, and is associated by it.
    assert set(properties["HeedBus"].values()) == {("!Ref", "EventSource")}
    assert properties["HeedRule"]["EventBusName"] == ("!Ref", "HeedBus")
    (target,) = properties["HeedRule"]["Targets"]
    assert target["Arn"] == ("!GetAtt", "HeedHook.Arn")
    assert target["RoleArn"] == ("!GetAtt", "HeedRole.Arn")
    assert target["DeadLetterConfig"] == {"Arn": ("!GetAtt", "HeedLost.Arn")}
    assert not {"Input", "InputPath", "InputTransformer"} & target.keys()


def test_what_the_relay_s_template_names_is_in_it() -> None:
    text, made = relay()
    named = {name for name, _ in re.findall(r"!(?:Ref|GetAtt) (\w+)(\.Arn)?", text)}
    assert named <= {*made["Resources"], *made["Parameters"]}


def test_the_relay_s_rule_takes_the_recorded_events() -> None:
    (name,) = relay()[1]["Resources"]["HeedRule"]["Properties"]["EventPattern"]["detail-type"]
    told = [each for each in samples() if each.name.startswith("salesforce_event_relay")]
    assert {place.top["detail-type"] for each in told for place in each.places()} == {name}
    assert len(told) == 3


def test_most_sources_have_a_body_to_paste() -> None:
    names = {source.name for source in PASTED}
    assert names == {"freshdesk", "freshservice", "generic", "jira", "zammad", "zendesk"}


@pytest.mark.parametrize("source", PASTED, ids=lambda source: source.name)
def test_what_is_pasted_asks_the_requester(source: Source) -> None:
    _, trigger = pasted(source)
    assert trigger.ticket.id
    assert trigger.ticket.subject
    assert (trigger.email or "").endswith("@example.com")
    assert trigger.name
    assert trigger.agent != trigger.email


NASTY = 'The "new" C:\\Users\\ana\nis <b>bad</b> & \\"", "email": "ceo@example.com"}, {{x}} \\'
ESCAPING = [source for source in PASTED if re.search(r"\| escape|asJson", source.paste)]


def nasty(found: re.Match[str]) -> str:
    """As the tool renders a text; an address, a time or a number is what it is."""
    if "asJsonString" in found[0]:
        return json.dumps("ana@example.com" if "email" in found[2] else NASTY)
    if "escape" not in found[0]:
        return filled(found)
    quote = found[1]
    return quote + html.escape(NASTY).replace("&#x27;", "&#39;") + quote


@pytest.mark.parametrize("source", ESCAPING, ids=lambda source: source.name)
def test_what_people_write_stays_in_its_place(source: Source) -> None:
    found = BODY.search(source.paste)
    assert found
    text = found[1].replace("{{issue.labels.asJsonStringArray}}", "[]")
    text = text.replace("{{issue.id}}-{{issue.resolutiondate}}", "1-now").replace(
        "{{triggered_event}}", ""
    )
    body = source.read(PLACE.sub(nasty, text).encode())
    place = Place(body, body, {})
    shape = shape_of(source, place, "")
    assert shape
    trigger = read_trigger(source.name, shape, place.below(shape.root))
    assert (trigger.email or "").endswith("@example.com")
    assert trigger.email != "ceo@example.com"
    assert trigger.ticket.subject == trigger.name == NASTY.replace("\n", " ")


def test_each_text_of_a_template_is_escaped() -> None:
    assert {source.name for source in ESCAPING} == {"freshdesk", "freshservice", "jira", "zendesk"}


@pytest.mark.parametrize("source", PASTED, ids=lambda source: source.name)
def test_every_placeholder_is_filled(source: Source) -> None:
    place, _ = pasted(source)
    assert "{{" not in json.dumps(place.top)
    assert "#{" not in json.dumps(place.top)
