"""Sends recorded deliveries over HTTP to hooks at the address that they name."""

from typing import Any

import time_machine
from chalice.test import HTTPResponse

from chalicelib import wiring
from chalicelib.helpdesks.delivery_log import DeliveryLog, Line
from chalicelib.helpdesks.hook import Hook
from tests.functional.conftest import Heed
from tests.support.inbound import API, Sample
from tests.support.kept_secrets import write_secrets
from tests.support.samples import SURVEY

HOOK = "ten_01"


def deliver(heed: Heed, told: Sample, secret: str | None = None) -> HTTPResponse:
    """To a hook that has the secret of the sample, or another."""
    path = told.url.removeprefix(API)
    hook_id = path.partition("?")[0].rpartition("/")[2]
    write_secrets({hook_id: [secret or told.secret]})
    with time_machine.travel(told.at):
        answer: HTTPResponse = heed.http.post(path, headers=dict(told.headers), body=told.raw)
    return answer


def outcomes(answer: HTTPResponse) -> list[dict[str, str]]:
    found: dict[str, Any] = answer.json_body
    return found["items"] if found["status"] == "taken" else [found]


def log_of(told: Sample) -> list[Line]:
    log = DeliveryLog(wiring.table())
    return log.latest(Hook(told.source, HOOK, SURVEY.id), 50)
