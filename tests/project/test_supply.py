"""What is installed is what was chosen: by hash, listed in an SBOM, and held against what is
known."""

import json
import re
import tomllib

import pytest

from infra.install import ENVIRONMENTS, ROOT
from infra.policies import EXCEPTIONS, complaints, read_report
from infra.supply import Audit, read_audit, requirement_files, write_sbom

# What is only for some Pythons or systems says so behind a semicolon.
PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)(?: ; [^;]+?)?((?: --hash=sha256:[0-9a-f]{64})+)$")


def pins(path):
    """Versions by name. A line that is no pin with its hashes is no requirement."""
    text = path.read_text().replace(" \\\n    ", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    found = [PIN.match(line) for line in lines]
    assert [line for line, pin in zip(lines, found, strict=True) if not pin] == []
    return {re.sub(r"[-_.]+", "-", pin[1]).lower(): pin[2] for pin in found}


def test_every_file_of_requirements_pins_each_package_by_its_hashes():
    files = requirement_files()
    named = {ROOT / made.requirements for made in ENVIRONMENTS.values() if made.requirements}
    assert named | {ROOT / "requirements.txt"} == set(files)
    assert set(files) == {*ROOT.glob("requirements*.txt"), *ROOT.glob("infra/requirements*.txt")}
    for path in files:
        assert pins(path), path


def test_what_runs_and_is_tested_is_what_goes_to_aws():
    for name in ("infra/requirements-run.txt", "requirements-dev.txt"):
        assert pins(ROOT / "requirements.txt").items() <= pins(ROOT / name).items(), name


def test_what_is_tested_is_what_runs():
    run = pins(ROOT / "infra" / "requirements-run.txt")
    assert run.items() <= pins(ROOT / "requirements-dev.txt").items()


def test_every_package_that_is_asked_for_is_pinned():
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    assert set(groups) == {name for name, made in ENVIRONMENTS.items() if made.requirements}
    for name, asked in groups.items():
        wanted = {package.partition("[")[0] for package in asked if isinstance(package, str)}
        assert wanted <= set(pins(ROOT / ENVIRONMENTS[name].requirements)), name


@pytest.mark.slow
def test_the_sbom_names_every_package_of_the_zip_with_its_hashes(tmp_path):
    write_sbom(tmp_path / "sbom.cdx.json")
    told = json.loads((tmp_path / "sbom.cdx.json").read_text())
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    listed = {part["name"]: part["version"] for part in told["components"]}
    assert listed == pins(ROOT / "requirements.txt")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert told["metadata"]["component"]["version"] == project["version"]
    for part in told["components"]:
        assert part["purl"] == f"pkg:pypi/{part['name']}@{part['version']}"
        assert part["externalReferences"][0]["hashes"]


def test_an_audit_tells_what_is_known_and_what_could_not_be_looked_up():
    bad = {"id": "PYSEC-2026-1", "fix_versions": ["2.0"]}
    said = [
        {"name": "good", "version": "1.0", "vulns": []},
        {"name": "bad", "version": "1.0", "vulns": [bad]},
        {"name": "lost", "skip_reason": "Dependency not found on PyPI"},
    ]
    found = read_audit(json.dumps({"dependencies": said}))
    assert found == Audit(("bad 1.0: PYSEC-2026-1, mended in 2.0",), ("lost",))


FAILED = {"CKV_1 A policy": {"B", "A"}, "CKV_2 Another": {"C"}}


class TestPolicies:
    def test_what_no_exception_names_is_told_with_its_resources(self):
        told = complaints(FAILED, {"CKV_2": "a reason"})
        assert told == ["CKV_1 A policy: A, B"]

    def test_an_exception_that_nothing_needs_is_told(self):
        allowed = {"CKV_1": "a reason", "CKV_2": "a reason", "CKV_3": "a reason"}
        assert complaints(FAILED, allowed) == ["CKV_3 is an exception that no resource needs."]

    def test_every_exception_has_a_reason_of_its_own(self):
        assert len(set(EXCEPTIONS.values())) == len(EXCEPTIONS)
        assert all(len(reason) > 30 for reason in EXCEPTIONS.values())

    def test_a_report_is_read_by_policy(self):
        check = {"check_id": "CKV_1", "check_name": "A policy"}
        checks = [{**check, "resource": name} for name in "AB"]
        results = {"failed_checks": checks}
        report = {"summary": {"parsing_errors": 0}, "results": results}
        assert read_report([report]) == read_report(report) == {"CKV_1 A policy": {"A", "B"}}
