"""A function's process answers many people, and its memory and its log outlive each of them."""

import functools
import gc
import io
import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from chalicelib import wiring
from chalicelib.aws import clients
from chalicelib.logs import logger
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support.samples import SURVEY, stored_invitation
from tests.support.storm import MARKS, Storm

HOLDERS = (dict, list, tuple, set, frozenset, type(functools.cache(len)))


def kept() -> Iterator[str]:
    """Every text that can be reached from a module of ours, through caches and values."""
    modules = [module for name, module in sys.modules.items() if name.startswith("chalicelib")]
    left = [value for module in modules for value in vars(module).values()]
    seen = set[int]()
    while left:
        value = left.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, str):
            yield value
        ours = type(value).__module__.startswith(("chalicelib", "aws_lambda_powertools"))
        if ours or isinstance(value, HOLDERS):
            left += [part for part in gc.get_referents(value) if not isinstance(part, type)]


def test_nothing_of_a_person_stays_in_memory(heed: Heed) -> None:
    Storm(heed).happens()
    texts = list(kept())
    assert SURVEY.question in texts, "the survey is kept, so it would be found"
    assert [text for text in texts for mark in MARKS if mark.lower() in text.lower()] == []


def test_a_failed_request_leaves_nothing_for_the_next_one(heed: Heed) -> None:
    stored_invitation(wiring.table())
    link = f"/r/{heed.token(heed.items('INVITE')[0])}"
    heed.post_form("/r/wrong", {"score": "3", "comment": "words of somebody else"})
    heed.post_form(link, {"score": "99", "comment": "words of somebody else"})
    assert "somebody else" not in heed.http.get(f"{link}/9").body.decode()


class Broken(io.StringIO):
    def write(self, text: str) -> int:
        raise BrokenPipeError


@pytest.fixture
def _no_log(heed: Heed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging, "raiseExceptions", False)
    for handler in logging.getLogger("heed-test").handlers or logger().handlers:
        monkeypatch.setattr(handler, "stream", Broken())
    monkeypatch.setattr(sys, "stdout", Broken())


@pytest.mark.usefixtures("_no_log")
def test_a_log_that_takes_nothing_costs_no_request(heed: Heed) -> None:
    stored_invitation(wiring.table())
    link = f"/r/{heed.token(heed.items('INVITE')[0])}"
    assert heed.http.get(f"{link}/9").status_code == 200
    assert heed.call("GET", "/v1/tasks").status_code == 200
    assert heed.post_form(link, {"score": "99"}).status_code == 400


@pytest.mark.parametrize("text", ["a\nb", 'a"}\n{"level":"ERROR"}', "x" * 300_000, "\ud800"])
def test_a_request_is_one_line_of_the_log_whatever_it_says(
    heed: Heed, log_lines: io.StringIO, text: str
) -> None:
    heed.call("POST", "/v1/accounts/acme/contacts/imports", json.dumps({"name": text}).encode())
    heed.http.get("/v1/tasks", headers={"Authorization": text[:100].replace("\n", "%0a")})
    lines = log_lines.getvalue().splitlines()
    assert [json.loads(line)["message"] for line in lines] == ["request"] * len(lines)
    assert len(lines) == 2
    assert max(map(len, lines)) < 1000


def test_a_wrong_link_asks_nothing_of_aws_however_often_it_comes(
    heed: Heed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(model: Any, **_: Any) -> None:
        raise ClientError({"Error": {"Code": "Called", "Message": model.name}}, model.name)

    surveys_wiring.catalogue.cache_clear()
    assert heed.http.get("/r/wrong/9").status_code == 404  # the keys are in memory now
    called = [clients.client(name).meta.events for name in ("dynamodb", "secretsmanager")]
    for events in called:
        events.register_first("before-call", refuse, unique_id="none")
    token = "a" * 70
    answers = {heed.http.get(f"/r/{number}{token}/9").status_code for number in range(300)}
    answers |= {heed.post_form(f"/r/b{token}", {"score": number}).status_code for number in "12"}
    answers |= {heed.http.get(f"/u/{token}").status_code}
    for events in called:
        events.unregister("before-call", unique_id="none")
    assert answers == {404}
