"""What programs that make clients from the document need."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from app import ROUTES
from chalicelib.text import LINE
from infra import openapi
from tests.support.contract import DOCUMENT

LAST_OF_ONE_UNIT = "\uffff"
ALL_OF_ONE_UNIT = [chr(number) for number in range(ord(LAST_OF_ONE_UNIT) + 1)]
# Python compiles these; JavaScript reads them otherwise or not at all.
ONLY_ELSEWHERE = re.compile(r"\\[AZ]|\\u[dD][89a-fA-F]|\(\?[^:=!]")


def parts(part: Any) -> Iterator[dict[str, Any]]:
    for value in part.values() if isinstance(part, dict) else part:
        if isinstance(value, dict | list):
            yield from parts(value)
    if isinstance(part, dict):
        yield part


def patterns() -> set[str]:
    return {part["pattern"] for part in parts(DOCUMENT) if isinstance(part.get("pattern"), str)}


def as_units(text: str) -> str:
    """As JavaScript reads a text without `u`: what is beyond U+FFFF is two characters."""
    units = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(units[at] + 256 * units[at + 1]) for at in range(0, len(units), 2))


def compiles_without_u(pattern: str) -> bool:
    try:
        re.compile(as_units(pattern))
    except re.error:
        return False
    return max(pattern) <= LAST_OF_ONE_UNIT and not ONLY_ELSEWHERE.search(pattern)


def test_every_pattern_is_one_for_javascript_without_u() -> None:
    assert [pattern for pattern in patterns() if not compiles_without_u(pattern)] == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"\p{L}",
        r"\u{e0000}",
        "[\U000e0000-\U000e007f]",
        "\U0001f600",
        r"[\ud800-\udfff]",
        "[^\U0001f600]",
        "(?i)a",
    ],
)
def test_a_pattern_that_needs_u_is_noticed(pattern: str) -> None:
    assert not compiles_without_u(pattern)


def test_a_name_that_cannot_be_read_is_refused_by_the_document_as_by_heed() -> None:
    shown = DOCUMENT["components"]["schemas"]["AccountBody"]["properties"]["name"]["pattern"]
    for text in ALL_OF_ONE_UNIT:
        assert bool(re.search(shown, text)) == bool(re.search(LINE, text)), ascii(text)


def test_a_reader_of_yaml_reads_the_document() -> None:
    assert yaml.load(openapi.HOME.read_text(), yaml.CSafeLoader) == DOCUMENT


def test_every_text_is_one_unit_a_character() -> None:
    assert max(json.dumps(DOCUMENT, ensure_ascii=False)) <= LAST_OF_ONE_UNIT


def test_what_may_be_null_says_so_in_its_type() -> None:
    null = {"type": "null"}
    choices = [part[key] for part in parts(DOCUMENT) for key in ("anyOf", "oneOf") if key in part]
    split = [
        choice
        for choice in choices
        if null in choice and any("type" in one for one in choice if one != null)
    ]
    assert split == []


def test_an_enumeration_that_may_be_null_has_null_in_it() -> None:
    listed = [
        part for part in parts(DOCUMENT) if "enum" in part and isinstance(part.get("type"), list)
    ]
    assert len(listed) > 3
    assert [part for part in listed if None not in part["enum"]] == []


def test_every_tag_is_declared_once_and_described() -> None:
    operations = [found for path in DOCUMENT["paths"].values() for found in path.values()]
    declared = [tag["name"] for tag in DOCUMENT["tags"]]
    assert sorted(declared) == sorted({tag for found in operations for tag in found["tags"]})
    assert [tag for tag in DOCUMENT["tags"] if not tag["description"].endswith(".")] == []


def test_an_operation_has_the_name_of_its_view() -> None:
    views = {tuple(route.partition(" ")[::2]): view for route, view in ROUTES.items()}
    for (methods, path), view in views.items():
        for method in methods.split("|") if path in DOCUMENT["paths"] else ():
            name = view.rpartition(".")[2] + ("_head" if method == "HEAD" else "")
            assert DOCUMENT["paths"][path][method.lower()]["operationId"] == name


def test_no_two_operations_have_one_name() -> None:
    names = [part["operationId"] for part in parts(DOCUMENT["paths"]) if "responses" in part]
    assert {"list_tasks", "show_scores", "show_hook", "show_hook_head"} <= set(names)
    assert [name for name in names if names.count(name) > 1] == [], (
        "name one of the views otherwise"
    )


def test_a_body_is_of_one_kind() -> None:
    bodies = [part["requestBody"]["content"] for part in parts(DOCUMENT) if "requestBody" in part]
    assert {"text/csv"} in [set(body) for body in bodies]
    assert [list(body) for body in bodies if len(body) > 1] == []


def test_an_object_with_fields_is_no_choice_between_objects() -> None:
    objects = [part for part in parts(DOCUMENT) if "properties" in part]
    assert [part for part in objects if "oneOf" in part or "anyOf" in part] == []


def test_no_class_has_the_name_of_what_makes_another() -> None:
    names = set(DOCUMENT["components"]["schemas"])
    assert [name for name in names if f"New{name}" in names] == []


def test_no_default_is_of_a_field_of_several_types() -> None:
    listed = [part for part in parts(DOCUMENT) if isinstance(part.get("type"), list)]
    several = [part for part in listed if len({*part["type"]} - {"null"}) > 1]
    assert several
    assert [part for part in several if "default" in part] == []


def test_no_two_values_of_an_enumeration_have_one_name_in_a_program() -> None:
    listed = [part["enum"] for part in parts(DOCUMENT) if "enum" in part]
    for values in listed:
        names = [re.sub(r"\W", "_", str(value)).upper() for value in values]
        assert len(set(names)) == len(names)


def test_an_object_with_keys_of_its_own_says_what_their_values_are() -> None:
    named = [part for part in parts(DOCUMENT) if "propertyNames" in part]
    assert len(named) > 3
    assert [part for part in named if not isinstance(part["additionalProperties"], dict)] == []
    assert [part for part in parts(DOCUMENT) if "patternProperties" in part] == []


def test_no_choice_is_between_a_text_and_a_list() -> None:
    kinds = [
        {"array" if "items" in one else one.get("type") for one in part["anyOf"]}
        for part in parts(DOCUMENT)
        if "anyOf" in part
    ]
    assert kinds
    assert [kind for kind in kinds if {"string", "array"} <= kind] == []


def test_no_default_is_of_a_field_of_no_type() -> None:
    typed = {"type", "enum", "$ref"}
    assert [part for part in parts(DOCUMENT) if "default" in part and not typed & set(part)] == []
