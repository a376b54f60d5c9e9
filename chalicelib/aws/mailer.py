"""SES by the v1 raw call, which carries our MIME untouched (docs/decisions/0004)."""

from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.errors import MailRefused, MailThrottled, OutcomeUnknown

A_MINUTE_S = 60
AN_HOUR_S = 60 * 60

ABOUT_THIS_MESSAGE = {"MessageRejected", "InvalidParameterValue"}
PASSING = {"InternalFailure", "ServiceUnavailable", "Throttling", "ThrottlingException"}


class SesMailer:
    def __init__(self, client: Any, configuration_set: str) -> None:
        self._client = client
        self._configuration_set = configuration_set

    def send(self, raw: bytes, sender: str, recipient: str, tags: dict[str, str]) -> str:
        """Gives SES's message id. Raises MailThrottled, MailRefused or OutcomeUnknown."""
        try:
            answer = self._client.send_raw_email(
                RawMessage={"Data": raw},
                Source=sender,
                Destinations=[recipient],
                ConfigurationSetName=self._configuration_set,
                Tags=[{"Name": name, "Value": value} for name, value in tags.items()],
            )
        except ClientError as error:
            raise _mail_error(error) from error
        except BotoCoreError as error:
            raise OutcomeUnknown from error
        return str(answer["MessageId"])


def _mail_error(error: ClientError) -> Exception:
    code = error.response["Error"]["Code"]
    message = error.response["Error"].get("Message", "").lower()
    # The daily quota has the code of the rate limit. A sender that is not verified has the
    # code of a bad message. A later try may pass in both cases.
    if code in PASSING and "quota" not in message:
        return MailThrottled(A_MINUTE_S)
    if code in ABOUT_THIS_MESSAGE and "not verified" not in message:
        return MailRefused(code)
    return MailThrottled(AN_HOUR_S)
