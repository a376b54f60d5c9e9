"""A table, opened by a real spreadsheet wherever the language of the machine splits."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from chalicelib.web.csv_export import csv_text

VECTORS = json.loads((Path(__file__).parents[2] / "data/csv_cells.json").read_text())
TEXTS = [given for given, _ in VECTORS]
# Separator, quote, UTF-8, first line; the last word makes it read formulas as Excel does.
FILTER = "--infilter=CSV:{},34,76,1,,0,false,true,false,false,false,0,true"
SPREADSHEETS = [ord(","), ord(";"), ord("\t")]


@pytest.fixture(scope="module")
def soffice() -> str:
    found = shutil.which("soffice")
    if not found:
        pytest.fail("These tests need LibreOffice: apt-get install libreoffice-calc")
    return found


def formulas_of(soffice: str, text: str, separator: int, folder: Path) -> list[str]:
    """What LibreOffice runs of a CSV file."""
    (folder / "table.csv").write_text(text, newline="")
    home = f"-env:UserInstallation=file://{folder}/home"
    to = ["--convert-to", "fods", "--outdir", str(folder), str(folder / "table.csv")]
    command = [soffice, home, "--headless", FILTER.format(separator), *to]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return re.findall(r'table:formula="([^"]*)"', (folder / "table.fods").read_text())


@pytest.mark.slow
@pytest.mark.parametrize("separator", SPREADSHEETS)
def test_libreoffice_runs_nothing_of_a_table(soffice: str, separator: int, tmp_path: Path) -> None:
    rows = [{"id": "x", "words": text, "more": text, "n": -3} for text in TEXTS]
    text = csv_text(["id", "words", "more", "n"], rows)
    assert formulas_of(soffice, text, separator, tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("separator", SPREADSHEETS)
def test_libreoffice_does_run_a_formula(soffice: str, separator: int, tmp_path: Path) -> None:
    found = formulas_of(soffice, f"id{chr(separator)}=1+2\r\n", separator, tmp_path)
    assert found == ["of:=1+2"]
