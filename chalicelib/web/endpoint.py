"""What every view of the API begins with: who asks, what for, and with which words."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.api_keys.api_key import ApiKey, Scope, require
from chalicelib.web.request import bytes_of

api = Blueprint(__name__)


def sign_in(scope: Scope) -> ApiKey:
    """Raises Unauthenticated or Forbidden."""
    from chalicelib.api_keys import wiring as api_keys_wiring

    return require(
        api.current_request.headers.get("authorization"), scope, api_keys_wiring.api_keys().find
    )


def query() -> dict[str, list[str]]:
    """Raises BadRequest for what no view does: rankings, scores of employees."""
    from chalicelib.misuse import refuse_misuse

    given: Any = api.current_request.query_params
    asked = {name: given.getlist(name) for name in given} if given else {}
    refuse_misuse(asked)
    return asked


def json_body() -> dict[str, Any]:
    from chalicelib.web.request import read_json

    request = api.current_request
    return read_json(bytes_of(request), request.headers.get("content-type", ""))


def raw_body() -> tuple[bytes, str]:
    """With its content type, for a view that takes more than JSON."""
    request = api.current_request
    return bytes_of(request), str(request.headers.get("content-type", ""))


def header(name: str) -> str | None:
    value = api.current_request.headers.get(name)
    return str(value) if value is not None else None


def own_address() -> str:
    from chalicelib.settings import settings
    from chalicelib.web import request as http

    return http.own_address(api.current_request.context, settings().set_base_url)
