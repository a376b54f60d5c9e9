"""Faults at the wire of a moto client: what AWS may do to any call.

plan: operation -> list, one entry used per HTTP try: None, ("before", code, status[, extra]),
("lost",) executed but not answered, ("twice",), ("connect",), ("reply", status, body).
"""

import json
from collections.abc import Iterator
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError
from moto.core.models import botocore_stubber

JSON = {"content-type": "application/x-amz-json-1.0"}


class Faults:
    def __init__(self, client: Any, plan: dict[str, list[Any]]) -> None:
        self.plan = {operation: list(faults) for operation, faults in plan.items()}
        self.calls: list[str] = []
        service = client.meta.service_model.service_name
        # botocore calls every handler of an event and then takes the first answer, so
        # moto's own would execute what is meant to fail. It is called from here alone.
        client.meta.events.unregister("before-send", botocore_stubber)
        client.meta.events.register_first(f"before-send.{service}", self)
        self._events, self._event = client.meta.events, f"before-send.{service}"

    def heal(self) -> None:
        """No more faults: moto answers by itself again, and once: other faults of the same
        client may have been healed before."""
        self._events.unregister(self._event, self)
        self._events.unregister("before-send", botocore_stubber)
        self._events.register("before-send", botocore_stubber)

    def __call__(self, request: Any = None, event_name: str = "", **_: Any) -> Any:
        operation = event_name.split(".")[-1]
        self.calls.append(operation)
        planned = self.plan.get(operation)
        fault = planned.pop(0) if planned else None
        return self._play(fault or ("none",), request, event_name)

    def _play(self, fault: Any, request: Any, event_name: str) -> Any:
        kind = fault[0]
        if kind == "connect":
            raise ConnectTimeoutError(endpoint_url=request.url)
        if kind == "reply":
            return _answer(request.url, fault[1], fault[2])
        if kind == "before":
            extra = fault[3] if len(fault) > 3 else {}
            return _answer(request.url, fault[2], {"__type": f"x#{fault[1]}", **extra})
        answer = botocore_stubber(event_name, request)
        if kind == "lost":
            raise ReadTimeoutError(endpoint_url=request.url)
        return botocore_stubber(event_name, request) if kind == "twice" else answer


class _Raw:
    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self._body


def _answer(url: str, status: int, body: dict[str, Any]) -> AWSResponse:
    return AWSResponse(url, status, JSON, _Raw(json.dumps(body).encode()))
