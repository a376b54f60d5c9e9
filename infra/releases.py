"""Which versions the functions of a stack have, and which one each alias is at. A release is a
deploy that changed something: it publishes a version of every function, described by its name."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from infra.alias import ALIAS

# Versions kept beside the one that is live. One of all functions is 100 MB of the account's 75 GB.
KEPT: Final = 5

Client = Callable[[str], Any]
"""Makes boto3's client of a service."""


@dataclass(frozen=True, order=True)
class Version:
    number: int
    release: str


@dataclass(frozen=True)
class Function:
    name: str
    live: Version
    versions: tuple[Version, ...]
    revision: str
    """Of the alias, so that nobody moves it unseen in between."""

    @property
    def before(self) -> Version | None:
        return max((one for one in self.versions if one < self.live), default=None)

    @property
    def taken_back(self) -> set[Version]:
        """By a rollback, or by CloudFormation when a deploy failed."""
        return {one for one in self.versions if one > self.live}

    @property
    def outdated(self) -> set[Version]:
        return set(sorted(one for one in self.versions if one < self.live)[:-KEPT])


def functions_of(stack: str, client: Client) -> list[Function]:
    return [_function(client("lambda"), name) for name in sorted(_names(stack, client))]


def _names(stack: str, client: Client) -> Iterable[str]:
    pages = client("cloudformation").get_paginator("list_stack_resources")
    for page in pages.paginate(StackName=stack):
        for found in page["StackResourceSummaries"]:
            if found["ResourceType"] == "AWS::Lambda::Alias":
                # arn:aws:lambda:REGION:ACCOUNT:function:NAME:ALIAS
                yield found["PhysicalResourceId"].split(":")[-2]


def _function(functions: Any, name: str) -> Function:
    alias = functions.get_alias(FunctionName=name, Name=ALIAS)
    pages = functions.get_paginator("list_versions_by_function").paginate(FunctionName=name)
    versions = {
        found["Version"]: Version(int(found["Version"]), found.get("Description", ""))
        for page in pages
        for found in page["Versions"]
        if found["Version"] != "$LATEST"
    }
    live = versions[alias["FunctionVersion"]]
    return Function(name, live, tuple(sorted(versions.values())), alias["RevisionId"])


def name_release(
    package: str, parameters: Mapping[str, str], last: str, is_taken_back: bool
) -> str:
    """The same for the same package and parameters, so that a deploy that changes nothing
    publishes nothing; but never that of the last release when that was taken back."""
    facts = [package, *(f"{name}={value}" for name, value in sorted(parameters.items()))]
    made_from = hashlib.sha256("\n".join(facts).encode()).hexdigest()[:15]
    # The count comes first: SAM looks at ten characters.
    count = int(last[0], 16) if last[1:] == made_from else 0
    return f"{(count + is_taken_back) % 16:x}{made_from}"


def forget_versions(functions: Any, before: Iterable[Function], after: Iterable[Function]) -> None:
    """After a deploy: those that it replaced although they had been taken back, so that no
    rollback leads to them, and those that are older than what is kept."""
    taken_back = {function.name: function.taken_back for function in before}
    for function in after:
        for version in function.outdated | taken_back.get(function.name, set()):
            if version < function.live:
                _delete(functions, function.name, version)


def _delete(functions: Any, name: str, version: Version) -> None:
    # Refused when an alias that is not of the stack is at this version.
    conflict = functions.exceptions.ResourceConflictException
    with suppress(conflict):
        functions.delete_function(FunctionName=name, Qualifier=str(version.number))
