"""People of the directory, as the API is told of them."""

from typing import Any

from tests.functional.conftest import Heed

PEOPLE = "/v1/people"
INGRID = "Ingrid.Solheim@example.com"


def known(heed: Heed, email: str = INGRID, **facts: str) -> str:
    """The person's id."""
    answer = heed.call("POST", PEOPLE, {"email": email, **facts})
    assert answer.status_code in (200, 201), answer.body
    return str(answer.json_body["id"])


def take(heed: Heed, file: str, query: str = "", **headers: str) -> Any:
    headers = {"Content_Type": "text/csv", **headers}
    return heed.call("POST", f"{PEOPLE}/imports{query}", file.encode(), **headers)
