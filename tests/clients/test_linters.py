"""Linters of OpenAPI have nothing to say about the document, not even a warning."""

import json
from pathlib import Path

import pytest

from infra.openapi import HOME as DOCUMENT
from tests.clients.makers import HERE, NODE_TOOLS, run

pytestmark = pytest.mark.slow


Rules = tuple[str | Path, ...]
SPECTRAL: Rules = ("--ruleset", HERE / "spectral.yaml", "--fail-severity", "hint")
REDOCLY: Rules = ("--config", HERE / "redocly.yaml")


def lint(tool: str, rules: Rules, document: Path, home: Path) -> str:
    return run([NODE_TOOLS / tool, "lint", *rules, document], home, CI="true")


@pytest.mark.parametrize(("tool", "rules"), [("spectral", SPECTRAL), ("redocly", REDOCLY)])
def test_the_document_is_all_right(tool: str, rules: Rules, tmp_path: Path) -> None:
    assert "warning" not in lint(tool, rules, DOCUMENT, tmp_path)


@pytest.mark.parametrize(("tool", "rules"), [("spectral", SPECTRAL), ("redocly", REDOCLY)])
def test_what_is_wrong_is_noticed(tool: str, rules: Rules, tmp_path: Path) -> None:
    document = json.loads(DOCUMENT.read_text())
    del document["info"]["contact"], document["info"]["license"]
    wrong = tmp_path / "openapi.json"
    wrong.write_text(json.dumps(document))
    with pytest.raises(AssertionError, match="info-"):
        lint(tool, rules, wrong, tmp_path)
