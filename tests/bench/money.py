"""What a million responses cost by list prices, where a tap counts and where only Send does,
beside the floor. tests/data/prices.json has the prices, their date and what is assumed."""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import yaml
from rich.console import Console
from rich.table import Table

from infra.package import package
from infra.paths import TEMPLATE, ZIP
from infra.progress import step
from tests.support.measured import COSTS, Cost

PRICES: Final[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data/prices.json").read_text()
)
DOLLARS: Final[dict[str, float]] = PRICES["dollars"]
ASSUMED: Final[dict[str, Any]] = PRICES["assumed"]
WAYS: Final = ("floor", "send", "tap")
MB: Final = 10**6  # and a million times one KB is a GB


def show_money(console: Console, check: bool) -> None:
    """Raises SystemExit when `check` finds it beyond its bounds."""
    bills = {way: bill(way) for way in WAYS}
    console.print(_table(bills))
    console.print(
        f"Beside it, a million mails by SES: ${DOLLARS['thousand_mails'] * 1000:,.0f}, and as many"
        f" more as do not answer. {PRICES['about']}\n"
        f"Assumed: {ASSUMED['source']}\n"
    )
    with step("Packaging the functions"):
        package()
    month = quiet_month(yaml.safe_load(TEMPLATE.read_text()))
    parts = ", ".join(f"{part} {dollars:.2f}" for part, dollars in month.items())
    console.print(f"A month in which nobody answers: ${sum(month.values()):.2f} ({parts}).\n")
    size = ZIP.stat().st_size / MB
    console.print(f"The zip of the functions has {size:.1f} MB.\n")
    if check and (complaints := complaints_on(bills, size)):
        raise SystemExit("\n".join(complaints))


def complaints_on(bills: dict[str, dict[str, float]], zip_mb: float) -> list[str]:
    at_most = PRICES["at_most"]
    found = {way: sum(bills[way].values()) for way in ("send", "tap")} | {"zip_mb": zip_mb}
    return [
        f"{name}: {amount:.2f}, and at most {at_most[name]} is allowed."
        for name, amount in found.items()
        if amount > at_most[name]
    ]


def bill(way: str) -> dict[str, float]:
    """Dollars for a million responses, by what they are paid for."""
    told = ASSUMED[way]
    table = table_cost(told)
    starts = ASSUMED["share_of_starts"] * told["requests"] * told["start_ms"]
    seconds = (told["ms"] + starts) / 1000
    return {
        "DynamoDB, writes": table.writes * DOLLARS["million_write_units"],
        "DynamoDB, reads": table.reads * DOLLARS["million_read_units"],
        "DynamoDB, a month stored": told["stored_kb"] * DOLLARS["gb_month_stored"],
        "API Gateway": told["gateway"] * told["requests"] * DOLLARS["million_rest_requests"],
        "Lambda, invocations": told["requests"] * DOLLARS["million_invocations"],
        "Lambda, time with starts": seconds * ASSUMED["gb"] * DOLLARS["gb_second_arm64"] * MB,
        "EventBridge": told["events"] * DOLLARS["million_events"],
        "logs": told["logged_kb"] * DOLLARS["gb_logged"],
    }


def quiet_month(template: Mapping[str, Any]) -> dict[str, float]:
    """Dollars, by what they are paid for."""
    kinds = Counter(resource["Type"] for resource in template["Resources"].values())
    told = PRICES["quiet_month"]
    alarms = kinds["AWS::CloudWatch::Alarm"] - told["alarms_free"]
    return {
        "secrets": kinds["AWS::SecretsManager::Secret"] * DOLLARS["month_of_a_secret"],
        "alarms": alarms * DOLLARS["month_of_an_alarm"],
        "tick": told["tick_and_metric"],
    }


def table_cost(told: dict[str, Any]) -> Cost:
    """As the operations cost, or as it is said."""
    if "costs" not in told:
        return Cost(0, told["reads"], told["writes"])
    found = [Cost(*next(iter(COSTS[name]["costs"].values()))) for name in told["costs"]]
    reads, writes = sum(cost.reads for cost in found), sum(cost.writes for cost in found)
    return Cost(sum(cost.calls for cost in found), reads, writes)


def _table(bills: dict[str, dict[str, float]]) -> Table:
    table = Table("A million responses, $")
    for way in WAYS:
        table.add_column(way, justify="right")
    for part in bills["floor"]:
        table.add_row(part, *(f"{bills[way][part]:.2f}" for way in WAYS))
    table.add_section()
    table.add_row("together", *(f"{sum(bills[way].values()):.2f}" for way in WAYS))
    return table
