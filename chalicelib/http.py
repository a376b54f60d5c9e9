"""What a request tells: its raw body, since signatures are over bytes, and the address
of the API that it came to."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from chalice.app import Request

from chalicelib.errors import MissingSetting


def bytes_of(request: Request) -> bytes:
    raw = request.raw_body
    return raw.encode() if isinstance(raw, str) else raw or b""


def own_path(context: Mapping[str, Any], base_url: str | None) -> str:
    """What stands before /v1 in the address that was called, for a client that goes on from
    there. API Gateway names it with its domain; where it does not, the operator's holds."""
    if "domainName" in context:
        return str(context["path"]).rpartition("/v1/")[0]
    return urlsplit(base_url or "").path


def own_address(context: Mapping[str, Any], base_url: str | None) -> str:
    """The address that links begin with, without a trailing slash: what the operator set,
    or API Gateway's own name of this API. Any other name in a request was chosen by
    whoever sent it, so it is never handed on. Raises MissingSetting."""
    if base_url:
        return base_url
    api, domain = str(context.get("apiId", "")), str(context.get("domainName", ""))
    own = rf"{re.escape(api)}\.execute-api\.[a-z0-9-]+\.amazonaws\.(com|com\.cn|eu)"
    if not api or not re.fullmatch(own, domain):
        raise MissingSetting("HEED_BASE_URL")
    return f"https://{domain}/{context['stage']}"
