"""The table of routes of app.py on Chalice. What is named early is imported when the function
starts, any other room when its first request comes."""

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
        # Each view reads the body by itself: help desks and mail programs name any type.
        app.route(path, methods=methods, content_types=["*/*"])(_late(app, view))
        if view.startswith(tuple(early)) and _serves_http():
            view_of(view)


def split(route: str) -> tuple[list[str], str]:
    methods, _, path = route.partition(" ")
    return methods.split("|"), path


@cache
def view_of(name: str) -> Any:
    module, _, view = name.rpartition(".")
    return getattr(import_module(f"chalicelib.{module}"), view)


def _late(app: Chalice, name: str) -> View:
    def view(**arguments: str) -> HttpResponse:
        answer: HttpResponse = view_of(name)(app.current_request, **arguments)
        return answer

    return view


def _serves_http() -> bool:
    """Lambda names each function's handler here; the other functions of app.py show no page."""
    return os.environ.get("_HANDLER", "app.app") == "app.app"
