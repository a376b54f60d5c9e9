"""One session. Each client is made once, at its first use. By botocore: boto3 and s3transfer are
not in the zip (docs/decisions/0025)."""

import encodings.idna  # noqa: F401 - or the first connection imports it
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.session import Session

from chalicelib.aws.together import AT_ONCE
from chalicelib.deadline import refuse_late


@cache
def client(service: str) -> Any:
    made = _session().create_client(service, config=_config(service))
    made.meta.events.register("before-call", refuse_late)
    return made


@contextmanager
def rehearsed(service: str, answer: dict[str, Any]) -> Iterator[None]:
    """What is called meanwhile is built and signed, and is answered so without being sent. The
    first call that is sent then finds everything made."""
    events, event = client(service).meta.events, f"before-send.{service}"

    def answered(request: Any, **_: Any) -> AWSResponse:
        return AWSResponse(request.url, 200, {}, _Told(json.dumps(answer).encode()))

    events.register(event, answered)
    try:
        yield
    finally:
        events.unregister(event, answered)


class _Told:
    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self) -> Iterator[bytes]:
        yield self._body


def forget_clients() -> None:
    client.cache_clear()
    _session.cache_clear()


@cache
def _session() -> Session:
    return Session()


def _config(service: str) -> Config:
    # The SDK never repeats an e-mail, because SES has no idempotency token. An answer that is
    # waited for a little longer is a mail less whose outcome nobody knows.
    if service == "ses":
        return _limits(connect_timeout=2, read_timeout=10, attempts=1)
    # A tap must not hang: tries are short, and the caller decides on the next one.
    return _limits(connect_timeout=1, read_timeout=4, attempts=2)


def _limits(connect_timeout: int, read_timeout: int, attempts: int) -> Config:
    return Config(
        max_pool_connections=AT_ONCE,
        # Whoever calls packs by itself, and AWS checks. To check before costs a tenth of a call.
        parameter_validation=False,
        user_agent="heed",  # botocore makes its own at each call, from all that it finds here
        connect_timeout=connect_timeout,
        read_timeout=read_timeout,
        retries={"mode": "standard", "total_max_attempts": attempts},
    )
