"""The routes of the account by which a hook's notes are written into tickets."""

from typing import Any

from chalicelib.api_keys.api_key import Scope
from chalicelib.errors import Conflict, FieldError, Invalid
from chalicelib.helpdesks import wiring
from chalicelib.helpdesks.account_kinds import KINDS
from chalicelib.helpdesks.change_account import delete_account, put_account
from chalicelib.helpdesks.hook_routes import reached
from chalicelib.helpdesks.hook_schemas import ACCOUNT_EXAMPLE, DeskAccount, DeskAccountBody
from chalicelib.helpdesks.note import Account
from chalicelib.web.answer import deleted, ok
from chalicelib.web.call import Call, json_body
from chalicelib.web.endpoint import endpoint


@endpoint(
    "Let a hook use an account of its help desk",
    ok("The account, without its secret.", DeskAccount),
    description="Of Zendesk, Jira and Chatwoot: by night Heed asks it for solved tickets of which"
    " no delivery told, unless the survey is sealed; into tickets of Zendesk it writes notes too."
    " 409 for other help desks.",
    scope=Scope.HOOKS_WRITE,
    body=json_body(DeskAccountBody, ACCOUNT_EXAMPLE),
    by_survey=True,
)
def put_hook_account(call: Call[Any, DeskAccountBody], source: str, hook: str) -> DeskAccount:
    found, body = reached(call, source, hook), call.body
    account = Account(body.subdomain, body.client_id, body.client_secret)
    _refuse_unfit(source, account)
    put_account(found, account, call.key.id, wiring.change_account_needs())
    return {"subdomain": account.subdomain, "client_id": account.client_id}


@endpoint(
    "Let a hook use no account any more",
    deleted("Its credentials are gone. Notes that wait are not written."),
    scope=Scope.HOOKS_WRITE,
    by_survey=True,
)
def delete_hook_account(call: Call[Any, Any], source: str, hook: str) -> None:
    found = reached(call, source, hook)
    delete_account(found, call.key.id, wiring.change_account_needs())


def _refuse_unfit(source: str, account: Account) -> None:
    """Raises Invalid, and Conflict for a help desk that Heed does not ask."""
    kind = KINDS.get(source)
    if kind is None:
        detail = f"Accounts are of {', '.join(KINDS)}."
        raise Conflict([FieldError("#", "no_account", detail)])
    if not kind.fits(account):
        raise Invalid([FieldError("#/subdomain", "subdomain_invalid", "It is no such name.")])
