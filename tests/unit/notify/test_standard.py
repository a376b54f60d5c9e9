"""What a standard webhook is sent, and how it proves that it comes from here."""

import json

import pytest

from chalicelib.notify.standard import signed_headers
from chalicelib.responses.items import response_to_item
from chalicelib.responses.response import Answer, answered
from chalicelib.standard_webhooks import signature
from tests.support.deliveries import OLDER, SECRET, TASK_FACTS, Calls, delivery
from tests.support.samples import NOW, invitation

# Of the secrets in tests/support/deliveries.py, made by another implementation.
BODY = (
    b'{"type":"response.completed","timestamp":"2026-11-20T15:02:40.512Z",'
    b'"data":{"response_id":"rsp_fict0001","survey_id":"svy_01","kind":"nps","score":3,'
    b'"category":"detractor","has_comment":true,"ticket":{"source":"zendesk","id":"48213"},'
    b'"answered_at":"2026-11-20T15:02:40Z",'
    b'"url":"https://api.example.com/v1/responses/rsp_fict0001"}}'
)
SIGNED = (
    "v1,uoLWlpau8bzQ0h9Q+fdKegAVmlyq66iLVTgcDLtAq7E="
    " v1,mslV0GyLypZOKrilztnsZVeymOHdfFgpV4mKpzOALvA="
)


def test_it_is_signed_as_others_sign() -> None:
    assert signed_headers("msg_fict0001", 1795186961, BODY, (SECRET, OLDER)) == {
        "webhook-id": "msg_fict0001",
        "webhook-timestamp": "1795186961",
        "webhook-signature": SIGNED,
    }


def test_the_body_holds_what_happened_when_and_the_facts() -> None:
    calls = Calls()
    calls.log.add(delivery())
    calls.deliver()
    (sent,) = calls.transport.sent
    assert json.loads(sent.body) == {"type": "TaskOpened", "timestamp": "then", "data": TASK_FACTS}
    assert sent.headers["Content-Type"] == "application/json"


def test_an_answer_is_told_as_it_is_now_and_without_its_words() -> None:
    calls, made = Calls(), invitation()
    first = answered(made, None, Answer(2, "slow"), "op1", "2026-11-20", NOW)
    calls.put(response_to_item(answered(made, first, Answer(3), "op2", "2026-11-20", NOW)))
    calls.log.add(delivery(event="ResponseRecorded", facts={"response": made.id}))
    calls.deliver()
    (sent,) = calls.transport.sent
    assert json.loads(sent.body)["data"] == {
        "response": made.id,
        "survey": made.survey,
        "score": 3,
        "band": "detractor",
        "segments": list(made.segments),
        "has_comment": True,
        "wishes_contact": False,
        "origin": "tap",
    }
    for private in (b"slow", b"example.com", b"Ingrid", b"Laptop"):
        assert private not in sent.body


def test_while_a_secret_is_rotated_both_sign() -> None:
    signed = signed_headers("one", 1, b"{}", (SECRET, OLDER))["webhook-signature"].split(" ")
    alone = [
        signed_headers("one", 1, b"{}", (secret,))["webhook-signature"]
        for secret in (SECRET, OLDER)
    ]
    assert signed == alone


def test_a_webhook_whose_secret_is_missing_is_not_called() -> None:
    calls = Calls()
    calls.log.add(delivery())
    calls.secrets = []
    calls.deliver()
    assert (calls.item()["reason"], calls.transport.sent) == ("no_secret", [])


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_abc"])
def test_nothing_is_signed_with_a_secret_that_anybody_knows_or_that_is_none(secret: str) -> None:
    with pytest.raises(ValueError, match=r"empty|padding"):
        signature("1", "2", b"{}", secret)
