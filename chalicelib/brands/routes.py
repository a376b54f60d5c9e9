"""The brand, and the logo as pages show it."""

import base64
import re
from typing import Any, Final

from chalice.app import Request
from chalice.app import Response as HttpResponse

from chalicelib import wiring as root_wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.brands import wiring
from chalicelib.brands.brand import Brand
from chalicelib.brands.schemas import (
    EXAMPLE,
    BrandBody,
    BrandDocument,
    bytes_of,
    read_logo,
)
from chalicelib.deadline import FUNCTION_S, in_time
from chalicelib.errors import NotFound
from chalicelib.failures import report_failure
from chalicelib.retry import reading, retrying
from chalicelib.web.answer import ok
from chalicelib.web.call import Call, json_body
from chalicelib.web.endpoint import endpoint
from chalicelib.web.packing import Packed
from chalicelib.web.problems import problem_for
from chalicelib.web.static_files import A_YEAR

# Opened by itself it is a picture and nothing else, whatever stands in it.
POLICY: Final = "default-src 'none'; sandbox"
_FILE: Final = r"([0-9a-f]{32})\.(png|gif|jpg)"
_TYPES: Final = {"png": "image/png", "gif": "image/gif", "jpg": "image/jpeg"}


@endpoint("Show the brand", ok("As it is.", BrandDocument), scope=Scope.SURVEYS_READ)
def show_brand(call: Call[Any, Any]) -> BrandDocument:
    return _document(wiring.brands().find())


@endpoint(
    "Change the brand",
    ok("As it is now.", BrandDocument),
    description="How the pages and mails of this stack look. What is left out is none. A logo is a"
    " PNG, GIF or JPEG of at most 20 kB and 1024 pixels in each direction that does not move; it"
    " goes with a name. The accent needs a contrast of 3:1 with the page. Pages and mails follow"
    " within a minute.",
    scope=Scope.SURVEYS_WRITE,
    body=json_body(BrandBody, EXAMPLE),
)
def put_brand(call: Call[Any, BrandBody]) -> BrandDocument:
    body = call.body
    data = bytes_of(body.logo) if body.logo else None
    brand = Brand(body.name, body.accent, read_logo(data) if data else None)
    store, key = wiring.brands(), call.key.id
    retrying(lambda _: store.put(brand, data, key, call.now), root_wiring.pause)
    return _document(brand)


def show_logo(request: Request, file: str) -> HttpResponse:
    """The same for everybody: no token, no cookie, and no line in a log unless it fails."""
    found = re.fullmatch(_FILE, file, re.ASCII)
    if found is None:
        return problem_for(NotFound("file"))
    try:
        with in_time(request.lambda_context, FUNCTION_S):
            data = reading(lambda: wiring.logo_bytes(found[1]), root_wiring.pause)
    except KeyError:
        return problem_for(NotFound("file"))
    except Exception as error:
        report_failure("show_logo", error)
        return problem_for(error)
    headers: dict[str, str | list[str]] = {
        "Content-Type": _TYPES[found[2]],
        "Cache-Control": A_YEAR,
        "Content-Security-Policy": POLICY,
        "X-Robots-Tag": "noindex",
    }
    return Packed(b"" if request.method == "HEAD" else data, headers, 200)


def _document(brand: Brand) -> BrandDocument:
    logo = base64.b64encode(wiring.logo_bytes(brand.logo.digest)).decode() if brand.logo else None
    return {"name": brand.name, "accent": brand.accent, "logo": logo}
