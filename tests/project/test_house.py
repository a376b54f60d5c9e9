"""The house of docs/decisions/0006: who may import whom, and what every Lambda is."""

import ast
import re
from pathlib import Path

import pytest

from chalicelib.recount import KINDS

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "chalicelib"
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
    assert [str(path.relative_to(HOUSE)) for path in scanning] == ["tally/cells.py"]


def test_whatever_adds_to_a_tally_is_counted_again_by_the_recount() -> None:
    kinds = {
        "invitations/store.py": "INVITE",
        "mail/store.py": "INVITE",
        "responses/store.py": "RESPONSE",
        "tasks/store.py": "TASK",
    }
    adding = {
        str(path.relative_to(HOUSE))
        for path in MODULES
        if "chalicelib.tally.tally.tally_writes" in imports(path)
    }
    assert adding == kinds.keys()
    assert {kind.key.sk for kind in KINDS} == set(kinds.values())


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 250
