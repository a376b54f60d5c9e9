"""The house of docs/decisions/0006: who may import whom, and what every Lambda is."""

import ast
import re
from pathlib import Path

import pytest

from chalicelib.recount import KINDS

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "chalicelib"
ROOMS = ("survey", "intake", "mail", "respond", "loop", "score")
MODULES = sorted(HOUSE.rglob("*.py"))


def imports(path: Path) -> set[str]:
    """Every module that a file imports, at its top or inside a function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def room_of(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0]


def is_door(path: Path) -> bool:
    """Handlers and routes are handed nothing: they ask wiring for what is real."""
    return path.name.endswith(("handlers.py", "routes.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_only_aws_knows_boto3(path: Path) -> None:
    outside = {name.partition(".")[0] for name in imports(path)}
    assert room_of(path) == "aws" or not outside & {"boto3", "botocore"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_room_knows_neither_aws_nor_wiring_nor_the_settings(path: Path) -> None:
    known = {name for name in imports(path) if name.startswith("chalicelib.")}
    outer = {"chalicelib.aws", "chalicelib.wiring", "chalicelib.settings"}
    if room_of(path) in ROOMS and not is_door(path):
        assert not {name for name in known if any(name.startswith(one) for one in outer)}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_room_never_reads_another_room_s_store(path: Path) -> None:
    if room_of(path) not in ROOMS or is_door(path):
        return
    stores = {f"chalicelib.{room}.store" for room in ROOMS if room != room_of(path)}
    assert not stores & imports(path)


def test_pure_decisions_know_no_clock_no_environment_and_no_table() -> None:
    pure = [
        "survey/scale.py",
        "intake/throttle.py",
        "respond/response.py",
        "score/statistics.py",
        "score/student.py",
        "score/change.py",
        "score/association.py",
        "score/response_rate.py",
        "score/following.py",
        "score/outcomes.py",
        "score/outcome_notes.py",
        "intake/silence.py",
        "score/goal.py",
        "score/goal_words.py",
        "score/benchmark.py",
        "score/insights.py",
    ]
    for name in pure:
        known = imports(HOUSE / name)
        assert not {one for one in known if one.split(".")[0] in ("os", "time", "random")}, name
        assert "chalicelib.table" not in known, name
        assert ".now(" not in (HOUSE / name).read_text(), name


def test_app_is_a_table_of_contents() -> None:
    tree = ast.parse((ROOT / "app.py").read_text())
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            statements = [one for one in node.body if not isinstance(one, ast.Expr)]
            assert len(node.body) <= 5, node.name
            assert statements or len(node.body) <= 3, node.name


def test_every_lambda_of_app_has_its_role_in_the_template() -> None:
    names = re.findall(r'lambda_function\(name="(\w+)"\)', (ROOT / "app.py").read_text())
    template = (ROOT / "infra/resources.yaml").read_text()
    for name in names:
        logical = "".join(part.capitalize() for part in name.split("_"))
        assert re.search(rf"^  {logical}Role:$", template, re.MULTILINE), logical


def test_only_the_recount_scans_the_table() -> None:
    scanning = [path for path in MODULES if ".scan(" in path.read_text()]
    assert [str(path.relative_to(HOUSE)) for path in scanning] == ["score/cells.py"]


def test_whatever_adds_to_a_tally_is_counted_again_by_the_recount() -> None:
    kinds = {
        "intake/store.py": "INVITE",
        "mail/store.py": "INVITE",
        "respond/store.py": "RESPONSE",
        "loop/store.py": "TASK",
    }
    adding = {
        str(path.relative_to(HOUSE))
        for path in MODULES
        if "chalicelib.score.tally.tally_writes" in imports(path)
    }
    assert adding == kinds.keys()
    assert {kind.key.sk for kind in KINDS} == set(kinds.values())


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 250
