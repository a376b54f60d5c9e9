import ast
from pathlib import Path

import pytest

from infra.paths import ROOT

MODULES = sorted((ROOT / "chalicelib").rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_stay_small(path: Path) -> None:
    text = path.read_text()
    said = (ast.get_docstring(ast.parse(text)) or "").splitlines()
    # The tables of keys.py are a page of docs/.
    assert len(text.splitlines()) - len(said) <= 250
