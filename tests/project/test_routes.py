"""The table of routes in app.py: who knows the noun of a URL knows the folder."""

import pytest

from app import ROUTES, app
from chalicelib.web.endpoint import Endpoint
from chalicelib.web.fallback import THE_REST
from chalicelib.web.routing import split, view_of

# Nouns that live in a larger noun's room.
HOMES = {
    "brand": "brands",
    "replies": "conversations",
    "closing": "releases",
    "waves": "invitations",
    "qr": "surveys",
    "links": "invitations",
    "themes": "responses",
    "judged": "responses",
    "causes": "tasks",
    "loop": "scores",
    "goals": "scores",
    "insights": "scores",
    "benchmarks": "scores",
    "hooks": "helpdesks",
    "keys": "key_admin",
    "replays": "webhooks",
    "test": "webhooks",
    "account": "helpdesks",
    "actions": "notify",
    "health": "web",
    "openapi.json": "web",
    "docs": "web",
    "contacts": "accounts",
    "timeline": "outcomes",
    "export": "people",
    "erasures": "people",
    "resubscriptions": "people",
}
# Of what they sign, where they went, and what is done with the noun before them.
NO_NOUNS = ("secrets", "deliveries", "sending", "cancellation")
OF_THE_API = {route: view for route, view in ROUTES.items() if " /v1/" in route}


def noun_of(route: str) -> str:
    """The last word of a path that is no name in braces, and does not say that files come in."""
    words = split(route)[1].replace("/imports", "").split("/")
    return [word for word in words if word and word[0] != "{" and word not in NO_NOUNS][-1]


@pytest.mark.parametrize(("route", "view"), OF_THE_API.items(), ids=lambda part: part)
def test_a_route_s_noun_is_its_room(route: str, view: str) -> None:
    noun = noun_of(route)
    assert view.partition(".")[0] == HOMES.get(noun, noun)


@pytest.mark.parametrize("view", OF_THE_API.values())
def test_every_view_of_the_api_is_declared(view: str) -> None:
    assert isinstance(view_of(view), Endpoint)


def test_chalice_serves_the_table_and_nothing_else() -> None:
    served = {
        (method, path)
        for path, methods in app.routes.items()
        for method in methods
        if path != THE_REST
    }
    assert served == {
        (method, path)
        for route in ROUTES
        for method in split(route)[0]
        for path in [split(route)[1]]
    }


def test_every_view_that_is_declared_is_served() -> None:
    """A view that app.py forgot would be dead."""
    named = set(ROUTES.values())
    for view in OF_THE_API.values():
        module = view.rpartition(".")[0]
        views = vars(__import__(f"chalicelib.{module}", fromlist=["_"]))
        declared = {name for name, found in views.items() if isinstance(found, Endpoint)}
        assert {f"{module}.{name}" for name in declared} <= named
