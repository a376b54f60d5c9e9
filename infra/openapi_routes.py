"""The routes of /v1 as app.py names them and as their views declare them."""

import re
from dataclasses import dataclass
from typing import Any

from app import ROUTES
from chalicelib.web.endpoint import Endpoint
from chalicelib.web.routing import split, view_of


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    view: str
    endpoint: Endpoint[Any, Any]

    @property
    def id(self) -> str:
        """The view's name: clients that are made from the document name their functions so."""
        return f"{self.view}_head" if self.method == "HEAD" else self.view

    @property
    def tag(self) -> str:
        noun = self.path.split("/")[-1 if "/surveys/{survey}/" in self.path else 2]
        singles = {
            "{response}": "responses",
            "{goal}": "goals",
            "{month}": "reports",
            "sending": "reports",
            "qr": "surveys",
            "docs": "reference",
            "openapi.json": "reference",
        }
        return singles.get(noun, noun)

    @property
    def names(self) -> list[str]:
        """The names in braces in the path."""
        return re.findall(r"{(\w+)}", self.path)

    @property
    def is_list(self) -> bool:
        query = self.endpoint.query
        return query is not None and "cursor" in query.model_fields


def routes() -> list[Route]:
    return [
        Route(method, path, view.rpartition(".")[2], view_of(view))
        for route, view in ROUTES.items()
        for methods, path in [split(route)]
        for method in methods
        if path.startswith("/v1/")
    ]
