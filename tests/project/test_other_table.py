"""A stack that is told of another table uses that one, and nothing of its own."""

from typing import Any

import pytest
import yaml

OTHER = {"TableName", "TableStreamLabel"}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def template(packaged: Any) -> Any:
    return yaml.safe_load((packaged / "sam.yaml").read_text())


def decided(part: Any, has_other: bool) -> Any:
    """With the branches that CloudFormation takes."""
    if isinstance(part, list):
        return [decided(one, has_other) for one in part]
    if not isinstance(part, dict):
        return part
    if part.get("Fn::If", [""])[0] == "HasOtherTable":
        return decided(part["Fn::If"][1 if has_other else 2], has_other)
    return {name: decided(one, has_other) for name, one in part.items()}


def named(part: Any) -> set[str]:
    """The resources and parameters that a part of the template refers to."""
    if isinstance(part, list):
        return {name for one in part for name in named(one)}
    if not isinstance(part, dict):
        return set()
    found = named(list(part.values()))
    if isinstance(part.get("Ref"), str):
        found.add(part["Ref"])
    if "Fn::GetAtt" in part:
        whole = part["Fn::GetAtt"]
        found.add((whole if isinstance(whole, str) else whole[0]).partition(".")[0])
    if "Fn::Sub" in part:
        text = part["Fn::Sub"] if isinstance(part["Fn::Sub"], str) else part["Fn::Sub"][0]
        found |= {piece.partition("}")[0].partition(".")[0] for piece in text.split("${")[1:]}
    return found


def users(template: Any, names: set[str], has_other: bool) -> set[str]:
    parts = {**template["Resources"], "Outputs": template["Outputs"]}
    return {
        name
        for name, part in parts.items()
        if name != "Heed" and names & named(decided(part, has_other))
    }


def test_nothing_refers_to_the_stack_s_own_table_then(template: Any) -> None:
    assert users(template, {"Heed"}, has_other=True) == set()


def test_nothing_refers_to_another_table_otherwise(template: Any) -> None:
    assert users(template, OTHER, has_other=False) == set()


def test_whatever_uses_the_own_table_uses_the_other_one(template: Any) -> None:
    own = users(template, {"Heed"}, has_other=False)
    assert own == users(template, OTHER, has_other=True)
    kinds = ("Role", "Throttles", "Stream", "Outputs")
    assert all(any(name.endswith(kind) for name in own) for kind in kinds)
    assert {"APIHandler", "Tick", "Sweep", "Recount"} < own


def test_the_own_table_stays_in_the_stack(template: Any) -> None:
    assert "Condition" not in template["Resources"]["Heed"]
    assert template["Parameters"]["TableName"]["Default"] == ""
