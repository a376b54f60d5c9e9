"""Reads a request: its raw body, since signatures are made over bytes, and the address of the
API that it came to."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from chalice.app import Request

from chalicelib.errors import (
    BadRequest,
    MissingSetting,
    TooLarge,
    UnsupportedMediaType,
)
from chalicelib.strict_json import read_strict_json


def query_of(request: Request) -> dict[str, list[str]]:
    """Every value of each parameter."""
    given: Any = request.query_params
    return {name: given.getlist(name) for name in given} if given else {}


def bytes_of(request: Request) -> bytes:
    raw = request.raw_body
    return raw.encode() if isinstance(raw, str) else raw or b""


def own_path(context: Mapping[str, Any], base_url: str | None) -> str:
    """The path before /v1 in the address that was called. API Gateway tells it together with
    the domain. Without a domain it is the path of `base_url`."""
    if "domainName" in context:
        return str(context["path"]).rpartition("/v1/")[0]
    return urlsplit(base_url or "").path


def mount_of(context: Mapping[str, Any], base_url: str | None) -> str:
    """The path before that of the route in the address that was called, as `own_path`."""
    if "domainName" not in context:
        return urlsplit(base_url or "").path
    return split_path(context)[0]


def split_path(context: Mapping[str, Any]) -> tuple[str, str]:
    """The path that was called: what is before the route, and the route's own. On a stack of this
    machine the first is not that of the address in the browser."""
    parts = str(context["path"]).rstrip("/").split("/")
    first = len(parts) - str(context["resourcePath"]).count("/")
    return "/".join(parts[:first]), "/".join(["", *parts[first:]])


def own_address(context: Mapping[str, Any], base_url: str | None) -> str:
    """The address that links begin with, without a trailing slash: `base_url`, or API Gateway's
    own name of this API. Raises MissingSetting."""
    if base_url:
        return base_url
    api, domain = str(context.get("apiId", "")), str(context.get("domainName", ""))
    # The sender of a request can choose any other domain, so only this one is used.
    own = rf"{re.escape(api)}\.execute-api\.[a-z0-9-]+\.amazonaws\.(com|com\.cn|eu)"
    if not api or not re.fullmatch(own, domain):
        raise MissingSetting("HEED_BASE_URL")
    return f"https://{domain}/{context['stage']}"


LARGEST_BODY = 256 * 1024


def read_json(raw: bytes, content_type: str) -> dict[str, Any]:
    """Raises TooLarge, UnsupportedMediaType or BadRequest."""
    if len(raw) > LARGEST_BODY:
        raise TooLarge(LARGEST_BODY)
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise UnsupportedMediaType("application/json")
    try:
        body = read_strict_json(raw, parse_float=_number)
    except (ValueError, RecursionError) as error:
        raise BadRequest("not_json", "The body is not JSON.") from error
    if not isinstance(body, dict):
        raise BadRequest("not_an_object", "The body is not a JSON object.")
    return body


def _number(text: str) -> int | float:
    """JSON knows one kind of number: 5.0 is 5."""
    value = float(text)
    return int(value) if value.is_integer() else value
