"""Hooks over the API of the deployed stack: made, rotated with two valid secrets, deleted."""

import json
from dataclasses import replace

import pytest

from chalicelib.api_keys.api_key import Scope
from tests.attack.credentials import key_with
from tests.conftest import ROOT, Stack
from tests.support.outside import Outside, until

pytestmark = pytest.mark.slow
SAMPLE = json.loads((ROOT / "tests/data/zendesk_trigger_rendered.json").read_text())
OLD, NEW = "the-first-secret-of-this-hook", "the-second-secret-of-this-hook"


def test_a_hook_takes_both_secrets_while_it_is_rotated_and_none_when_it_is_gone(
    stack: Stack,
) -> None:
    admin = Outside(replace(stack, key=key_with(stack, Scope.HOOKS_WRITE)))
    asked = {"survey": stack.survey, "source": "zendesk", "secret": OLD}
    made = admin.api("POST", "/v1/hooks", asked)
    assert made.status == 201, made.text
    path = f"/v1/hooks/zendesk/{made.json['id']}"
    desk = Outside(replace(stack, hook=made.json["url"]))

    accepted: list[str] = []

    def deliver(number: int, secret: str) -> int:
        body = json.loads(json.dumps(SAMPLE["request"]["body"]))
        body["ticket"]["id"] = f"rotation-{number}"
        body["requester"]["email"] = f"rotation-{number}@example.com"
        answer = desk.trigger(body, f"rotation-{number}", secret)
        accepted.extend([answer.json["id"]] if answer.status == 202 else [])
        return answer.status

    assert [deliver(1, OLD), deliver(2, NEW)] == [202, 401]
    assert admin.api("POST", f"{path}/secrets", {"secret": NEW}).status == 201
    assert [deliver(3, OLD), deliver(4, NEW)] == [202, 202]
    assert admin.api("DELETE", f"{path}/secrets").status == 204
    assert [deliver(5, OLD), deliver(6, NEW)] == [401, 202]
    assert admin.api("DELETE", path).status == 204
    assert deliver(7, NEW) == 404
    for invitation in accepted:  # the other tests share the stack, and count who was asked
        path = f"/v1/invitations/{invitation}"
        until(lambda path=path: Outside(stack).api("GET", path).json["status"] == "sent")
