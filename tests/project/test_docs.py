"""Docs that cannot drift: what is generated is compared, what is named exists."""

import re
from pathlib import Path

import pytest

from chalicelib import (
    asked_keys,
    brand_keys,
    keys,
    member_keys,
    publish,
    sealed_keys,
    sent_keys,
    tally_keys,
)
from chalicelib.events import EVENTS
from chalicelib.helpdesks import registry
from chalicelib.responses.judge.verdict import State
from chalicelib.tasks import told
from infra import docs, help_desk_pages

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("name", "text"), [("access-patterns.md", docs.access_patterns()), ("events.md", docs.events())]
)
def test_a_generated_page_is_up_to_date(name: str, text: str) -> None:
    assert (ROOT / "docs" / name).read_text() == text, "run `make docs`"


@pytest.mark.parametrize(("name", "text"), help_desk_pages.pages().items())
def test_the_page_of_a_help_desk_is_up_to_date(name: str, text: str) -> None:
    assert (docs.HELP_DESKS / name).read_text() == text, "run `make docs`"


def test_each_page_of_a_help_desk_is_of_a_source_and_in_the_index() -> None:
    found = {path.name for path in docs.HELP_DESKS.iterdir()}
    assert found == set(help_desk_pages.pages())
    index = (docs.HELP_DESKS / "README.md").read_text()
    assert [name for name in found - {"README.md"} if f"]({name})" not in index] == []


def test_each_page_of_a_help_desk_has_the_text_to_paste_and_says_what_a_lost_call_means() -> None:
    for source in registry.every():
        page = (docs.HELP_DESKS / f"{source.name}.md").read_text()
        assert source.paste.strip() in page
        assert source.lost in page


def test_every_key_is_in_the_access_patterns() -> None:
    modules = (asked_keys, brand_keys, keys, member_keys, sealed_keys, sent_keys, tally_keys)
    files = (Path(module.__file__).read_text() for module in modules)
    source = "".join(text.partition('"""')[2].partition('"""')[2] for text in files)
    prefixes = set(re.findall(r'f?"([A-Z]+)#', source))
    listed = set(re.findall(r"`(?:list_pk = )?([A-Z]+)#", keys.__doc__ or ""))
    assert prefixes == listed - {"RESPONSES", "SETTLING", "HELD", "DISMISSED"}
    for state in State:
        assert state is State.NONE or keys.responses_of("", state).rstrip("#") in listed


def test_every_event_is_published_by_somebody() -> None:
    source = "".join(Path(module.__file__).read_text() for module in (publish, told))
    assert [event.__name__ for event in EVENTS if source.count(event.__name__) < 2] == []


def test_every_variable_of_the_settings_is_documented() -> None:
    source = (ROOT / "chalicelib/settings.py").read_text()
    variables = re.findall(r'_required\("(HEED_\w+)"\)', source)
    operations = (ROOT / "docs/operations.md").read_text()
    assert [variable for variable in variables if variable not in operations] == []
