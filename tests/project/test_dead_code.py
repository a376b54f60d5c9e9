"""What infra/dead_code.py finds, and that it lets nothing pass without need."""

from pathlib import Path

import pytest

from infra.dead_code import SETTINGS, find_dead_code
from infra.paths import ROOT

APP = """
ROUTES = {"GET /v1/surveys": "surveys.routes.list_surveys"}
print(ROUTES)
"""
USED = """
from dataclasses import dataclass
from typing import TypedDict

class Page(TypedDict):
    items: list[str]

@dataclass
class Survey:
    id: str

def list_surveys() -> Page:
    return {"items": [Survey("it").id]}
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for folder in ("chalicelib", "infra"):
        (tmp_path / folder).mkdir()
    (tmp_path / "app.py").write_text(APP)
    (tmp_path / "chalicelib/surveys.py").write_text(USED)
    return tmp_path


def test_a_view_of_the_table_and_a_field_of_a_schema_are_used(house: Path) -> None:
    assert find_dead_code(house, []) == []


def test_what_a_template_reads_is_used(house: Path) -> None:
    with (house / "chalicelib/surveys.py").open("a") as file:
        file.write("class Page2(Page):\n    def asked(self): pass\nPage2()")
    (house / "templates/pages").mkdir(parents=True)
    (house / "templates/pages/answer.html").write_text("{{ page.asked }}")
    assert find_dead_code(house, []) == []


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("def weigh(): pass", "weigh"),
        ("class Stratum: pass", "Stratum"),
        ("class Page2(Page):\n    def find(self): pass\nPage2()", "find"),
        ("LOOKS = {}", "LOOKS"),
        ("from math import sqrt", "sqrt"),
        ("@dataclass\nclass Task:\n    due: str\nTask('')", "due"),
        ("def show(): pass\n{'GET /v1/tasks': 'tasks.routes.show'}", "show"),
    ],
)
def test_what_nothing_uses_is_found(house: Path, source: str, name: str) -> None:
    with (house / "chalicelib/surveys.py").open("a") as file:
        file.write(source)
    assert [item.name for item in find_dead_code(house, [])] == [name]


def test_every_exception_is_needed() -> None:
    found = {item.name for item in find_dead_code(ROOT, [])}
    assert found == set(SETTINGS["ignore_names"])
