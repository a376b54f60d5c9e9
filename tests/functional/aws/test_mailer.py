"""What the mail service and the network between may do, on a real socket."""

from contextlib import suppress

import pytest
from botocore.config import Config

from chalicelib.aws import clients
from chalicelib.aws.mailer import SesMailer
from chalicelib.errors import HeedError, MailNotTaken, MailRefused, OutcomeUnknown
from tests.support.wire import (
    ANSWER,
    RESET_AFTER,
    RESET_AT_ONCE,
    SILENT,
    Slow,
    answer,
    client_of,
    nobody_listens,
    wire,
)

TAKEN = answer(
    200,
    "<SendRawEmailResponse><SendRawEmailResult><MessageId>id-1</MessageId>"
    "</SendRawEmailResult></SendRawEmailResponse>",
)
# The functions' own, but for the patience.
HASTY = clients._config("ses").merge(Config(read_timeout=0.3, connect_timeout=0.3))


def refusal(code: str, message: str = "", status: int = 400) -> bytes:
    told = f"<Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>"
    return answer(status, f"<ErrorResponse>{told}</ErrorResponse>")


def send_to(address: str, signed: bool = True) -> str:
    mailer = SesMailer(client_of("ses", address, HASTY, signed), "heed")
    return mailer.send(b"Subject: x\r\n\r\nwords", "from@example.com", "to@example.com", {"a": "b"})


def test_a_mail_that_is_taken_has_an_id() -> None:
    with wire([TAKEN]) as service:
        assert send_to(service.address) == "id-1"
    assert b"Action=SendRawEmail" in service.taken[0]


@pytest.mark.parametrize(
    ("refused", "seconds"),
    [
        (refusal("Throttling", "Maximum sending rate exceeded."), 60),
        (refusal("Throttling", "Daily message quota exceeded."), 3600),
        (refusal("TooManyRequestsException"), 60),
        (refusal("InternalFailure", status=500), 60),
        (refusal("ServiceUnavailable", status=503), 60),
        (refusal("AccountSendingPausedException"), 3600),
        (refusal("ConfigurationSetSendingPausedException"), 3600),
        (refusal("ConfigurationSetDoesNotExist"), 3600),
        (refusal("MailFromDomainNotVerifiedException"), 3600),
        (refusal("MessageRejected", "Email address is not verified."), 3600),
        (refusal("MessageRejected", "Sending suspended for this account."), 3600),
        (refusal("AccessDenied", status=403), 3600),
        (refusal("ExpiredToken", status=403), 3600),
        (refusal("InvalidClientTokenId", status=403), 3600),
        (refusal("SignatureDoesNotMatch", status=403), 3600),
        (refusal("OfALaterDay"), 3600),
    ],
)
def test_what_is_refused_for_now_is_to_be_tried_again(refused: bytes, seconds: int) -> None:
    with wire([refused]) as service, pytest.raises(MailNotTaken) as error:
        send_to(service.address)
    assert error.value.retry_after == seconds


@pytest.mark.parametrize(
    "refused",
    [
        refusal("MessageRejected", "Email contains a virus."),
        refusal("InvalidParameterValue", "Missing final '@domain'"),
    ],
)
def test_what_is_wrong_with_the_mail_itself_is_refused_for_ever(refused: bytes) -> None:
    with wire([refused]) as service, pytest.raises(MailRefused):
        send_to(service.address)


def test_a_slow_answer_is_waited_for() -> None:
    with wire([Slow(0.1, TAKEN)]) as service:
        assert send_to(service.address) == "id-1"


@pytest.mark.parametrize(
    "deed",
    [
        SILENT,
        Slow(0.6, TAKEN),
        RESET_AFTER,
        answer(502),
        answer(504, "<html><b>Gateway Timeout</b></html>", "text/html"),
        answer(400, "no XML at all"),
        answer(200, "no XML at all"),
        answer(200, "<SendRawEmailResponse><Other/></SendRawEmailResponse>"),
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<SendRaw",
        b"no HTTP\r\n\r\n",
    ],
)
def test_a_mail_that_left_and_was_not_answered_is_unknown(deed: ANSWER) -> None:
    with wire([deed, TAKEN]) as service, pytest.raises(OutcomeUnknown):
        send_to(service.address)
    assert len(service.taken) == 1


def test_nobody_at_the_address_means_that_it_never_left() -> None:
    with pytest.raises(MailNotTaken):
        send_to(nobody_listens())


@pytest.mark.parametrize("deed", [RESET_AT_ONCE, answer(400, "plain HTTP")])
def test_a_handshake_that_fails_means_that_it_never_left(deed: ANSWER) -> None:
    with wire([deed], "https") as service, pytest.raises(MailNotTaken):
        send_to(service.address)


def test_missing_credentials_mean_that_it_never_left(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with wire([TAKEN]) as service, pytest.raises(MailNotTaken):
        send_to(service.address, signed=False)
    assert service.connections == 0


@pytest.mark.parametrize("deed", [SILENT, RESET_AFTER, refusal("Throttling"), answer(500)])
def test_the_sdk_repeats_no_mail_by_itself(deed: ANSWER) -> None:
    with wire([deed] * 5) as service:
        with suppress(HeedError):
            send_to(service.address)
        assert service.connections == 1
