"""The accounts of help desks that Heed may use, by source: to write notes, and to ask by night for
what a webhook lost. Nobody chooses more of an address than is written here."""

import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from chalicelib.helpdesks.note import Account
from chalicelib.helpdesks.pulls import chatwoot, jira, zendesk
from chalicelib.helpdesks.pulls.pull import Pull

LABEL: Final = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
HOST: Final = rf"({LABEL}\.)+[a-z]([a-z0-9-]{{0,61}}[a-z0-9])?"


class AccountKind(Struct, frozen=True):
    """`subdomain` is what a subdomain looks like. `needs` is Markdown for the admin."""

    subdomain: str
    pull: Pull
    needs: str

    def fits(self, account: Account) -> bool:
        return re.fullmatch(self.subdomain, account.subdomain) is not None


KINDS: Final[Mapping[str, AccountKind]] = {
    "zendesk": AccountKind(
        LABEL,
        zendesk.pull,
        "a confidential OAuth client: `subdomain` is the name before `.zendesk.com`, `client_id`"
        " and `client_secret` are those of the client",
    ),
    "jira": AccountKind(
        LABEL,
        jira.pull,
        "an API token: `subdomain` is the name before `.atlassian.net`, `client_id` the e-mail"
        " address of a user who sees the projects, `client_secret` the user's API token",
    ),
    "chatwoot": AccountKind(
        HOST,
        chatwoot.pull,
        "an access token: `subdomain` is the host, such as `app.chatwoot.com`, `client_id` the"
        " number of the account, `client_secret` the access token of an agent or a bot",
    ),
}
