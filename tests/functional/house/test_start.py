"""A function that starts rehearses what a tap calls, and a rehearsal is no call."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from infra.paths import ROOT

DEPLOYED = {
    "HEED_FUNCTION": "api",
    "HEED_TABLE": "heed",
    "AWS_DEFAULT_REGION": "eu-north-1",
    "AWS_ACCESS_KEY_ID": "made-up",
    "AWS_SECRET_ACCESS_KEY": "made-up",
}


@pytest.fixture
def aws() -> Iterator[socket.socket]:
    """Nobody answers there."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


def started(aws: socket.socket, script: str, **variables: str | None) -> str:
    host, port = aws.getsockname()
    changed = DEPLOYED | {"AWS_ENDPOINT_URL": f"http://{host}:{port}"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HEED_")}
    told = {name: value for name, value in (kept | changed | variables).items() if value}
    done = subprocess.run(
        [sys.executable, "-c", f"import app\n{script}"],
        cwd=ROOT,
        env=told,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_a_rehearsal_connects_to_nobody(aws: socket.socket) -> None:
    assert "rehearse" not in started(aws, "")
    with pytest.raises(BlockingIOError):
        aws.accept()


def test_after_the_rehearsal_a_call_is_sent(aws: socket.socket) -> None:
    call = (
        "from chalicelib.aws.clients import client\n"
        "client('dynamodb')._endpoint.http_session.send = lambda request: print(request.url)\n"
        "try: client('dynamodb').get_item(TableName='a', Key={'PK': {'S': 'a'}})\n"
        "except Exception as error: print(error)"
    )
    assert f"http://127.0.0.1:{aws.getsockname()[1]}/" in started(aws, call)


def test_a_function_that_lacks_something_starts_and_tells_the_log(aws: socket.socket) -> None:
    said = started(aws, "print(len(app.app.routes))", HEED_TABLE=None)
    assert '"rehearse"' in said
    assert "MissingSetting" in said
