"""What whoever is not signed in is answered. A session may end while somebody types."""

from contextlib import suppress
from typing import Any

from chalicelib.dashboard.form import read_form
from chalicelib.dashboard.shown import Moved, Shown
from chalicelib.dashboard.visit import Visit
from chalicelib.errors import BadRequest

SIGN_IN = "sign-in"


def signed_out(visit: Visit[Any], takes_file: bool) -> Shown | Moved:
    """The sign-in, or what was typed, to be sent again after it."""
    if visit.method != "POST":
        return Moved(SIGN_IN, {"back": visit.here})
    with suppress(BadRequest):
        form = read_form(visit.raw, visit.content_type, takes_file)
        if form.has_words and not visit.is_from_another_site:
            return Shown("signed_out", {"kept": form.kept, "again": visit.here}, status=401)
    return Moved(SIGN_IN)
