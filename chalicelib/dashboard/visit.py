"""One request of a page, as a view gets it."""

import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode, urlsplit

from chalice.app import Request

from chalicelib import ids
from chalicelib.api_keys.api_key import Scope
from chalicelib.dashboard.cookies import BROWSER, Jar
from chalicelib.dashboard.errors_shown import CHANGED
from chalicelib.dashboard.form import EMPTY, SEEN, Form
from chalicelib.dashboard.sheet import AS, CSV
from chalicelib.dashboard.style import style_name
from chalicelib.errors import FieldError, NotFound
from chalicelib.languages import accepted, of_member
from chalicelib.members.member import Member
from chalicelib.members.session import CSRF, Session
from chalicelib.settings import settings
from chalicelib.web.call import NOBODY
from chalicelib.web.cross_site import is_from_another_site
from chalicelib.web.query import Query
from chalicelib.web.request import bytes_of, mount_of, query_of, split_path

Q = TypeVar("Q", bound=Query)
HOME = "/app"
KEPT_S = 60 * 60
LOOPBACK = ("127.0.0.1", "localhost")
# Where a sign-in may lead back to: below our own pages, in characters that need no care.
WITHIN = r"[A-Za-z0-9_-][A-Za-z0-9/_.~-]{0,300}(\?[A-Za-z0-9=&%+._~:-]{0,500})?"


class Visit(Generic[Q]):
    """`now` is the one reading of the clock. `member` is who signed in, and `key` what they may:
    hand it to use cases as the API hands the key of a call. `form` is what was sent, `errors` what
    is wrong with it, by the names of its fields ("" for the form as a whole)."""

    def __init__(self, request: Request, now: datetime, person_key: str, signer: bytes) -> None:
        self.request, self.now = request, now
        self.member: Member | None = None
        self.key = NOBODY
        self.session = Session()
        self.query: Q
        self.form: Form = EMPTY
        self.errors: dict[str, FieldError] = {}
        self.said = ""
        self.jar = Jar(f"{self.mount}{HOME}", self._is_secure, person_key)
        self._signer = signer

    @property
    def _is_secure(self) -> bool:
        """Only the stack of this machine is reached without TLS."""
        base = urlsplit(settings().set_base_url or "")
        return base.scheme != "http" or base.hostname not in LOOPBACK

    @property
    def method(self) -> str:
        return str(self.request.method)

    @property
    def address(self) -> str:
        return self.request.context.get("identity", {}).get("sourceIp") or ""

    @property
    def content_type(self) -> str:
        return str(self.request.headers.get("content-type") or "")

    @property
    def raw(self) -> bytes:
        return bytes_of(self.request)

    @property
    def asked(self) -> dict[str, list[str]]:
        """The query without its empty fields, which a form of filters sends too."""
        given = query_of(self.request)
        return {name: kept for name, values in given.items() if (kept := [*filter(None, values)])}

    @cached_property
    def mount(self) -> str:
        """The path before /app in the address that was called."""
        return mount_of(self.request.context, settings().set_base_url)

    @cached_property
    def lang(self) -> str:
        chosen = self.member.lang if self.member else None
        return of_member(chosen, accepted(self.request.headers.get("accept-language")))

    @cached_property
    def browser(self) -> str:
        """What tells this browser from others before there is a session. A page that shows a form
        then sets it: `Shown(..., cookies=visit.kept_browser)`."""
        known = self.cookie(BROWSER)
        return known if re.fullmatch(r"[a-z2-7]{26}", known, re.ASCII) else ids.new_id()

    @property
    def kept_browser(self) -> list[str]:
        return [self.jar.set(BROWSER, self.browser, KEPT_S)]

    @property
    def csrf(self) -> str:
        """Of this session, or of this browser before there is one."""
        of = self.session.id or self.browser
        return ids.encode(hmac.digest(self._signer, f"{CSRF}\x00{of}".encode(), "sha256")[:16])

    @property
    def is_forged(self) -> bool:
        return not hmac.compare_digest(self.form.text("csrf").encode(), self.csrf.encode())

    @property
    def is_from_another_site(self) -> bool:
        headers = self.request.headers
        own = urlsplit(settings().set_base_url or "").netloc.lower()
        return is_from_another_site(headers, {headers.get("host", "").lower(), own} - {""})

    def cookie(self, of: str) -> str:
        return self.jar.read(self.request.headers, of)

    def seen(self, edition: str) -> str:
        """What a form sends back of what it shows, so that nothing is overwritten unseen. Who was
        told of a change may then overwrite it."""
        is_told = any(error.code == CHANGED.code for error in self.errors.values())
        return edition if is_told else self.form.text(SEEN) or edition

    def may(self, scope: Scope) -> bool:
        return scope in self.key.scopes

    def reached(self, survey: str, what: str = "survey") -> None:
        """Raises NotFound, as `Call.reached`."""
        if not self.key.reaches(survey):
            raise NotFound(what)

    def at(self, page: str = "", **query: object) -> str:
        """The address of a page: `at("surveys/it")`. Empty values of the query are left out."""
        asked = urlencode({name: value for name, value in query.items() if value not in (None, "")})
        path = f"{self.mount}{HOME}/{page}" if page else f"{self.mount}{HOME}"
        return f"{path}?{asked}" if asked else path

    @property
    def wants_sheet(self) -> bool:
        return self.method != "POST" and self.asked.get(AS) == [CSV]

    def sheet(self, page: str = "") -> str:
        """The address of the table of a page as CSV, with what the page was asked for."""
        asked = self.query.model_dump(mode="json", by_alias=True, exclude_unset=True)
        return self.at(page, **{**asked, AS: CSV})

    @property
    def here(self) -> str:
        """This page, as a sign-in leads back to it."""
        _, path = split_path(self.request.context)
        page = path.removeprefix(HOME).lstrip("/")
        asked = urlencode(self.asked, doseq=True)
        return within(f"{page}?{asked}" if asked else page)

    @property
    def facts(self) -> Mapping[str, Any]:
        """What every template may use. A page fills `labels` with those of its fields."""
        return {
            "visit": self,
            "style": self.at(f"files/{style_name()}"),
            "at": self.at,
            "may": self.may,
            "lang": self.lang,
            "csrf": self.csrf,
            "typed": self.form,
            "errors": self.errors,
            "labels": {},
            "said": self.said,
        }


def within(page: str) -> str:
    """The page, if it is one of ours; else the first one."""
    return page if re.fullmatch(WITHIN, page, re.ASCII) and ".." not in page else ""
