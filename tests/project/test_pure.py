"""Modules that call themselves pure take values and give values. import-linter holds what they
import; here is what it cannot see."""

import ast
import re
import sys
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import grimp
import pytest

from infra.paths import ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]
PURE = next(contract["source_modules"] for contract in CONTRACTS if contract["id"] == "pure")
CLOCK = re.compile(
    r"\b(moments|date|datetime)\.(now|today|utcnow)\b|from chalicelib\.moments import .*\bnow\b"
)


def calls_itself_pure(path: Path) -> bool:
    return bool(re.search(r"\bPure\b", ast.get_docstring(ast.parse(path.read_text())) or ""))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def reads_a_clock(source: str) -> bool:
    return bool(CLOCK.search(source))


def test_the_contract_names_every_module_that_calls_itself_pure() -> None:
    found = [
        name_of(path) for path in (ROOT / "chalicelib").rglob("*.py") if calls_itself_pure(path)
    ]
    assert sorted(found) == sorted(PURE)


@pytest.mark.parametrize("module", PURE)
def test_a_pure_module_reads_no_clock(module: str) -> None:
    assert not reads_a_clock(Path(str(import_module(module).__file__)).read_text())


@pytest.mark.parametrize(
    "source",
    ["moments.now()", "from chalicelib.moments import now", "datetime.now(UTC)", "date.today()"],
)
def test_a_clock_would_be_found(source: str) -> None:
    assert reads_a_clock(source)


def test_statistics_need_the_standard_library_alone() -> None:
    graph: Any = grimp.build_graph("chalicelib", include_external_packages=True)
    package = "chalicelib.scores.statistics"
    needed = graph.find_upstream_modules(package, as_package=True)
    assert {name for name in needed if not name.startswith(package)} <= sys.stdlib_module_names
