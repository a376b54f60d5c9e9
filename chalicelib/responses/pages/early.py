"""Imported when the function of the pages and the API starts. What a tap needs is made here, so
that the first tap takes not much longer than the next."""

from chalicelib import wiring
from chalicelib.responses.pages import open_routes, routes, unsubscribe_routes

__all__ = ["open_routes", "routes", "unsubscribe_routes"]

wiring.rehearse()
