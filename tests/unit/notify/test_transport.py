"""One call, to receivers as they are: in time, to a checked address, and nowhere else."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from time import monotonic, sleep

import pytest
from msgspec.structs import replace

from chalicelib.notify.transport import (
    LONGEST_ANSWER,
    LONGEST_WAIT_S,
    Answer,
    Transport,
    TransportError,
)
from chalicelib.targets import Resolve
from tests.support.receiver import (
    Receiver,
    Say,
    babble,
    closing,
    dripping,
    endless,
    receiving,
    silent,
    status,
)

QUICK = Transport(loopback=True, total_s=0.4, connect_s=0.2)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


def post(receiver: Receiver, transport: Transport = QUICK) -> Answer:
    return transport.post(receiver.url, b"said", {"webhook-id": "one"})


def refused(receiver: Receiver, *says: Say) -> TransportError:
    receiver.answers(*says)
    with pytest.raises(TransportError) as caught:
        post(receiver)
    return caught.value


@pytest.mark.parametrize("code", [200, 201, 202, 204])
def test_a_2xx_is_taken(receiver: Receiver, code: int) -> None:
    receiver.answers(status(code))
    assert post(receiver).status == code
    (heard,) = receiver.heard
    assert (heard.line, heard.body) == ("POST /in HTTP/1.1", b"said")
    assert heard.headers["webhook-id"] == "one"


@pytest.mark.parametrize("code", [301, 302, 307, 308])
def test_a_redirect_is_a_failure_and_is_not_followed(receiver: Receiver, code: int) -> None:
    error = refused(receiver, status(code, Location=receiver.url), status(200))
    assert (error.status, error.permanent, len(receiver.heard)) == (code, False, 1)


@pytest.mark.parametrize("code", [400, 401, 404, 429, 500, 502, 503])
def test_what_is_refused_may_be_tried_again(receiver: Receiver, code: int) -> None:
    error = refused(receiver, status(code))
    assert (error.status, error.permanent, error.retry_after) == (code, False, None)


def test_who_is_gone_is_not_tried_again(receiver: Receiver) -> None:
    assert refused(receiver, status(410)).permanent


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("30", 30), ("0", 0), ("99999999", LONGEST_WAIT_S), ("soon", None), ("-5", None)],
)
def test_a_wished_pause_is_told(receiver: Receiver, told: str, seconds: int | None) -> None:
    assert refused(receiver, status(429, Retry_After=told)).retry_after == seconds


def test_a_wished_pause_may_be_a_date(receiver: Receiver) -> None:
    then = format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True)
    found = refused(receiver, status(503, Retry_After=then)).retry_after
    assert found is not None
    assert 590 <= found <= 600


def test_an_endless_answer_is_cut(receiver: Receiver) -> None:
    receiver.answers(endless)
    assert len(post(receiver).body) == LONGEST_ANSWER


@pytest.mark.parametrize("say", [silent, dripping])
def test_the_call_is_over_in_time(receiver: Receiver, say: Say) -> None:
    assert refused(receiver, say).code == "timeout"


@pytest.mark.parametrize("say", [closing, babble])
def test_who_does_not_speak_http_was_not_reached(receiver: Receiver, say: Say) -> None:
    error = refused(receiver, say)
    assert (error.code, error.status, error.permanent) == ("not_reached", None, False)


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = Receiver(server.getsockname()[1])
    with pytest.raises(TransportError, match="not_reached"):
        post(free)


def test_the_error_does_not_quote_the_address(receiver: Receiver) -> None:
    error = refused(receiver, closing)
    assert "127.0.0.1" not in repr(error)
    assert error.__cause__ is None


def test_a_name_is_looked_up_once_and_connected_to_as_it_was_checked(receiver: Receiver) -> None:
    """The DNS gives another address to whoever asks again."""
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    changing = Transport(loopback=True, resolve=rebinding, total_s=0.4)
    found = changing.post(f"http://localhost:{receiver.port}/in", b"", {})
    assert (found.status, asked) == (200, ["localhost"])
    assert receiver.heard[0].headers["host"] == f"localhost:{receiver.port}"


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::ffff:8.8.8.8"])
def test_a_public_name_with_a_private_address_is_not_called(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("it connected"))
    transport = Transport(resolve=lambda host, port: ["8.8.8.8", address])
    with pytest.raises(TransportError, match="address_not_public") as caught:
        transport.post("https://hooks.example.com/in", b"", {})
    assert caught.value.permanent


def test_a_name_that_nobody_knows_may_be_tried_again() -> None:
    transport = Transport(resolve=lambda host, port: [])
    with pytest.raises(TransportError, match="host_unknown") as caught:
        transport.post("https://hooks.example.com/in", b"", {})
    assert not caught.value.permanent


def hanging(seconds: float) -> Resolve:
    def resolve(host: str, port: int) -> list[str]:
        sleep(seconds)
        return ["127.0.0.1"]

    return resolve


def test_a_look_up_that_hangs_is_over_in_time(receiver: Receiver) -> None:
    started = monotonic()
    with pytest.raises(TransportError) as caught:
        post(receiver, replace(QUICK, resolve=hanging(5)))
    assert monotonic() - started < 1
    assert (caught.value.code, caught.value.permanent) == ("timeout", False)
    assert receiver.heard == []


def test_a_slow_look_up_leaves_the_call_less_time(receiver: Receiver) -> None:
    receiver.answers(silent)
    started = monotonic()
    with pytest.raises(TransportError):
        post(receiver, replace(QUICK, total_s=1, resolve=hanging(0.8)))
    assert monotonic() - started < 1.6
