"""SES by the v1 raw call, which carries our MIME untouched (docs/decisions/0004). What became
of a mail is told apart by what was sent and what was answered (docs/decisions/0022)."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError
from botocore.parsers import ResponseParserError

from chalicelib.errors import HeedError, MailNotTaken, MailRefused, OutcomeUnknown

A_MINUTE_S = 60
AN_HOUR_S = 60 * 60

ABOUT_THIS_MESSAGE = {"MessageRejected", "InvalidParameterValue"}
# SES rejects messages by these words, too, when the fault is the account's.
ABOUT_THE_ACCOUNT = ("not verified", "paused", "suspended", "shut down")
PASSING = {
    "InternalFailure",
    "InternalServiceError",
    "ServiceUnavailable",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
}
# These say that bytes were sent; the others, that nothing was.
CUT_OFF = (ConnectionClosedError, ReadTimeoutError, ResponseParserError)


class SesMailer:
    def __init__(self, client: Any, configuration_set: str) -> None:
        self._client = client
        self._configuration_set = configuration_set

    def send(self, raw: bytes, sender: str, recipient: str, tags: dict[str, str]) -> str:
        """Gives SES's message id. Raises MailNotTaken, MailRefused or OutcomeUnknown."""
        with _watched(self._client) as call:
            try:
                answer = self._client.send_raw_email(
                    RawMessage={"Data": raw},
                    Source=sender,
                    Destinations=[recipient],
                    ConfigurationSetName=self._configuration_set,
                    Tags=[{"Name": name, "Value": value} for name, value in tags.items()],
                )
            except ClientError as error:
                raise _answered(error) from error
            except Exception as error:
                if call.may_have_left(error):
                    raise OutcomeUnknown from error
                raise MailNotTaken(A_MINUTE_S) from error
        if not answer.get("MessageId"):
            raise OutcomeUnknown
        return str(answer["MessageId"])


class _Call:
    """Whether a call got as far as a connection, and its body into it. The exceptions of botocore
    do not tell: a handshake that is cut off and an answer that is cut off look the same."""

    def __init__(self) -> None:
        self.body: _Body | None = None

    def __call__(self, request: Any, **_: Any) -> None:
        self.body = request.body = _Body(_bytes_of(request.body))

    def may_have_left(self, error: Exception) -> bool:
        return self.body.was_read if self.body else isinstance(error, CUT_OFF)


class _Body(io.BytesIO):
    was_read = False

    def read(self, size: int | None = -1, /) -> bytes:
        self.was_read = True
        return super().read(size)


@contextmanager
def _watched(client: Any) -> Iterator[_Call]:
    call, event = _Call(), "before-send.ses.SendRawEmail"
    client.meta.events.register(event, call)
    try:
        yield call
    finally:
        client.meta.events.unregister(event, call)


def _bytes_of(body: Any) -> bytes:
    return body.encode() if isinstance(body, str) else bytes(body or b"")


def _answered(error: ClientError) -> HeedError:
    """An error in SES's own words is an answer: the mail was not taken. A bare 502 is none, for
    what stands between may have handed the mail on."""
    told = error.response.get("Error", {})
    code, message = str(told.get("Code", "")), str(told.get("Message", "")).lower()
    if not code or code.isdecimal():
        return OutcomeUnknown()
    # The daily quota has the code of the rate limit.
    if code in PASSING and "quota" not in message:
        return MailNotTaken(A_MINUTE_S)
    if code in ABOUT_THIS_MESSAGE and not any(words in message for words in ABOUT_THE_ACCOUNT):
        return MailRefused(code)
    return MailNotTaken(AN_HOUR_S)
