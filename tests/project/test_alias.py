"""Nothing in the template that goes to AWS calls a function past its alias."""

import copy
from collections import Counter

import pytest
import yaml

from infra.alias import ALIAS
from tests.support.references import references
from tests.support.template import of_type

pytestmark = pytest.mark.slow

# A function may be named by itself only here: the kind of the resource, where in it, and why.
ALLOWED = {
    ("AWS::CloudWatch::Alarm", "Dimensions"): "a metric is that of all versions",
    ("AWS::Lambda::EventInvokeConfig", "FunctionName"): "its Qualifier is the alias",
    ("AWS::IAM::Role", "Policies"): "CodeDeploy moves the alias, which is the function's",
    ("Outputs", "APIHandlerArn"): "Chalice tells it, and nobody reads it",
    ("Outputs", "APIHandlerName"): "Chalice tells it, and nobody reads it",
}


@pytest.fixture(scope="module")
def template(packaged):
    return yaml.safe_load((packaged / "sam.yaml").read_text())


def past_the_alias(template):
    """Each place that names a function itself, as ALLOWED names it, and whole."""
    resources = template["Resources"]
    functions = set(of_type(resources, "AWS::Serverless::Function"))
    for path, name in references(template):
        if name in functions:
            is_resource = path[0] == "Resources"
            yield (resources[path[1]]["Type"], path[3]) if is_resource else path[:2], path


def not_allowed(template):
    return [path for place, path in past_the_alias(template) if place not in ALLOWED]


def test_every_call_goes_through_the_alias(template):
    assert not_allowed(template) == []


def test_every_exception_is_needed(template):
    assert {place for place, _ in past_the_alias(template)} == set(ALLOWED)


def test_no_arn_of_a_function_is_put_together_by_hand(template):
    assert ":function:" not in yaml.safe_dump(template)


def test_every_function_has_callers_of_its_alias_and_they_may_call(template, functions):
    of_aliases = Counter(name for _, name in references(template))
    for name in functions:
        assert of_aliases[f"{name}Alias{ALIAS}"] >= 1, name
    permissions = of_type(template["Resources"], "AWS::Lambda::Permission")
    assert permissions
    for name, permission in permissions.items():
        assert permission["FunctionName"]["Ref"].endswith(f"Alias{ALIAS}"), name
        assert permission["SourceArn"], name


def test_what_is_tried_again_is_what_the_alias_is_asked(template):
    for config in of_type(template["Resources"], "AWS::Lambda::EventInvokeConfig").values():
        assert config["Qualifier"] == ALIAS


def integration(template):
    paths = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
    return paths["/r/{token}"]["get"]["x-amazon-apigateway-integration"]


def put_back_integration(template):
    uri = integration(template)["uri"]
    uri["Fn::Sub"] = uri["Fn::Sub"].replace("APIHandlerAliaslive", "APIHandler.Arn")


def put_back_rule(template):
    target = template["Resources"]["EveryMinute"]["Properties"]["Targets"][0]
    target["Arn"] = {"Fn::GetAtt": ["Tick", "Arn"]}


def put_back_mapping(template):
    template["Resources"]["SendMailQueue"]["Properties"]["FunctionName"] = {"Ref": "SendMail"}


def put_back_permission(template):
    permission = template["Resources"]["APIHandlerInvokePermission"]["Properties"]
    permission["FunctionName"] = {"Ref": "APIHandler"}


def put_back_output(template):
    template["Outputs"]["SweepFunction"] = {"Value": {"Fn::Sub": "${Sweep}"}}


def subscribe(template):
    endpoint = {"Fn::GetAtt": "Tick.Arn"}
    made = {"Type": "AWS::SNS::Subscription", "Properties": {"Endpoint": endpoint}}
    template["Resources"]["Forgotten"] = made


@pytest.mark.parametrize(
    "forget",
    [
        put_back_integration,
        put_back_rule,
        put_back_mapping,
        put_back_permission,
        put_back_output,
        subscribe,
    ],
)
def test_one_that_is_forgotten_is_found(template, forget):
    mutated = copy.deepcopy(template)
    forget(mutated)
    assert len(not_allowed(mutated)) == 1


def test_who_answers_people_moves_gradually_and_back_by_an_alarm(template, functions):
    (name,) = [name for name in functions if "DeploymentPreference" in functions[name]]
    assert name == "APIHandler"
    shift = functions[name]["DeploymentPreference"]
    assert shift["Type"] == {"Ref": "Shift"}
    alarms = of_type(template["Resources"], "AWS::CloudWatch::Alarm")
    assert {alarm["Ref"] for alarm in shift["Alarms"]} == {
        *("APIHandlerErrors", "GatewayFailures", "UnexpectedFailures")
    }
    assert {alarm["Ref"] for alarm in shift["Alarms"]} <= set(alarms)


def test_the_emulator_and_the_operator_can_do_without(template):
    shifts, ways = template["Mappings"]["Shifts"], template["Parameters"]["Shift"]["AllowedValues"]
    assert set(shifts["yes"].values()) == {"false"}
    assert {way for way in ways if shifts["no"][way] == "true"} == set(ways) - {"no"}
    assert set(shifts["yes"]) == set(ways)
