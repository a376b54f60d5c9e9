"""A note that an answer leaves in the ticket it came from, and the help desks that take one.

The next help desk: a file like `zendesk_notes.py` with a function of the kind `WriteNote`, and its
line in `helpdesks/desks.py`.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from chalicelib.discreet import Discreet
from chalicelib.errors import HeedError


class Note(Struct, frozen=True):
    """`id` stands in the note, so that it is found again. `facts` are short and on one line."""

    id: str
    words: str | None
    facts: tuple[str, ...] = ()


class Account(Discreet, frozen=True):
    """Where a hook's notes go, and who writes them. `subdomain` is the help desk's name for the
    company: nobody chooses a host."""

    hidden = ("client_secret",)

    subdomain: str
    client_id: str
    client_secret: str


class DeskRefused(HeedError):
    """A call was not taken. `permanent`: another try is in vain. `retry_after` in seconds.
    `status` None: there was no answer."""

    def __init__(
        self,
        code: str,
        status: int | None = None,
        permanent: bool = False,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(code)
        self.code, self.status = code, status
        self.permanent, self.retry_after = permanent, retry_after


# Takes the method, the URL, the body and the headers; gives the body of the answer. Raises
# DeskRefused unless the answer is a 2xx.
AskDesk = Callable[[str, str, bytes, Mapping[str, str]], bytes]


class WriteNote(Protocol):
    """`is_repeat`: an earlier call may have written the note, so it is looked for first. Raises
    DeskRefused."""

    def __call__(
        self,
        account: Account,
        ticket: str,
        note: Note,
        is_repeat: bool,
        now: datetime,
        ask: AskDesk,
    ) -> None: ...
