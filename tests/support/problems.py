"""The problems that the API answers with."""

from typing import Any


def problem(answer: Any) -> tuple[int, str]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    return answer.status_code, answer.json_body["type"].removeprefix("urn:heed:problem:")
