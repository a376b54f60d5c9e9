"""tests/faults.yaml: each fault of the catalogue has tests that there are, or a reason."""

import ast
import re
import subprocess
import sys
from functools import cache
from typing import Any

import pytest
import yaml

from app import ROUTES
from infra.paths import ROOT

ROWS: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "tests/faults.yaml").read_text())
WAYS = [{"tests"}, {"reason", "held"}]
CONNECTING = {"aiohttp", "asyncio", "http", "httpx", "requests", "smtplib", "socket", "ssl"}
CONNECTING |= {"boto3", "botocore", "dns", "urllib.request", "urllib3"}


@cache
def collected() -> set[str]:
    """The ids of all tests of the files that the rows name, without their parameters."""
    files = sorted({test.partition("::")[0] for row in ROWS.values() for test in named(row)})
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run([*command, *files], cwd=ROOT, capture_output=True, text=True)
    return set(re.findall(r"^(tests/[^\[\n]+::[^\[\n]+)", done.stdout, re.MULTILINE))


def named(row: dict[str, Any]) -> list[str]:
    return [*row.get("tests", []), *row.get("held", [])]


def test_each_number_of_the_catalogue_is_there_once() -> None:
    keys = re.findall(r"^(F\d+):$", (ROOT / "tests/faults.yaml").read_text(), re.MULTILINE)
    assert keys == [f"F{number:02}" for number in range(1, 111)]


@pytest.mark.parametrize("number", ROWS)
def test_a_row_has_tests_or_a_reason_and_never_both(number: str) -> None:
    row = ROWS[number]
    assert set(row) - {"fault"} in WAYS
    assert all(row.values()), "something is empty"
    assert len(named(row)) == len(set(named(row)))


@pytest.mark.parametrize("number", ROWS)
def test_each_test_of_a_row_is_collected(number: str) -> None:
    assert [test for test in named(ROWS[number]) if test not in collected()] == []


def test_heed_opens_no_connection_but_by_botocore_to_the_dns_and_by_the_transport() -> None:
    found = {
        (str(path.relative_to(ROOT / "chalicelib")).split("/")[0], name)
        for path in (ROOT / "chalicelib").rglob("*.py")
        for name in imports(ast.parse(path.read_text()))
        if name != "http.cookies"
        and (name in CONNECTING or name.partition(".")[0] in CONNECTING - {"urllib.request"})
    }
    # networks.py reads addresses with it, and connects to none.
    assert ("networks.py", "socket") in found
    rest = {place for place, name in found if (place, name) != ("networks.py", "socket")}
    # A name of a webhook is looked up in targets.py, and called by notify/transport.py.
    assert rest <= {"aws", "dns.py", "targets.py", "notify"}


def imports(tree: ast.AST) -> list[str]:
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append(str(node.module))
    return found


def test_nothing_deletes_an_account() -> None:
    deleted = {route.rpartition("/")[2] for route in ROUTES if "DELETE" in route.split()[0]}
    assert deleted
    assert "{account}" not in deleted
