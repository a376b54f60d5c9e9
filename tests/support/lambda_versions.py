"""Lambda and CloudFormation as a rollback sees them. Moto's Lambda needs Docker."""

from typing import Any


class ResourceConflict(Exception):
    pass


class Exceptions:
    ResourceConflictException = ResourceConflict


class Pages:
    def __init__(self, page: dict[str, Any]) -> None:
        self.page = page

    def paginate(self, **_: str) -> list[dict[str, Any]]:
        return [self.page]


class Versions:
    """`published`: the releases of each function in their order; `live`: the number of a version.
    A client of both services, and a target."""

    exceptions = Exceptions()
    stack = "heed-test"

    def __init__(self, published: dict[str, str], live: dict[str, int] | None = None) -> None:
        self.published = {name: dict(enumerate(made, 1)) for name, made in published.items()}
        self.live = {name: len(made) for name, made in published.items()} | (live or {})
        self.status = "UPDATE_COMPLETE"
        self.held: set[tuple[str, int]] = set()

    def client(self, service: str, read_timeout: int = 60) -> Any:
        return self

    def get_paginator(self, operation: str) -> Any:
        if operation == "list_stack_resources":
            return Pages({"StackResourceSummaries": [*map(_alias, self.published), *OTHERS]})
        return self

    def paginate(self, FunctionName: str) -> list[dict[str, Any]]:  # noqa: N803
        numbered = [
            {"Version": str(number), "Description": release}
            for number, release in self.published[_short(FunctionName)].items()
        ]
        return [{"Versions": [{"Version": "$LATEST"}]}, {"Versions": numbered}]

    def get_alias(self, FunctionName: str, Name: str) -> dict[str, str]:  # noqa: N803
        assert Name == "live"
        number = str(self.live[_short(FunctionName)])
        return {"FunctionVersion": number, "RevisionId": f"seen {number}"}

    def update_alias(self, FunctionName: str, FunctionVersion: str, **given: Any) -> None:  # noqa: N803
        name = _short(FunctionName)
        assert given["RevisionId"] == f"seen {self.live[name]}"
        assert given["RoutingConfig"] == {"AdditionalVersionWeights": {}}
        self.live[name] = int(FunctionVersion)

    def delete_function(self, FunctionName: str, Qualifier: str) -> None:  # noqa: N803
        name, number = _short(FunctionName), int(Qualifier)
        if (name, number) in self.held or self.live[name] == number:
            raise ResourceConflict
        del self.published[name][number]

    def describe_stacks(self, StackName: str) -> dict[str, Any]:  # noqa: N803
        assert StackName == self.stack
        return {"Stacks": [{"StackStatus": self.status}]}


OTHERS = [{"ResourceType": "AWS::SQS::Queue", "PhysicalResourceId": "https://sqs/queue"}]


def _alias(name: str) -> dict[str, str]:
    arn = f"arn:aws:lambda:eu-north-1:123456789012:function:heed-test-{name}:live"
    return {"ResourceType": "AWS::Lambda::Alias", "PhysicalResourceId": arn}


def _short(name: str) -> str:
    return name.removeprefix("heed-test-")
