"""A request that failed, told to the log and counted. Pages and the API answer every failure, so
nothing of it reaches Lambda, and its count of errors stays 0."""

from chalicelib.logs import log_failure
from chalicelib.metrics import put_count


def report_failure(view: str, error: BaseException, key: str = "") -> None:
    """`key` is the id of the API key that asked."""
    log_failure(view, error, key)
    put_count("UnexpectedFailure", 1, "view", view)
