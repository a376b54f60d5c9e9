"""A template goes in, and one whose functions stand behind their alias comes out."""

import copy
from typing import Any

import pytest

from infra.alias import put_behind_alias

ROLE = {"Type": "AWS::IAM::Role", "Properties": {"Path": {"Fn::Sub": "/${Work.Arn}"}}}


def template(runtime: str = "python3.13", **resources: Any) -> dict[str, Any]:
    started = {"Fn::If": ["HasSnapStart", {"ApplyOn": "PublishedVersions"}, {"Ref": "None"}]}
    work = {
        "Type": "AWS::Serverless::Function",
        "Properties": {"Runtime": runtime, "SnapStart": started},
    }
    return {
        "Parameters": {"SnapStart": {"Type": "String"}},
        "Conditions": {"HasSnapStart": {}},
        "Resources": {"Work": work, "Role": ROLE, **resources},
    }


def made(kind: str, **properties: Any) -> dict[str, Any]:
    given = template(Made={"Type": kind, "Properties": properties})
    found: dict[str, Any] = put_behind_alias(given, "arm64")["Resources"]["Made"]
    return found


def test_every_function_is_published_with_every_release() -> None:
    work = put_behind_alias(template(), "arm64")["Resources"]["Work"]["Properties"]
    assert work["AutoPublishAlias"] == "live"
    assert work["AutoPublishCodeSha256"] == work["Description"] == {"Ref": "Release"}
    assert work["Architectures"] == ["arm64"]


@pytest.mark.parametrize("named", [{"Ref": "Work"}, {"Fn::GetAtt": ["Work", "Arn"]}])
def test_a_rule_a_mapping_and_a_permission_name_the_alias(named: dict[str, Any]) -> None:
    alias = {"Ref": "WorkAliaslive"}
    rule = made("AWS::Events::Rule", Targets=[{"Id": "work", "Arn": named}])
    assert rule["Properties"]["Targets"] == [{"Id": "work", "Arn": alias}]
    for kind in ("AWS::Lambda::EventSourceMapping", "AWS::Lambda::Permission"):
        assert made(kind, FunctionName=named)["Properties"]["FunctionName"] == alias


def test_an_integration_names_the_alias() -> None:
    uri = "arn:${AWS::Partition}:apigateway:path/functions/${Work.Arn}/invocations"
    get = {"x-amazon-apigateway-integration": {"uri": {"Fn::Sub": uri}}}
    api = made("AWS::Serverless::Api", DefinitionBody={"paths": {"/": {"get": get}}})
    put = api["Properties"]["DefinitionBody"]["paths"]["/"]["get"]
    (asked,) = put["x-amazon-apigateway-integration"]["uri"].values()
    assert asked == uri.replace("Work.Arn", "WorkAliaslive")


def test_what_is_tried_again_waits_for_the_alias() -> None:
    config = made("AWS::Lambda::EventInvokeConfig", FunctionName={"Ref": "Work"}, Qualifier="1")
    assert config["Properties"] == {"FunctionName": {"Ref": "Work"}, "Qualifier": "live"}
    assert config["DependsOn"] == "WorkAliaslive"


def test_what_calls_no_function_stays_as_it_is() -> None:
    queue = {"Id": "queue", "Arn": {"Fn::GetAtt": ["Queue", "Arn"]}}
    assert made("AWS::Events::Rule", Targets=[queue])["Properties"]["Targets"] == [queue]
    assert put_behind_alias(template(), "arm64")["Resources"]["Role"] == ROLE


def test_what_went_in_is_not_changed() -> None:
    given = template()
    before = copy.deepcopy(given)
    put_behind_alias(given, "x86_64")
    assert given == before


def test_snap_start_is_a_parameter_from_python_3_12_on() -> None:
    for runtime in ("python3.12", "python3.13", "python3.14"):
        found = put_behind_alias(template(runtime), "arm64")
        assert "SnapStart" in found["Parameters"]
        assert "SnapStart" in found["Resources"]["Work"]["Properties"]


def test_before_there_is_none() -> None:
    found = put_behind_alias(template("python3.11"), "arm64")
    assert found["Parameters"] == found["Conditions"] == {}
    assert "SnapStart" not in found["Resources"]["Work"]["Properties"]
