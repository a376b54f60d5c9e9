"""What every answer of Heed says to a browser, pages and API alike. What API Gateway answers by
itself says the same: GatewayResponses in infra/resources.yaml; a test compares."""

from collections.abc import Callable
from typing import Any, Final

from chalice.app import Chalice
from chalice.app import Response as HttpResponse

HEADERS: Final = {
    # Not for the names below it: the domain may be the operator's.
    "Strict-Transport-Security": "max-age=63072000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def secure_all(app: Chalice) -> None:
    app.register_middleware(_secure, "http")


def _secure(event: object, answer: Callable[[object], Any]) -> HttpResponse:
    response: HttpResponse = answer(event)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
