"""Signing in by a mailed link, and signing out."""

from typing import Any, Final

from chalicelib.api_keys.api_key import Scope
from chalicelib.dashboard.cookies import BROWSER, KNOWN, SESSION
from chalicelib.dashboard.page import page
from chalicelib.dashboard.shown import Moved, Shown
from chalicelib.dashboard.sign_in.wiring import ask_needs
from chalicelib.dashboard.visit import Visit, within
from chalicelib.errors import FieldError, Invalid, LinkRejected, TooOften
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.cleaned import address
from chalicelib.members import wiring as members_wiring
from chalicelib.members.ask_to_sign_in import Asked, ask_to_sign_in
from chalicelib.members.finish_sign_in import asked_here, finish_by_code, finish_by_link
from chalicelib.members.session import (
    KNOWN_FOR,
    LASTS,
    known_as,
    known_browser,
    read_session,
)
from chalicelib.members.sign_in import browser_id, code_of, read_link
from chalicelib.web.query import Query
from chalicelib.web.rate_limit import seconds_left

GONE: Final = Shown("sign_in/gone", status=404)


class SignInQuery(Query):
    back: str = ""


@page(query=SignInQuery)
def show_sign_in(visit: Visit[SignInQuery]) -> Shown | Moved:
    back = within(visit.form.text("back") or visit.query.back)
    if visit.member:
        return Moved(back)
    return Shown("sign_in/ask", {"back": back}, cookies=visit.kept_browser)


@page(again=show_sign_in)
def ask_for_link(visit: Visit[Any]) -> Moved:
    person = invitations_wiring.person_of(_address(visit))
    keys = invitations_wiring.token_keys()
    said = Asked(
        person=person,
        browser=browser_id(visit.browser),
        network=visit.address,
        lang=visit.lang,
        back=within(visit.form.text("back")),
        known=known_as(visit.cookie(KNOWN), person, keys, visit.now),
    )
    if not ask_to_sign_in(said, visit.now, ask_needs()):
        raise TooOften(seconds_left(visit.now))
    return Moved("code", cookies=visit.kept_browser)


@page()
def show_code_form(visit: Visit[Any]) -> Shown:
    return Shown("sign_in/sent", cookies=visit.kept_browser)


@page(again=show_code_form)
def take_code(visit: Visit[Any]) -> Moved:
    if not members_wiring.tries().take("code", visit.address, visit.now):
        raise TooOften(seconds_left(visit.now))
    needs, browser = members_wiring.finish_needs(), browser_id(visit.browser)
    try:
        session, back = finish_by_code(visit.form.text("code"), browser, visit.now, needs)
    except LinkRejected as error:
        raise Invalid([FieldError("#/code", "code_wrong", "The code is wrong.")]) from error
    return _signed_in(visit, session, back)


@page()
def show_link(visit: Visit[Any], token: str) -> Shown | Moved:
    """In the browser that asked, a button; anywhere else, the code. Nothing changes by it."""
    needs, sign_in = members_wiring.finish_needs(), _read(visit, token)
    if visit.member:
        return Moved()
    if sign_in is None:
        return GONE
    found = asked_here(sign_in, browser_id(visit.browser), visit.now, needs)
    if found is None:
        return Shown("sign_in/code", {"code": code_of(sign_in, needs.person_key)})
    return Shown("sign_in/link", {"token": token}) if found.is_good(visit.now) else GONE


@page(again=show_link)
def use_link(visit: Visit[Any], token: str) -> Shown | Moved:
    """Whoever sends no form of ours, such as a scanner, sees what `show_link` shows."""
    needs, browser = members_wiring.finish_needs(), browser_id(visit.browser)
    sign_in = _read(visit, token)
    found = asked_here(sign_in, browser, visit.now, needs) if sign_in else None
    if found is None:
        return GONE
    try:
        return _signed_in(visit, finish_by_link(found.id, browser, visit.now, needs), found.back)
    except LinkRejected:
        return GONE


@page(Scope.SURVEYS_READ, by_survey=True, not_noted="it changes nothing for others")
def sign_out(visit: Visit[Any]) -> Moved:
    members_wiring.sessions().end(visit.session)
    return Moved("sign-in", cookies=[visit.jar.drop(SESSION), visit.jar.drop(BROWSER)])


def _address(visit: Visit[Any]) -> str:
    """Raises Invalid."""
    try:
        return address(visit.form.text("email"))
    except ValueError as error:
        raise Invalid([FieldError("#/email", "not_an_address", "No e-mail address.")]) from error


def _read(visit: Visit[Any], token: str) -> str | None:
    try:
        return read_link(token, invitations_wiring.token_keys(), visit.now)
    except LinkRejected:
        return None


def _signed_in(visit: Visit[Any], session: str, back: str) -> Moved:
    """The one place that gives a browser its session: another way to sign in ends here too."""
    keys = invitations_wiring.token_keys()
    known = known_browser(read_session(session, keys, visit.now).person, visit.now, keys)
    cookies = [
        visit.jar.set(SESSION, session, int(LASTS.total_seconds())),
        visit.jar.set(KNOWN, known, int(KNOWN_FOR.total_seconds())),
        visit.jar.drop(BROWSER),
    ]
    return Moved(back, cookies=cookies)
