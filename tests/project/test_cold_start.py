"""What the API's function imports before it can take a tap, and that a first tap imports
nothing. A library costs milliseconds at every cold start. `make bench` shows the cost."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import EARLY, app
from chalicelib import render
from infra.paths import ROOT

# A new library here makes every tap's cold start slower: is there no other way?
LIBRARIES = {
    "app",
    "aws_lambda_powertools",
    "botocore",
    "certifi",
    "chalice",
    "chalicelib",
    "dateutil",
    "jinja2",
    "jmespath",
    "markupsafe",
    "msgspec",
    "six",
    "typing_extensions",
    "urllib3",
}
# What only the API needs: each of its requests may wait for it, no tap does.
OF_THE_API = (
    *("api_keys", "accounts", "helpdesks", "mail", "outcomes", "scores", "tasks"),
    *(
        "invitations.ask",
        "invitations.ask_wave",
        "invitations.routes",
        "invitations.schemas",
        "responses.routes",
    ),
    *("responses.schemas", "surveys.routes", "surveys.schemas", "web.call", "web.endpoint"),
    *("web.query", "web.schemas"),
)
# What only the function of the pages and the API needs.
OF_HTTP = {"chalicelib.web.fallback", "chalicelib.web.routing", "chalicelib.web.security"}
EVENTS = [made.name for made in app.pure_lambda_functions]
FIRST_TAP = ROOT / "tests/support/first_tap.py"


def loaded_by(function: str) -> set[str]:
    script = "import sys; before = set(sys.modules); import app; print(*{*sys.modules} - before)"
    return set(run(script, HEED_FUNCTION=function).split())


def run(script: str, **variables: str) -> str:
    """The last line that it prints."""
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=os.environ | {"AWS_DEFAULT_REGION": "eu-north-1"} | variables,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()[-1]


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    return loaded_by("api")


def test_a_tap_waits_for_no_further_library(loaded: set[str]) -> None:
    found = {name.partition(".")[0] for name in loaded} - sys.stdlib_module_names
    assert {name for name in found if not name.startswith("_")} <= LIBRARIES


def test_a_tap_waits_for_nothing_that_only_the_api_needs(loaded: set[str]) -> None:
    rooms = tuple(f"chalicelib.{name}." for name in OF_THE_API)
    assert not {name for name in loaded if f"{name}.".startswith(rooms)}


def test_each_function_has_what_it_imports_when_it_starts() -> None:
    assert set(EARLY) == {"api", *EVENTS}


@pytest.mark.parametrize("function", EVENTS)
def test_a_function_that_takes_events_imports_its_own_work_and_no_view(function: str) -> None:
    found = loaded_by(function)
    assert f"chalicelib.{EARLY[function]}" in found
    assert not {name for name in found if name.endswith("routes") or name in OF_HTTP}
    assert "holidays" not in found


def test_a_function_that_takes_events_has_no_route() -> None:
    assert run("import app; print(len(app.app.routes))", HEED_FUNCTION="publish") == "0"


@pytest.mark.parametrize("function", EARLY)
def test_what_a_start_made_is_never_looked_through_again(function: str) -> None:
    """And what requests make is, as ever."""
    script = "import app, gc; print(gc.isenabled(), gc.get_freeze_count() > 10_000)"
    assert run(script, HEED_FUNCTION=function) == "True True"


def test_a_first_tap_imports_and_makes_nothing(tmp_path: Path) -> None:
    """Pages are opened, one reports itself and sends its form, on catalogues as in the zip."""
    templates = tmp_path / "templates"
    copied = subprocess.run(["cp", "-r", ROOT / "templates", templates], check=True)
    assert copied.returncode == 0
    render.precompile(templates)
    done = subprocess.run(
        [sys.executable, FIRST_TAP, templates],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "HEED_FUNCTION": "api"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told.pop("statuses") == [200, 200, 204, 200]
    assert told == {"imported": [], "clients": [], "templates": []}
