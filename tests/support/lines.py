"""Holds each change that a test makes to the history: its line goes with what it writes first."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from chalice.app import Request

from chalicelib.aws import clients
from chalicelib.dashboard.page import Page
from chalicelib.web.audited import READS
from chalicelib.web.endpoint import Endpoint

TO_DO = (
    "is written before its line of the history. Write through wiring.table() and wiring.secrets(),"
    " or say in the declaration why the history needs no line: not_noted."
)
OF_THE_TABLE = ("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems")
OF_SECRETS = ("PutSecretValue", "CreateSecret", "DeleteSecret")


class FirstWrites:
    """What each change wrote first, where that was not its line."""

    def __init__(self) -> None:
        self.wrong: set[str] = set()
        self._name, self._is_first = "", False

    def follow(self, patch: pytest.MonkeyPatch) -> None:
        for kind in (Endpoint, Page):
            patch.setattr(kind, "__call__", self._following(kind.__call__))

    def note(self, params: Mapping[str, Any], model: Any, **_: Any) -> None:
        written = str(params)
        # The day on which a key was used is no change.
        if not self._is_first or not is_write(model.name) or "'last_used'" in written:
            return
        self._is_first = False
        if "'HISTORY#" not in written:
            self.wrong.add(f"{self._name}: {model.name}")

    def _following(self, answer: Any) -> Any:
        def followed(declared: Any, request: Request, **arguments: str) -> Any:
            self._name, self._is_first = declared.name, is_noted(declared, request.method)
            try:
                return answer(declared, request, **arguments)
            finally:
                self._is_first = False

        return followed


def is_write(operation: str) -> bool:
    return operation in (*OF_THE_TABLE, *OF_SECRETS)


def is_noted(declared: Any, method: str) -> bool:
    """Endpoint or Page: whoever changes something is known, and it is not declared otherwise."""
    known = declared.scope if isinstance(declared, Endpoint) else declared.scopes
    return bool(known) and method not in READS and not declared.not_noted


@pytest.fixture(autouse=True)
def each_change_has_its_line(
    monkeypatch: pytest.MonkeyPatch, _moto: None, _no_account: None
) -> Iterator[None]:
    """Whatever a test calls: a change is written with its line of the history, or after it."""
    first = FirstWrites()
    first.follow(monkeypatch)
    heard = [
        (clients.client(service).meta.events, f"before-parameter-build.{name}")
        for service, name in (("dynamodb", "dynamodb"), ("secretsmanager", "secrets-manager"))
    ]
    for events, event in heard:
        events.register(event, first.note)
    yield
    for events, event in heard:
        events.unregister(event, first.note)
    assert first.wrong == set(), TO_DO


def lines(heed: Any) -> list[tuple[str, str, str]]:
    """Act, address and who: the oldest first."""
    items = sorted(heed.items("HISTORY"), key=lambda item: item["list_sk"])
    return [(item["act"], item["what"], item["by"]) for item in items]
