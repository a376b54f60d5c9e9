"""Asks the function `sweep` of a stack to work now, and prints what it found."""

import json
from typing import Any

from infra.deploy import Target, outputs
from infra.errors import OperatorError
from infra.progress import step
from infra.told import tell


def sweep_stack(target: Target, days: int) -> bool:
    """True when everything was looked at and nothing failed."""
    with step("Looking for what got stuck"):
        swept = run_sweep(target, days)
    found = [f"{kind}: {count}" for kind, count in sorted(swept["found"].items()) if count]
    said = [f"  on its way again: {', '.join(found) or 'nothing was stuck'}"]
    if swept["failed"]:
        said.append(f"  [red]{swept['failed']} failed[/red], see the log of sweep")
    if not swept["finished"]:
        said.append("  [red]not finished[/red]: the next sweep goes on from there")
    tell(swept, *said)
    return is_done(swept)


def run_sweep(target: Target, days: int) -> dict[str, Any]:
    """Raises OperatorError when the function failed as a whole. `days` 0 is its own number."""
    asked = json.dumps({"days": days} if days else {})
    # The function works for up to fifteen minutes.
    client = target.client("lambda", read_timeout=910)
    answer = client.invoke(FunctionName=outputs(target)["SweepFunction"], Payload=asked)
    said = json.loads(answer["Payload"].read())
    if "FunctionError" in answer:
        raise OperatorError(f"The sweep failed: {said.get('errorType')}. See its log.")
    swept: dict[str, Any] = said
    return swept


def is_done(swept: dict[str, Any]) -> bool:
    return bool(swept["finished"]) and not swept["failed"]
