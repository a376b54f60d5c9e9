"""A visitor of a page: the request, its one reading of the clock, and what a view reads of them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from urllib.parse import urlsplit

from chalice.app import Request
from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.brands.brand import PLAIN, Branding, branding_at
from chalicelib.deadline import FUNCTION_S, in_time
from chalicelib.errors import LinkExpired, LinkRejected, NotFound
from chalicelib.failures import report_failure
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.token import Link, Purpose, read_token
from chalicelib.languages import accepted, first_of
from chalicelib.logs import log_failure, log_request
from chalicelib.responses.judge.client import client_of
from chalicelib.responses.judge.facts import Client
from chalicelib.responses.judge.nonce import Nonce, read_nonce, write_nonce
from chalicelib.responses.pages import show, wiring
from chalicelib.responses.pages.form import written_in
from chalicelib.settings import settings
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from chalicelib.web.cross_site import is_from_another_site
from chalicelib.web.packing import packed
from chalicelib.web.request import bytes_of, mount_of, query_of


class Visitor:
    """`leaves_line` False: the visit is to a sealed survey, and no log tells that there was one."""

    def __init__(self, request: Request, now: datetime) -> None:
        self.request, self.now = request, now
        self.leaves_line, self.has_failed = True, False

    @property
    def raw(self) -> bytes:
        return bytes_of(self.request)

    @property
    def written(self) -> dict[str, str]:
        """What came by a form, or nothing."""
        return written_in(self.raw) if self.request.method == "POST" else {}

    @property
    def address(self) -> str:
        return self.request.context.get("identity", {}).get("sourceIp") or ""

    @cached_property
    def client(self) -> Client:
        key = invitations_wiring.person_key().encode()
        return client_of(self.address, self.request.headers, key)

    @property
    def query(self) -> dict[str, list[str]]:
        return query_of(self.request)

    def language(self, of_link: str | None = None, survey: Survey | None = None) -> str:
        """That of the link, else of the browser, else of the survey (docs/decisions/0009)."""
        browser = accepted(self.request.headers.get("accept-language"))
        return first_of(of_link, browser, survey.lang if survey else None)

    def open(self, token: str, purpose: Purpose = Purpose.ANSWER) -> tuple[Link, Survey]:
        """The survey is in the visitor's language. Raises LinkRejected or NotFound."""
        link = read_token(token, purpose, invitations_wiring.token_keys(), self.now)
        survey = surveys_wiring.catalogue().get(link.survey)
        if survey.is_sealed and purpose is Purpose.ANSWER:
            raise LinkRejected  # whoever was asked under another promise answers nothing here
        if survey.closed and purpose is Purpose.ANSWER:
            raise LinkExpired(survey.id, link.language)
        return link, survey.read_in(self.language(link.language, survey))

    def branding(self) -> Branding:
        """Heed's own look when the brand cannot be read: a page is shown all the same."""
        catalogue = surveys_wiring.catalogue()
        try:
            brand = catalogue.known_brand() if self.has_failed else catalogue.brand()
        except Exception as error:
            log_failure("branding", error)
            return PLAIN
        mount = mount_of(self.request.context, settings().set_base_url)
        return branding_at(mount, brand)

    @property
    def is_from_another_site(self) -> bool:
        headers = self.request.headers
        own = urlsplit(settings().set_base_url or "").netloc
        return is_from_another_site(headers, {headers.get("host", "").lower(), own.lower()} - {""})

    def read_nonce(self, text: str, of: str) -> Nonce:
        """`of` is the invitation, or the open link, whose page is answered."""
        keys = invitations_wiring.token_keys()
        return read_nonce(text, of, self.client.agent, keys, self.now)

    def write_nonce(self, nonce: Nonce, of: str) -> str:
        return write_nonce(nonce, of, self.client.agent, invitations_wiring.token_keys())


View = Callable[..., HttpResponse]


def page(view: View) -> View:
    """Every rejected link gets the same page. Our own errors get another one, so that they never
    look like a wrong link. The clock is read here, once for each request."""

    def shown(request: Request, **arguments: str) -> HttpResponse:
        visitor, name = Visitor(request, moments.now()), view.__name__
        with show.branded(visitor.branding):
            response = _shown(view, visitor, arguments)
        if visitor.leaves_line:
            log_request(name, response.status_code)
        # What a POST gives back holds what somebody typed, beside the secret of the next form.
        if request.method != "GET":
            return response
        return packed(response, request.headers.get("accept-encoding"))

    return shown


def _shown(view: View, visitor: Visitor, arguments: Mapping[str, str]) -> HttpResponse:
    try:
        with in_time(visitor.request.lambda_context, FUNCTION_S):
            return _view(view, visitor, arguments)
    except (LinkRejected, NotFound):
        return show.page("gone", 404, visitor.language())
    except Exception as error:
        report_failure(view.__name__, error)
        visitor.has_failed = True
        return show.trouble(visitor.language(), visitor.written)


def _view(view: View, visitor: Visitor, arguments: Mapping[str, str]) -> HttpResponse:
    try:
        return view(visitor, **arguments)
    except LinkExpired as expired:
        return _closed(expired, visitor)


def _closed(expired: LinkExpired, visitor: Visitor) -> HttpResponse:
    survey = surveys_wiring.catalogue().get(expired.survey)
    language = visitor.language(expired.language, survey)
    return show.closed(survey.read_in(language), wiring.reply_to())
