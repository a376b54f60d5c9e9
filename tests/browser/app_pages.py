"""The pages for members that a browser looks at. A new page has a line here: its name, and what
makes it and gives its path."""

from collections.abc import Callable, Mapping
from typing import Final

from chalicelib import moments
from chalicelib.members.sign_in import LASTS, make_link
from tests.functional.conftest import HOOK, Heed
from tests.support.owners import task_of
from tests.support.samples import KEYS

Make = Callable[[Heed], str]


def task(heed: Heed) -> str:
    made = task_of(heed)
    heed.call("PATCH", f"/v1/tasks/{made}", {"state": "taken", "owner": "olav", "note": "Called."})
    return f"/app/tasks/{made}"


def closed_task(heed: Heed) -> str:
    made = task_of(heed)
    heed.call("PATCH", f"/v1/tasks/{made}", {"state": "closed", "cause": "Wi-Fi", "fixed": True})
    return f"/app/tasks/{made}"


def tasks(heed: Heed) -> str:
    task_of(heed)
    return "/app/tasks"


def history(heed: Heed) -> str:
    heed.call("POST", "/v1/keys", {"name": "Reports", "scopes": ["read"]})
    return "/app/setup/history"


def code(heed: Heed) -> str:
    return f"/app/sign-in/{make_link('a' * 26, moments.now() + LASTS, KEYS)}"


# For who has signed in, as an admin.
OF_MEMBERS: Final[Mapping[str, Make]] = {
    "tasks": tasks,
    "no tasks": lambda heed: "/app/tasks?state=closed",
    "task": task,
    "closed task": closed_task,
    "new task": lambda heed: "/app/tasks/new",
    "help desk": lambda heed: f"/app/setup/helpdesks/zendesk/{HOOK}",
    "history": history,
    "people": lambda heed: "/app/setup/people",
    "gone": lambda heed: "/app/tasks/nothing",
    "refused": lambda heed: "/app/tasks?state=nonsense",
}
# For everybody.
OPEN: Final[Mapping[str, Make]] = {
    "sign in": lambda heed: "/app/sign-in",
    "code form": lambda heed: "/app/code",
    "code": code,
    "wrong link": lambda heed: "/app/sign-in/nonsense",
}
