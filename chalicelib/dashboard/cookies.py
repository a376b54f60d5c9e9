"""The cookies of the pages. They are named by the stack, since a browser keeps those of all ports
of one machine together."""

import hmac
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie

from msgspec import Struct

from chalicelib import ids

SESSION, BROWSER, KNOWN, SAID = "session", "browser", "known", "said"
LONGEST = 4096


class Jar(Struct, frozen=True):
    """`path` is where the pages are. `person_key` tells one stack from another."""

    path: str
    is_secure: bool
    person_key: str

    def name(self, of: str) -> str:
        stack = ids.encode(hmac.digest(self.person_key.encode(), b"cookies", "sha256")[:5])
        return f"heed-{stack}-{of}"

    def set(self, of: str, value: str, seconds: int) -> str:
        secure = "; Secure" if self.is_secure else ""
        return (
            f"{self.name(of)}={value}; Path={self.path}; Max-Age={seconds}; HttpOnly;"
            f" SameSite=Lax{secure}"
        )

    def drop(self, of: str) -> str:
        return self.set(of, "", 0)

    def read(self, headers: Mapping[str, str], of: str) -> str:
        """Empty when it is not there."""
        found = SimpleCookie()
        try:
            found.load((headers.get("cookie") or "")[:LONGEST])
        except CookieError:
            return ""
        named = found.get(self.name(of))
        return named.value if named else ""
