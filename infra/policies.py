"""Holds the template that goes to AWS to checkov's policies: `make check`."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from infra.errors import OperatorError
from infra.package import package
from infra.paths import SHARED, TEMPLATE

CHECKOV = SHARED / "venvs" / "checkov" / "bin" / "checkov"
# What Heed does not do, each with its reason. One that no longer applies has to go.
EXCEPTIONS: Final = {
    "CKV_AWS_26": "the alarm topic holds names of alarms only, and a key of KMS costs $1 a month",
    "CKV_AWS_27": "the queues are encrypted by SQS's own keys (SqsManagedSseEnabled)",
    "CKV_AWS_73": "a trace would hold the path, and a path holds a token",
    "CKV_AWS_76": "an access log would hold the path, and a path holds a token",
    "CKV_AWS_115": "the API's is a parameter; the others are limited by what starts them",
    "CKV_AWS_116": "events go to EventDeadLetters by EventInvokeConfig, mail by a redrive,"
    " the stream by its mapping; a tick and a recount are tried again by the next one",
    "CKV_AWS_117": "nothing that it calls is in a VPC, and a NAT gateway costs $30 a month",
    "CKV_AWS_119": "DynamoDB encrypts by its own key; a key of KMS is paid for with every request",
    "CKV_AWS_120": "pages are made for one person, and a cache of the API costs $15 a month",
    "CKV_AWS_149": "Secrets Manager encrypts by the account's own key, and no other account reads",
    "CKV_AWS_158": "CloudWatch encrypts by its own key, and nothing personal is in a log",
    "CKV_AWS_173": "the variables hold names and addresses of resources, no secret",
    "CKV_AWS_192": "nothing here is Java; the WAF is for the number of requests only",
}


def failed_policies(template: Path = TEMPLATE) -> dict[str, set[str]]:
    """The resources that fail, by the id and name of the policy. Raises OperatorError."""
    if not CHECKOV.exists():
        raise OperatorError("checkov is not installed: sh infra/install.sh checkov")
    done = subprocess.run(
        [
            *(CHECKOV, "--file", template, "--framework", "cloudformation"),
            *("--compact", "--quiet", "--skip-download", "--output", "json"),
        ],
        env=os.environ | {"LOG_LEVEL": "ERROR"},
        capture_output=True,
        text=True,
    )
    try:
        report = json.loads(done.stdout)
    except ValueError as error:
        raise OperatorError(f"checkov could not read the template:\n{done.stderr}") from error
    return read_report(report)


def read_report(report: Any) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for part in report if isinstance(report, list) else [report]:
        if part["summary"]["parsing_errors"]:
            raise OperatorError("checkov could not read the template.")
        for check in part["results"]["failed_checks"]:
            name = f"{check['check_id']} {check['check_name']}"
            found.setdefault(name, set()).add(check["resource"])
    return found


def complaints(failed: dict[str, set[str]], allowed: dict[str, str]) -> list[str]:
    ids = {name.partition(" ")[0] for name in failed}
    new = [
        f"{name}: {', '.join(sorted(resources))}"
        for name, resources in sorted(failed.items())
        if name.partition(" ")[0] not in allowed
    ]
    old = [f"{name} is an exception that no resource needs." for name in sorted(set(allowed) - ids)]
    return new + old


def main() -> None:
    package()
    found = complaints(failed_policies(), EXCEPTIONS)
    for line in found:
        print(line)
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
