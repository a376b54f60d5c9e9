"""Log lines. Each is a JSON object of ids and facts. It never holds a path (which has a token in
it), an address, a comment or an exception's text (which may quote its input)."""

import traceback
from functools import cache

from aws_lambda_powertools import Logger


@cache
def logger() -> Logger:
    """The service comes from POWERTOOLS_SERVICE_NAME."""
    return Logger()


def log_request(view: str, status: int, key: str = "") -> None:
    """`key` is the public id of an API key."""
    logger().info("request", extra={"view": view, "status": status, **_named(key)})


def log_failure(where: str, error: BaseException, key: str = "") -> None:
    """Logs the type of the error and the lines it passed, without its message."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames[-6:]]
    logger().error(
        "failed",
        extra={"where": where, "error": type(error).__name__, "places": places, **_named(key)},
    )


def _named(key: str) -> dict[str, str]:
    return {"key": key} if key else {}
