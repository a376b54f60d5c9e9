"""The document of the API, and the page on which a person reads and tries it. Both are
public."""

from typing import Any

from chalice.app import Response as HttpResponse

from chalicelib.web.answer import JSON, file, ok
from chalicelib.web.call import Call
from chalicelib.web.endpoint import endpoint
from chalicelib.web.schemas import Health
from chalicelib.web.static_files import document, file_response, page, part_of_page


@endpoint("Tell that the API is up", ok("It is.", Health))
def show_health(call: Call[Any, Any]) -> Health:
    return {"status": "ok"}


@endpoint("Show this document", file("OpenAPI 3.1.", JSON), cached=True)
def show_document(call: Call[Any, Any]) -> HttpResponse:
    return file_response(document(call.own_path()), call.header("if-none-match"))


@endpoint("Show the page to read and try the API", file("The page.", "text/html"), cached=True)
def show_reference(call: Call[Any, Any]) -> HttpResponse:
    return file_response(page(), call.header("if-none-match"))


@endpoint("Show a part of that page", file("Its script or style.", "text/*"), cached=True)
def show_reference_file(call: Call[Any, Any], file: str) -> HttpResponse:
    taken = call.header("accept-encoding") or ""
    return file_response(part_of_page(file), call.header("if-none-match"), taken)
