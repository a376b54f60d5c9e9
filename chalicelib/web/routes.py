"""The document of the API, and the page on which a person reads and tries it. No key is
needed to read: what it says is no secret."""

from chalice.app import Response as HttpResponse

from chalicelib.web.endpoint import api, header
from chalicelib.web.problems import answering_problems, json_response


@api.route("/v1/openapi.json", methods=["GET"])
@answering_problems
def show_document() -> HttpResponse:
    from chalicelib.settings import settings
    from chalicelib.web import request as http
    from chalicelib.web import static_files as files

    mount = http.own_path(api.current_request.context, settings().set_base_url)
    return files.file_response(files.document(mount), header("if-none-match"))


@api.route("/v1/docs", methods=["GET"])
@answering_problems
def show_reference() -> HttpResponse:
    from chalicelib.web import static_files as files

    return files.file_response(files.page(), header("if-none-match"))


@api.route("/v1/docs/{file}", methods=["GET"])
@answering_problems
def show_reference_file(file: str) -> HttpResponse:
    from chalicelib.web import static_files as files

    return files.file_response(files.part_of_page(file), header("if-none-match"))


@api.route("/v1/health", methods=["GET"])
@answering_problems
def health() -> HttpResponse:
    return json_response(200, {"status": "ok"})
