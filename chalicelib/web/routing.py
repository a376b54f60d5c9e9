"""Registers the routes of app.py with Chalice. Each room is imported at its first request."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from chalice.app import Chalice
from chalice.app import Response as HttpResponse

from chalicelib.web.fallback import answer_the_rest
from chalicelib.web.security import secure_all

View = Callable[..., HttpResponse]


def serve(app: Chalice, routes: Mapping[str, str]) -> None:
    """`routes`: "GET|HEAD /path/{name}" to "room.module.view"."""
    for route, view in routes.items():
        methods, path = split(route)
        # Each view reads the body by itself: help desks and mail programs send any media type.
        app.route(path, methods=methods, content_types=["*/*"])(_lazy(app, view))
    # A picture is sent as `Packed`. Chalice would refuse one to whoever sends no Accept.
    app.api.binary_types = [kind for kind in app.api.binary_types if kind[:6] != "image/"]
    answer_the_rest(app)
    secure_all(app)


def split(route: str) -> tuple[list[str], str]:
    methods, _, path = route.partition(" ")
    return methods.split("|"), path


@cache
def view_of(name: str) -> Any:
    module, _, view = name.rpartition(".")
    return getattr(import_module(f"chalicelib.{module}"), view)


def _lazy(app: Chalice, name: str) -> View:
    def view(**arguments: str) -> HttpResponse:
        answer: HttpResponse = view_of(name)(app.current_request, **arguments)
        return answer

    return view
