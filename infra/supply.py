"""What goes to AWS, listed for others (a CycloneDX SBOM), and what is known against all that is
installed. Both tools have an environment of their own."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from infra.errors import OperatorError
from infra.paths import PACKAGE, ROOT, SHARED

TOOLS = SHARED / "venvs" / "supply" / "bin"
SBOM = PACKAGE / "sbom.cdx.json"
REQUIREMENTS = ROOT / "requirements.txt"


@dataclass(frozen=True)
class Audit:
    """`known` are sentences; `unknown` are the packages that could not be looked up."""

    known: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def write_sbom(to: Path = SBOM) -> None:
    """Names every package of the zip with its version and hashes. Raises OperatorError."""
    to.parent.mkdir(parents=True, exist_ok=True)
    done = _run(
        *("cyclonedx-py", "requirements", str(REQUIREMENTS)),
        *("--pyproject", str(ROOT / "pyproject.toml"), "--mc-type", "application"),
        *("--output-reproducible", "--of", "JSON", "--output-file", str(to)),
    )
    if done.returncode:
        raise OperatorError(f"The SBOM could not be written:\n{done.stderr}")


def requirement_files() -> list[Path]:
    """What answers comes first."""
    rest = [ROOT / "requirements-dev.txt", *sorted((ROOT / "infra").glob("requirements-*.txt"))]
    return [REQUIREMENTS, *rest]


def audit(requirements: Path) -> Audit:
    """By the data of PyPI about vulnerabilities. Where it cannot be reached, all is unknown."""
    done = _run(
        *("pip-audit", "--requirement", str(requirements), "--require-hashes", "--disable-pip"),
        *("--progress-spinner", "off", "--format", "json"),
    )
    try:
        return read_audit(done.stdout)
    except ValueError:
        return Audit(unknown=("all",))


def read_audit(said: str) -> Audit:
    """What pip-audit writes as JSON. Raises ValueError."""
    found = json.loads(said)["dependencies"]
    known = [
        f"{package['name']} {package['version']}: {vulnerability['id']}"
        f", mended in {', '.join(vulnerability['fix_versions']) or 'no release'}"
        for package in found
        for vulnerability in package.get("vulns", [])
    ]
    unknown = [package["name"] for package in found if "skip_reason" in package]
    return Audit(tuple(known), tuple(unknown))


def _run(tool: str, *words: str) -> "subprocess.CompletedProcess[str]":
    program = TOOLS / tool
    if not program.exists():
        raise OperatorError(f"{tool} is not installed: sh infra/install.sh supply")
    environment = os.environ | {"PYTHONWARNINGS": "ignore"}
    return subprocess.run([program, *words], env=environment, capture_output=True, text=True)
