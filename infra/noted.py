"""The line in the history of what an operator's command changes."""

import re
from contextlib import AbstractContextManager
from functools import cache
from typing import Final

from chalicelib import moments
from chalicelib.audit import Change
from chalicelib.ids import derived_id
from chalicelib.noting import noting

OPERATOR: Final = "operator"
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
CALLER: Final = (
    r"arn:[\w-]+:(?:iam|sts)::\d*:(?:(user)/(?:.+/)?([^/@]+)|assumed-(role)/([^/@]+)/.*)"
)
ANSWERS_S: Final = 3


def noted(
    act: str, what: str, survey: str | None = None, line_id: str = ""
) -> AbstractContextManager[None]:
    """`act` is the command, `what` an address below /v1 or the command."""
    return noting(Change(moments.now(), act, what, operator(), survey), line_id)


def noted_once_a_day(
    act: str, what: str, survey: str | None = None
) -> AbstractContextManager[None]:
    """Of long work, which is run again when it stopped."""
    line_id = derived_id("line", act, what, moments.now().date().isoformat())
    return noted(act, what, survey, line_id)


@cache
def operator() -> str:
    """With the user or the role that AWS knows the caller by. The name of a role's session may be
    somebody's address, and is left out."""
    import boto3
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError, ClientError

    soon = Config(
        connect_timeout=ANSWERS_S, read_timeout=ANSWERS_S, retries={"total_max_attempts": 1}
    )
    try:
        return operator_of(boto3.client("sts", config=soon).get_caller_identity()["Arn"])
    except (BotoCoreError, ClientError):
        return OPERATOR


def operator_of(arn: str) -> str:
    found = re.fullmatch(CALLER, arn)
    return ":".join([OPERATOR, "/".join(filter(None, found.groups()))]) if found else OPERATOR
