"""What the zip holds of botocore's data: the operations that chalicelib/aws/ calls, with the
shapes they need, and the endpoints of those services. The rest of 27 MB is never read, but its
folders are listed at each start of a function, and 1.2 MB of endpoints are parsed
(docs/decisions/0025)."""

import gzip
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# tests/project/test_models.py compares them with the code.
OPERATIONS = {
    "dynamodb": (
        "BatchGetItem",
        "DeleteItem",
        "GetItem",
        "PutItem",
        "Query",
        "Scan",
        "TransactWriteItems",
        "UpdateItem",
    ),
    "events": ("PutEvents",),
    "secretsmanager": (
        "CreateSecret",
        "DeleteSecret",
        "GetSecretValue",
        "PutSecretValue",
        "UpdateSecretVersionStage",
    ),
    "ses": ("SendRawEmail",),
}
# `email` is the name of SES in an address.
ENDPOINTS = {*OPERATIONS, "email"}
SERVICE, RULES = "service-2.json", "endpoint-rule-set-1.json"
# Of all services.
COMMON = ("_retry.json", "partitions.json", "sdk-default-configuration.json")


def reduce_models(botocore: Path) -> None:
    """`botocore` is the folder of the package. Done twice it changes nothing."""
    data, kept = botocore / "data", botocore / "data.new"
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir()
    for name in COMMON:
        shutil.copy(data / name, kept)
    _write(kept / "endpoints.json", _reduced_endpoints(_read(data / "endpoints.json")))
    for service, operations in OPERATIONS.items():
        version = max((data / service).iterdir())  # the newest, which botocore takes
        to = kept / service / version.name
        to.mkdir(parents=True)
        _write(to / SERVICE, reduced(_read(version / SERVICE), operations))
        _write(to / RULES, _read(version / RULES))
    shutil.rmtree(data)
    kept.rename(data)


def reduced(model: dict[str, Any], operations: tuple[str, ...]) -> dict[str, Any]:
    """A service's model with these operations, without its documentation."""
    kept = {name: dict(model["operations"][name]) for name in operations}
    for operation in kept.values():
        # By these a table that is named by its ARN is looked for; Heed's is named by its name.
        operation.pop("operationContextParams", None)
    names, wanted = set[str](), list(_shapes_in(kept))
    while wanted:
        name = wanted.pop()
        if name not in names:
            names.add(name)
            wanted += _shapes_in(model["shapes"][name])
    shapes = {name: model["shapes"][name] for name in sorted(names)}
    plain: dict[str, Any] = _undocumented(
        {"version": model["version"], "metadata": model["metadata"], "operations": kept}
        | {"shapes": shapes}
    )
    return plain


def _shapes_in(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("shape"), str):
            yield part["shape"]
        for value in part.values():
            yield from _shapes_in(value)
    elif isinstance(part, list):
        for value in part:
            yield from _shapes_in(value)


def _undocumented(part: Any) -> Any:
    """A member may be called `documentation`, too; its value is no text."""
    if isinstance(part, dict):
        return {
            name: _undocumented(value)
            for name, value in part.items()
            if name not in ("documentation", "documentationUrl") or not isinstance(value, str)
        }
    return [_undocumented(value) for value in part] if isinstance(part, list) else part


def _reduced_endpoints(endpoints: dict[str, Any]) -> dict[str, Any]:
    partitions = [
        partition | {"services": {n: s for n, s in partition["services"].items() if n in ENDPOINTS}}
        for partition in endpoints["partitions"]
    ]
    return endpoints | {"partitions": partitions}


def _read(path: Path) -> Any:
    packed = path.with_name(f"{path.name}.gz")
    return json.loads(
        gzip.decompress(packed.read_bytes()) if packed.exists() else path.read_bytes()
    )


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, separators=(",", ":")))
