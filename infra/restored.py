"""The table that a stack uses in place of its own, such as one that was restored. A restore brings
back neither stream nor time to live nor backups, so each is asked for."""

import os
from typing import Any, Final

from infra.deploy import Target
from infra.errors import OperatorError

VARIABLE: Final = "HEED_USE_TABLE"
INDEXES: Final = {"listed", "due"}
# What lacks, and the words of `aws dynamodb` that bring it.
STREAM: Final = (
    "update-table --stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES"
)
LIVE: Final = (
    "update-time-to-live --time-to-live-specification Enabled=true,AttributeName=expires_at"
)
BACKUPS: Final = (
    "update-continuous-backups"
    " --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true"
)
PROTECTED: Final = "update-table --deletion-protection-enabled"


def other_table(target: Target) -> dict[str, str]:
    """The parameters of the deploy. Empty when no table is named: the stack keeps what it has."""
    name = os.environ.get(VARIABLE, "")
    return parameters_of(target, name) if name else {}


def parameters_of(target: Target, name: str) -> dict[str, str]:
    """Raises OperatorError when the table is not ready."""
    client = target.client("dynamodb")
    try:
        table = client.describe_table(TableName=name)["Table"]
    except client.exceptions.ResourceNotFoundException as error:
        raise OperatorError(f"There is no table {name!r}.") from error
    if {index["IndexName"] for index in table.get("GlobalSecondaryIndexes", [])} != INDEXES:
        raise OperatorError(f"{name} has not the indexes of Heed: {', '.join(sorted(INDEXES))}.")
    lacking = _lacking(client, name, table)
    if lacking:
        lines = [f"aws dynamodb {words} --table-name {name}" for words in lacking]
        raise OperatorError("\n".join([f"{name} is not ready yet:", *lines]))
    label = table["LatestStreamArn"].rpartition("/stream/")[2]
    return {"TableName": name, "TableStreamLabel": label}


def _lacking(client: Any, name: str, table: dict[str, Any]) -> list[str]:
    stream = table.get("StreamSpecification", {})
    live = client.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    backups = client.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    recovery = backups.get("PointInTimeRecoveryDescription", {})
    found = {
        STREAM: stream.get("StreamEnabled")
        and stream.get("StreamViewType") == "NEW_AND_OLD_IMAGES",
        LIVE: live.get("TimeToLiveStatus") in ("ENABLED", "ENABLING")
        and live.get("AttributeName") == "expires_at",
        BACKUPS: recovery.get("PointInTimeRecoveryStatus") == "ENABLED",
        PROTECTED: table.get("DeletionProtectionEnabled"),
    }
    return [words for words, is_there in found.items() if not is_there]
