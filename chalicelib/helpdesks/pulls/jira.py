"""Solved issues of Jira Cloud, in the shape of its native webhook.

Source: developer.atlassian.com, cloud/jira/platform/rest/v3, api-group-issue-search
(`search/jql`, which pages by a token). An account is an e-mail address and its API token.
"""

import base64
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from chalicelib.helpdesks.note import Account, AskDesk
from chalicelib.helpdesks.pulls.pull import objects_in, read_object

PAGE: Final = 50
FIELDS: Final = (
    "summary,status,resolution,resolutiondate,updated,reporter,assignee,project,"
    "customfield_10002,customfield_10031"
)


def pull(
    account: Account, since: datetime, now: datetime, ask: AskDesk
) -> Iterator[dict[str, Any]]:
    token = ""
    while True:
        url = f"https://{account.subdomain}.atlassian.net/rest/api/3/search/jql"
        answer = ask("GET", f"{url}?{_query(since, now, token)}", b"", _headers(account))
        page = read_object(answer)
        for issue in objects_in(page.get("issues")):
            yield _delivery(issue, now)
        token = str(page.get("nextPageToken") or "")
        if page.get("isLast", not token) or not token:
            return


def _query(since: datetime, now: datetime, token: str) -> str:
    # In minutes from now: a time would be read in the zone of whoever asks.
    minutes = int((now - since).total_seconds() // 60) + 1
    jql = f'statusCategory = Done AND resolved >= "-{minutes}m" ORDER BY resolved ASC'
    asked = {"jql": jql, "fields": FIELDS, "maxResults": PAGE}
    return urlencode(asked | ({"nextPageToken": token} if token else {}))


def _headers(account: Account) -> dict[str, str]:
    known = f"{account.client_id}:{account.client_secret}".encode()
    return {
        "Authorization": f"Basic {base64.b64encode(known).decode()}",
        "Accept": "application/json",
    }


def _delivery(issue: dict[str, Any], now: datetime) -> dict[str, Any]:
    changed = {"field": "status", "toString": "Done"}
    return {
        "webhookEvent": "jira:issue_updated",
        "timestamp": int(now.timestamp() * 1000),
        "issue": issue,
        "changelog": {"items": [changed]},
    }
