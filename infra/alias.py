"""Pure: puts the functions of a template behind an alias. A deploy publishes a version of each and
moves the alias; whatever calls a function calls the alias."""

import copy
from typing import Any, Final

ALIAS: Final = "live"
FUNCTION: Final = "AWS::Serverless::Function"
# The property by which each kind of resource calls a function.
CALLS: Final = {
    "AWS::Events::Rule": "Targets",
    "AWS::Lambda::EventSourceMapping": "FunctionName",
    "AWS::Lambda::Permission": "FunctionName",
    "AWS::Serverless::Api": "DefinitionBody",
}
WITHOUT_SNAP_START: Final = ("python3.11",)

Template = dict[str, Any]


def put_behind_alias(template: Template, architecture: str) -> Template:
    """`architecture` is the one that the packages of the zip are for."""
    made = copy.deepcopy(template)
    resources = made["Resources"]
    functions = {name for name, found in resources.items() if found["Type"] == FUNCTION}
    for name in functions:
        resources[name]["Properties"] |= _published(architecture)
    for resource in resources.values():
        kind, properties = resource["Type"], resource.get("Properties", {})
        if kind in CALLS:
            properties[CALLS[kind]] = _pointed(properties[CALLS[kind]], functions)
        elif kind == "AWS::Lambda::EventInvokeConfig":
            properties["Qualifier"] = ALIAS
            # A name alone does not tell CloudFormation to wait for the alias.
            resource["DependsOn"] = _alias_of(_named(properties["FunctionName"]))
    if any(resources[name]["Properties"]["Runtime"] in WITHOUT_SNAP_START for name in functions):
        _leave_out_snap_start(made, functions)
    return made


def _published(architecture: str) -> Template:
    return {
        "AutoPublishAlias": ALIAS,
        # Every function gets a new version with every release, so that all go back together.
        # Lambda makes none when nothing of the function differs; the description does.
        "AutoPublishCodeSha256": {"Ref": "Release"},
        "Description": {"Ref": "Release"},
        "Architectures": [architecture],
    }


def _pointed(value: Any, functions: set[str]) -> Any:
    if isinstance(value, list):
        return [_pointed(part, functions) for part in value]
    if not isinstance(value, dict):
        return value
    name = _named(value)
    if name in functions:
        return {"Ref": _alias_of(name)}
    if isinstance(value.get("Fn::Sub"), str):
        text = value["Fn::Sub"]
        for function in functions:
            text = text.replace(f"${{{function}.Arn}}", f"${{{_alias_of(function)}}}")
        return {"Fn::Sub": text}
    return {key: _pointed(part, functions) for key, part in value.items()}


def _alias_of(function: str) -> str:
    """As SAM names the resource. Its Ref is the alias's ARN."""
    return f"{function}Alias{ALIAS}"


def _named(value: Template) -> str:
    """The resource whose Ref or ARN this is."""
    match value:
        case {"Ref": str(name)} | {"Fn::GetAtt": [str(name), "Arn"]}:
            return name
    return ""


def _leave_out_snap_start(template: Template, functions: set[str]) -> None:
    del template["Parameters"]["SnapStart"], template["Conditions"]["HasSnapStart"]
    for name in functions:
        template["Resources"][name]["Properties"].pop("SnapStart", None)
