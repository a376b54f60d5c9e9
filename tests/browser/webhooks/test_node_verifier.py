"""What docs/webhooks.md tells receivers in Node to do, by the official library. No browser."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from chalicelib import moments
from infra.paths import ROOT
from tests.support.deliveries import OLDER, SECRET, TASK_FACTS, Calls, Sent, delivery

HERE = Path(__file__).parents[1]  # where its package is installed
DOCS = ROOT / "docs/webhooks.md"
READ = """
const { headers, secret } = JSON.parse(process.argv[1]);
const body = require("fs").readFileSync(0, "utf8");
console.log(JSON.stringify(readCall(body, headers, secret)));
"""


def sent() -> Sent:
    calls = Calls()
    calls.secrets = [SECRET, OLDER]
    calls.log.add(delivery(facts={**TASK_FACTS, "team": "Tøyen “desk” 🎉\n"}))
    calls.deliver(moments.now())
    return calls.transport.sent[0]


def read(call: Sent, body: bytes, secret: str) -> subprocess.CompletedProcess[bytes]:
    (code,) = re.findall(r"```js\n(.*?)```", DOCS.read_text(), re.DOTALL)
    headers = {name.lower(): value for name, value in call.headers.items()}
    told = json.dumps({"headers": headers, "secret": secret})
    return subprocess.run(
        ["node", "-e", code + READ, told], input=body, cwd=HERE, capture_output=True
    )


@pytest.mark.parametrize("secret", [SECRET, OLDER])
def test_a_receiver_in_node_takes_it_with_either_secret(secret: str) -> None:
    call = sent()
    done = read(call, call.body, secret)
    assert json.loads(done.stdout) == json.loads(call.body), done.stderr


def test_a_receiver_in_node_refuses_a_body_that_was_changed() -> None:
    call = sent()
    done = read(call, call.body + b" ", SECRET)
    assert done.returncode != 0
    assert b"WebhookVerificationError" in done.stderr
