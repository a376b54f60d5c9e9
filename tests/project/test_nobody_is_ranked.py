"""No place for a score per employee: nothing that goes in or out has a name for who served,
and nothing is sorted. tests/functional/scores/test_no_score_per_employee.py looks at what
is stored."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, nodes

from chalicelib.accounts import import_contacts as account_bodies
from chalicelib.events import EVENTS, TaskHandedOn, TaskOpened
from chalicelib.invitations.fill_in import ToMend
from chalicelib.names_of_work import names_who_served, words_of
from chalicelib.outcomes import record_outcome as outcomes
from chalicelib.outcomes import report as outcome_report
from chalicelib.responses.export import _columns as columns_of_responses
from chalicelib.scores import show_scores as scores
from chalicelib.scores.benchmarks import show_benchmarks as benchmarks
from infra import openapi
from tests.support.samples import SURVEY

ROOT = Path(__file__).parents[2]
DOCUMENT = json.loads(openapi.HOME.read_text())
# A reason of the judge's: it was an operator who accepted or dismissed a held answer.
INNOCENT = {"operator"}
# Whose a task is, so that somebody calls back. Nothing is counted by it.
OF_TASKS = (
    "Account",
    "AccountBody",
    "TimelineTask",
    "Task",
    "TaskBody",
    "TaskEntry",
    "TakenTask",
    "NotedTask",
    "Team",
    "TeamBody",
)
# To them the words of an answer are mailed once. No answer shows who they are.
TO_WHOM_WORDS_GO = {"served_by"}
ONLY_TAKEN = {"InvitationBody", "LinksBody"}
SORTING = {"sort", "order", "rank", "ranking", "top", "bottom", "best", "worst", "leaderboard"}
CSV_COLUMNS = {
    "scores": scores.COLUMNS,
    "benchmarks": benchmarks.COLUMNS,
    "the table of outcomes": outcome_report.COLUMNS,
    "responses": columns_of_responses(SURVEY),
    "a file of outcomes": outcomes.COLUMNS,
    "a file of contacts": account_bodies.COLUMNS,
}
TEMPLATES = sorted(
    path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt", ".js")
)


def names_in(part: Any) -> Iterator[str]:
    """Paths, parameters, properties, values of enumerations: whatever is a name and no text."""
    if isinstance(part, list):
        for one in part:
            yield from names_in(one)
    if isinstance(part, dict):
        for name, value in part.items():
            yield from name.split("/")
            if name in ("enum", "required", "tags", "const", "name", "operationId"):
                yield from map(str, value if isinstance(value, list) else [value])
            yield from names_in(value)


def who_served(names: Iterable[str]) -> set[str]:
    return {name for name in names if names_who_served(name)} - INNOCENT


def sorting(names: Iterable[str]) -> set[str]:
    return {name for name in names if SORTING & set(words_of(name))}


def taken() -> Iterator[tuple[str, Any]]:
    """The parameters and bodies of every operation."""
    for path, found in DOCUMENT["paths"].items():
        for method, operation in found.items():
            body = json.dumps(operation.get("requestBody", {}))
            schemas = [
                DOCUMENT["components"]["schemas"][name]
                for name in re.findall(r"#/components/schemas/(\w+)", body)
            ]
            yield f"{method} {path}", [operation["parameters"], body, schemas]


def names_of_template(text: str) -> Iterator[str]:
    """What it is filled with, and the fields of its forms."""
    yield from re.findall(r'\bname="(\w+)"', text)
    tree = Environment(extensions=["jinja2.ext.i18n"]).parse(text)
    for node in tree.find_all((nodes.Name, nodes.Getattr, nodes.Keyword, nodes.Const)):
        for field in ("name", "attr", "key", "value"):
            found = getattr(node, field, None)
            if isinstance(found, str) and found.isidentifier():
                yield found


def test_nothing_in_the_document_of_the_api_names_who_served() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    rest = {name: schema for name, schema in schemas.items() if name not in OF_TASKS}
    paths = {**DOCUMENT["paths"]}
    tasks = paths.pop("/v1/tasks")
    assert who_served(names_in(tasks)) == {"owner"}
    others = {**DOCUMENT, "paths": paths, "components": {**DOCUMENT["components"], "schemas": rest}}
    assert who_served(names_in(others)) == TO_WHOM_WORDS_GO
    given = {name for name in rest if who_served(names_in(schemas[name]))}
    assert given == ONLY_TAKEN
    for name in OF_TASKS:
        assert who_served(names_in(schemas[name])) == {"owner"}
        assert not {"score", "scores", "count", "counts"} & set(schemas[name]["properties"])


def test_no_operation_is_asked_to_sort() -> None:
    assert {operation: sorting(names_in(parts)) for operation, parts in taken()} == {
        operation: set() for operation, _ in taken()
    }


@pytest.mark.parametrize("columns", CSV_COLUMNS.values(), ids=CSV_COLUMNS)
def test_no_column_names_who_served(columns: Iterable[str]) -> None:
    assert who_served(columns) == set()


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_no_event_names_who_served(event: Any) -> None:
    # Whose a task is has to be known, and stands beside no score.
    known = {"owner"} if event in (TaskOpened, TaskHandedOn) else set()
    assert who_served(names_in(event.model_json_schema())) == known
    assert not known or not {"score", "band"} & set(event.model_fields)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_or_mail_is_filled_with_who_served(path: Path) -> None:
    homes = {ROOT / "templates/app/tasks", ROOT / "templates/tasks"}
    is_of_task = path.name == "task.html" or path.parent in homes
    # On the pages of set-up a rule says whose the tasks of a team are.
    is_of_rule = path.parent == ROOT / "templates/app/setup" and path.stem in ("survey", "team")
    of_task = {"owner", "owners", "Owner"} if is_of_task or is_of_rule else set()
    # What is to be mended in a survey is told by a code that names nobody.
    of_reason = {*ToMend} if path.name == "_reasons.html" else set()
    assert who_served(names_of_template(path.read_text())) <= of_task | of_reason


@pytest.mark.parametrize(
    "part",
    [
        {"/v1/surveys/{survey}/agents": {}},
        {"parameters": [{"name": "assignee_email", "in": "query"}]},
        {"properties": {"solved_by": {"type": "string"}}},
        {"properties": {"by": {"enum": ["group", "agent"]}}},
        {"properties": {"kind": {"const": "per_employee"}}},
    ],
)
def test_a_name_for_who_served_would_be_found(part: Any) -> None:
    assert len(who_served(names_in(part))) == 1


def test_a_way_to_sort_and_a_name_on_a_page_would_be_found() -> None:
    assert sorting(names_in([{"name": "sort_by", "in": "query"}])) == {"sort_by"}
    assert who_served(names_of_template("<p>{{ ticket.agent_name }}</p>")) == {"agent_name"}
    assert who_served(names_of_template('<input name="assignee">')) == {"assignee"}
