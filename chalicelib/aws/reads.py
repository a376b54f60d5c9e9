"""Requests that read. Their values are not packed yet."""

from typing import Any

from chalicelib.table import Query, Scan


def scan_request(table: str, scan: Scan) -> dict[str, Any]:
    """The filter saves transfer and unpacking. Every item read is still paid for."""
    values = {f":start{number}": start for number, start in enumerate(scan.starts)}
    names = {"#pk": "PK"}
    wanted = " OR ".join(f"begins_with(#pk, {start})" for start in values)
    if scan.survey:
        # An item without the attribute has its survey in its PK.
        wanted = f"({wanted}) AND (attribute_not_exists(#survey) OR #survey = :survey)"
        names["#survey"] = "survey"
        values[":survey"] = scan.survey
    return {
        "TableName": table,
        "ConsistentRead": True,
        "FilterExpression": wanted,
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": values,
    }


def add_range(request: dict[str, Any], sk: str, query: Query) -> None:
    bounds = {":low": query.lowest, ":high": query.highest}
    given = {name: bound for name, bound in bounds.items() if bound is not None}
    if not given:
        return
    condition = {
        (":low", ":high"): "#sk BETWEEN :low AND :high",
        (":low",): "#sk >= :low",
        (":high",): "#sk <= :high",
    }[tuple(given)]
    request["KeyConditionExpression"] += f" AND {condition}"
    request["ExpressionAttributeNames"]["#sk"] = sk
    request["ExpressionAttributeValues"].update(given)
