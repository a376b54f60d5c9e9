"""Signing in and out."""

from typing import Any

from chalicelib.dashboard.cookies import BROWSER, SESSION
from chalicelib.dashboard.page import page
from chalicelib.dashboard.shown import Moved, Shown
from chalicelib.dashboard.visit import Visit, within
from chalicelib.members import wiring as members_wiring
from chalicelib.web.query import Query


class SignInQuery(Query):
    back: str = ""


@page(query=SignInQuery)
def show_sign_in(visit: Visit[SignInQuery]) -> Shown:
    back = visit.form.text("back") or visit.query.back
    return Shown("sign_in", {"back": within(back)})


@page()
def sign_out(visit: Visit[Any]) -> Moved:
    """Of a session that has ended already there is nothing to end."""
    if visit.session.id:
        members_wiring.sessions().end(visit.session)
    return Moved("sign-in", cookies=[visit.jar.drop(SESSION), visit.jar.drop(BROWSER)])
