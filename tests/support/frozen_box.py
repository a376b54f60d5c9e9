"""A sealed survey on the deployed stack whose last votes are not under way any more."""

from datetime import timedelta

from chalicelib import moments
from chalicelib.releases.close import UNDER_WAY
from tests.conftest import Stack


def frozen_for_long(stack: Stack, survey: str) -> None:
    """As if the minute had gone by in which a vote may still be under way."""
    client = stack.aws("dynamodb")
    (table,) = [name for name in client.list_tables()["TableNames"] if "Ballots" in name]
    then = moments.now() - UNDER_WAY - timedelta(seconds=1)
    client.update_item(
        TableName=table,
        Key={"PK": {"S": f"BALLOTS#{survey}"}, "SK": {"S": "BOX"}},
        UpdateExpression="SET frozen_at = :then",
        ConditionExpression="attribute_exists(frozen_at)",
        ExpressionAttributeValues={":then": {"S": moments.to_text(then)}},
    )
