"""What the roles of the template allow, as IAM judges it. The emulator ignores leading keys."""

import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from chalice.app import Chalice, EventSourceHandler

RESOURCES = Path(__file__).parents[2] / "infra" / "resources.yaml"
ROLES = {
    "api": "ApiHandlerRole",
    "publish": "PublishRole",
    "send_mail": "SendMailRole",
    "record_mail_event": "RecordMailEventRole",
    "plan_effects": "PlanEffectsRole",
    "tell_people": "TellPeopleRole",
    "deliver": "DeliverRole",
    "tick": "TickRole",
    "recount": "RecountRole",
    "sweep": "SweepRole",
    "reconcile": "ReconcileRole",
    "forget": "ForgetRole",
    "release_ballots": "ReleaseBallotsRole",
}


class Request(NamedTuple):
    """`index` None: the table itself. `keys`: the partition keys that it names. `table`: by its
    name in the template."""

    action: str
    keys: tuple[str, ...] = ()
    index: str | None = None
    table: str = "Heed"


class _Loader(yaml.SafeLoader):
    pass


def _tagged(loader: Any, tag: str, node: Any) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return {tag: loader.construct_scalar(node)}
    if isinstance(node, yaml.SequenceNode):
        return {tag: loader.construct_sequence(node, deep=True)}
    return {tag: loader.construct_mapping(node, deep=True)}


_Loader.add_multi_constructor("!", _tagged)
RESOURCES_OF_TEMPLATE: dict[str, Any] = yaml.load(RESOURCES.read_text(), _Loader)["Resources"]


def statements_of(function: str) -> Iterator[dict[str, Any]]:
    """Those on the tables, of the role of a function of app.py."""
    for policy in RESOURCES_OF_TEMPLATE[ROLES[function]]["Properties"]["Policies"]:
        for statement in policy["PolicyDocument"]["Statement"]:
            if "dynamodb:" in str(statement.get("Action")):
                yield statement


def is_allowed(function: str, request: Request) -> bool:
    found = [
        statement["Effect"] for statement in statements_of(function) if _fits(statement, request)
    ]
    return "Allow" in found and "Deny" not in found


def _fits(statement: dict[str, Any], request: Request) -> bool:
    return (
        f"dynamodb:{request.action}" in listed(statement["Action"])
        and (request.table, request.index) in map(_place_of, listed(statement["Resource"]))
        and all(
            _holds(operator, patterns, request.keys)
            for operator, condition in statement.get("Condition", {}).items()
            for patterns in [condition["dynamodb:LeadingKeys"]]
        )
    )


def _place_of(resource: dict[str, Any]) -> tuple[str, str | None]:
    """Table and index. As it is when the stack uses its own table; the other way has the same
    form."""
    if resource == {"GetAtt": "Ballots.Arn"}:
        return "Ballots", None
    part, of = resource.get("Sub", ("${Table}", {"Table": resource}))
    own = of["Table"] if isinstance(of, dict) else {}
    if own.get("If", [""])[-1] != {"GetAtt": "Heed.Arn"}:
        return "another", None
    found = re.fullmatch(r"\$\{Table\}(?:/index/(\w+))?", part)
    return ("Heed", found[1]) if found else ("another", None)


def _holds(operator: str, patterns: Any, keys: tuple[str, ...]) -> bool:
    """Also without keys, as on AWS."""
    assert operator == "ForAllValues:StringLike"
    return all(any(fnmatchcase(key, pattern) for pattern in listed(patterns)) for key in keys)


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def requests_of(operation: str, sent: dict[str, Any]) -> list[Request]:
    """What IAM is asked for one call of DynamoDB. A transaction is asked for its parts."""
    if operation == "TransactWriteItems":
        return [
            request
            for item in sent["TransactItems"]
            for kind, part in item.items()
            for request in requests_of(PARTS[kind], part)
        ]
    if operation == "BatchGetItem":
        ((name, wanted),) = sent["RequestItems"].items()
        keys = tuple(key["PK"]["S"] for key in wanted["Keys"])
        return [Request(operation, keys, table=_table(name))]
    table = _table(sent["TableName"])
    if operation == "Query":
        partition = sent["ExpressionAttributeValues"][":pk"]["S"]
        return [Request(operation, (partition,), sent.get("IndexName"), table)]
    if operation == "Scan":
        return [Request(operation, table=table)]
    key = sent.get("Key") or sent["Item"]
    return [Request(operation, (key["PK"]["S"],), table=table)]


def _table(name: str) -> str:
    return "Ballots" if "ballots" in name else "Heed"


PARTS = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}


class Watch:
    """Notes what the functions ask of the table, and whether their roles allow it."""

    def __init__(self) -> None:
        self.function: str | None = None
        self.asked: set[tuple[str, Request]] = set()

    def follow(self, patch: pytest.MonkeyPatch) -> None:
        answer, run = Chalice.__call__, EventSourceHandler.__call__

        def answered(app: Chalice, *given: Any) -> Any:
            return self._under("api", lambda: answer(app, *given))

        def ran(handler: EventSourceHandler, *given: Any) -> Any:
            name = handler.func._original_func.__name__
            return self._under(name, lambda: run(handler, *given))

        patch.setattr(Chalice, "__call__", answered)
        patch.setattr(EventSourceHandler, "__call__", ran)

    def note(self, params: dict[str, Any], model: Any, **_: Any) -> None:
        if self.function:
            found = requests_of(model.name, params)
            self.asked |= {(self.function, request) for request in found}

    @property
    def refused(self) -> set[tuple[str, Request]]:
        return {(who, request) for who, request in self.asked if not is_allowed(who, request)}

    def _under(self, function: str, call: Callable[[], Any]) -> Any:
        self.function = function
        try:
            return call()
        finally:
            self.function = None
