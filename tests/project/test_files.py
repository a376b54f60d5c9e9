from pathlib import Path

import pytest

from infra.paths import ROOT

MODULES = sorted((ROOT / "chalicelib").rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 250
