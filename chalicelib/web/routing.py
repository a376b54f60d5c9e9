"""Registers the routes of app.py with Chalice. Early rooms are imported when the function starts,
the others at their first request."""

import os
from collections.abc import Callable, Collection, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from chalice.app import Chalice
from chalice.app import Response as HttpResponse

View = Callable[..., HttpResponse]


def register(app: Chalice, routes: Mapping[str, str], early: Collection[str]) -> None:
    """`routes`: "GET|HEAD /path/{name}" to "room.module.view". `early`: rooms."""
    for route, view in routes.items():
        methods, path = split(route)
        # Each view reads the body by itself: help desks and mail programs send any media type.
        app.route(path, methods=methods, content_types=["*/*"])(_lazy(app, view))
        if view.startswith(tuple(early)) and _serves_http():
            view_of(view)


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


def _serves_http() -> bool:
    # Lambda puts the handler's name into _HANDLER. The other functions of app.py show no page.
    return os.environ.get("_HANDLER", "app.app") == "app.app"
