"""The alarms of infra/resources.yaml as they stand there, and the table of them in the docs."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from infra.package import RESOURCES
from infra.paths import ROOT


@dataclass(frozen=True)
class Metric:
    """`dimensions` maps a name to its value as the template says it."""

    name: str  # with its namespace
    dimensions: dict[str, Any]


class _Loader(yaml.SafeLoader):
    pass


def _intrinsic(loader: Any, suffix: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        return {suffix: loader.construct_scalar(node)}
    return {suffix: loader.construct_sequence(node, deep=True)}


_Loader.add_multi_constructor("!", _intrinsic)


@cache
def resources() -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(RESOURCES.read_text(), _Loader)["Resources"]
    return found


def alarms() -> dict[str, Any]:
    return {
        name: one["Properties"]
        for name, one in resources().items()
        if one.get("Type") == "AWS::CloudWatch::Alarm"
    }


def metric_of(alarm: dict[str, Any]) -> Metric:
    dimensions = alarm.get("Dimensions", [])
    return Metric(
        f"{alarm['Namespace']}/{alarm['MetricName']}",
        {dimension["Name"]: dimension["Value"] for dimension in dimensions},
    )


def documented() -> dict[str, tuple[set[str], str]]:
    """By alarm: the metrics of its row, and the rest of the row's signal."""
    rows = re.findall(
        r"^\|([^|]+)\|([^|]+)\|((?: `\w+`,?)+) \|", (ROOT / "docs/operations.md").read_text(), re.M
    )
    found: dict[str, tuple[set[str], str]] = {}
    for _, signal, names in rows:
        for name in re.findall(r"`(\w+)`", names):
            assert name not in found, name
            found[name] = set(re.findall(r"`((?:Heed|AWS)/[^`]+)`", signal)), signal
    return found


def rings(alarm: dict[str, Any], printed: str) -> bool:
    """Whether the metrics among these log lines would set off an alarm of namespace Heed. The
    service is that of the tests, whatever function runs."""
    values = list(_values(alarm, printed))
    statistics = {"Sum": sum(values), "Maximum": max(values, default=0), "SampleCount": len(values)}
    if not values and alarm["TreatMissingData"] == "breaching":
        return True
    value, threshold = statistics[alarm["Statistic"]], alarm["Threshold"]
    if alarm["ComparisonOperator"] == "LessThanThreshold":
        return value < threshold
    return value > threshold


def _values(alarm: dict[str, Any], printed: str) -> Iterable[float]:
    metric = metric_of(alarm)
    for line in printed.splitlines():
        said = json.loads(line) if '"_aws"' in line else {"_aws": {"CloudWatchMetrics": []}}
        for directive in said["_aws"]["CloudWatchMetrics"]:
            named = f"{directive['Namespace']}/{directive['Metrics'][0]['Name']}"
            if named == metric.name and [set(metric.dimensions)] == [
                set(names) for names in directive["Dimensions"]
            ]:
                found = said[directive["Metrics"][0]["Name"]]
                yield from found if isinstance(found, list) else [found]
