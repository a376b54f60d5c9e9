"""What the API's function imports before it can take a tap. A library costs milliseconds at
every cold start; what one view needs, that view imports. `make bench` shows the cost."""

import subprocess
import sys

import pytest

from infra.paths import ROOT

# A new library here makes every tap's cold start slower: is there no other way?
LIBRARIES = {
    "annotated_types",
    "aws_lambda_powertools",
    "botocore",  # its name alone: Powertools tells it who calls; the client comes when it is used
    "chalice",
    "jmespath",
    "pydantic",
    "pydantic_core",
    "typing_extensions",
    "typing_inspection",
}


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    script = (
        "import sys; before = set(sys.modules); import app; print(*(set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_a_tap_waits_for_no_further_library(loaded: set[str]) -> None:
    found = {name.partition(".")[0] for name in loaded} - sys.stdlib_module_names
    assert {name for name in found if not name.startswith("_")} - {"app", "chalicelib"} <= LIBRARIES


def test_a_tap_waits_for_no_client_of_aws(loaded: set[str]) -> None:
    outer = ("boto3", "chalicelib.aws", "chalicelib.wiring", "chalicelib.settings", "jinja2")
    assert not {name for name in loaded if name.startswith(outer)}
