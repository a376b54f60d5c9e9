"""The pages for members that a browser looks at. A new page has a line here: its name, and what
makes it and gives its path."""

from collections.abc import Callable, Mapping
from typing import Final

from chalicelib import moments
from chalicelib.members.sign_in import LASTS, make_link
from chalicelib.periods import month_before
from tests.functional.conftest import HOOK, Heed
from tests.support.owners import task_of, team
from tests.support.samples import KEYS, SURVEY
from tests.support.webhooks import stored_webhook

Make = Callable[[Heed], str]
SETUP: Final = "/app/setup"
HERE: Final = f"{SETUP}/surveys/{SURVEY.id}"


def last_month() -> str:
    return f"{month_before(moments.now().date()).first:%Y-%m}"


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
    return f"{SETUP}/history"


def keys(heed: Heed) -> str:
    heed.call("POST", "/v1/keys", {"name": "Reports", "scopes": ["read"]})
    return f"{SETUP}/keys"


def person(heed: Heed) -> str:
    made = heed.call("POST", "/v1/people", {"email": "anna@example.com", "role": "manager"})
    return f"{SETUP}/people/{made.json_body['id']}"


def of_team(path: str) -> Make:
    def made(heed: Heed) -> str:
        team(heed)
        return f"{SETUP}/{path}"

    return made


def of_webhook(path: str) -> Make:
    def made(heed: Heed) -> str:
        kept = heed.items("WEBHOOK")
        return f"{SETUP}/webhooks{path.format(kept[0]['id'] if kept else stored_webhook().id)}"

    return made


def invitations(heed: Heed) -> str:
    heed.call("POST", f"/v1/surveys/{SURVEY.id}/invitations", {"email": "anna@example.com"})
    return f"{HERE}/invitations"


def code(heed: Heed) -> str:
    return f"/app/sign-in/{make_link('a' * 26, moments.now() + LASTS, KEYS)}"


# For who has signed in, as an admin.
OF_MEMBERS: Final[Mapping[str, Make]] = {
    "tasks": tasks,
    "no tasks": lambda heed: "/app/tasks?state=closed",
    "task": task,
    "closed task": closed_task,
    "new task": lambda heed: "/app/tasks/new",
    "surveys to set up": lambda heed: f"{SETUP}/surveys",
    "new survey": lambda heed: f"{SETUP}/new-survey",
    "survey": lambda heed: HERE,
    "invitations": invitations,
    "reports": lambda heed: f"{HERE}/reports",
    "report": lambda heed: f"{HERE}/reports/{last_month()}",
    "brand": lambda heed: f"{SETUP}/brand",
    "help desks": lambda heed: f"{SETUP}/helpdesks",
    "help desk": lambda heed: f"{SETUP}/helpdesks/zendesk/{HOOK}",
    "keys": keys,
    "webhooks": of_webhook(""),
    "webhook": of_webhook("/{}"),
    "teams": of_team("teams"),
    "new team": lambda heed: f"{SETUP}/new-team",
    "team": of_team("teams/desk"),
    "members": lambda heed: f"{SETUP}/members",
    "history": history,
    "people": lambda heed: f"{SETUP}/people",
    "person": person,
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
