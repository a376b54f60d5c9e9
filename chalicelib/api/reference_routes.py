"""The document of the API, and the page on which a person reads and tries it. No key is
needed to read: what it says is no secret."""

from chalice.app import Response as HttpResponse

from chalicelib.api.door import api, header
from chalicelib.api.problems import answering_problems


@api.route("/v1/openapi.json", methods=["GET"])
@answering_problems
def show_document() -> HttpResponse:
    from chalicelib import http
    from chalicelib.api import files
    from chalicelib.settings import settings

    mount = http.own_path(api.current_request.context, settings().set_base_url)
    return files.file_response(files.document(mount), header("if-none-match"))


@api.route("/v1/docs", methods=["GET"])
@answering_problems
def show_reference() -> HttpResponse:
    from chalicelib.api import files

    return files.file_response(files.page(), header("if-none-match"))


@api.route("/v1/docs/{file}", methods=["GET"])
@answering_problems
def show_reference_file(file: str) -> HttpResponse:
    from chalicelib.api import files

    return files.file_response(files.part_of_page(file), header("if-none-match"))
