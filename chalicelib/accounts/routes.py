"""The routes of accounts and their contacts."""

from typing import Any

from msgspec.structs import replace

from chalicelib import wiring as root_wiring
from chalicelib.accounts import show_contacts as shown
from chalicelib.accounts import wiring
from chalicelib.accounts.import_contacts import (
    COLUMNS,
    NEEDED_COLUMNS,
    contact_rows,
    read_account,
    read_contact,
    refuse_unknown_owner,
)
from chalicelib.accounts.list_contacts import list_contacts as list_page
from chalicelib.accounts.schemas import (
    Account,
    AccountBody,
    AccountList,
    AccountsQuery,
    Contact,
    ContactBody,
    ContactList,
    ContactsQuery,
)
from chalicelib.api_keys.api_key import Scope
from chalicelib.disclosure.wiring import disclosure_for
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.keys import ACCOUNTS
from chalicelib.retry import retrying
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.identity import require_named
from chalicelib.teams import wiring as teams_wiring
from chalicelib.web.answer import Reply, accepted, deleted, ok
from chalicelib.web.audited import BY_THOUSANDS
from chalicelib.web.call import Call, json_body
from chalicelib.web.csv_import import read_rows
from chalicelib.web.cursor import encode_cursor, listed_after
from chalicelib.web.endpoint import endpoint
from chalicelib.web.import_progress import progress_of
from chalicelib.web.import_rows import FILES, import_rows, told
from chalicelib.web.schemas import Import


@endpoint(
    "List the accounts",
    ok("By id.", AccountList),
    scope=Scope.ACCOUNTS_READ,
    query=AccountsQuery,
)
def list_accounts(call: Call[AccountsQuery, Any]) -> AccountList:
    after = listed_after(call.query.cursor, ACCOUNTS)
    accounts, last = wiring.accounts().page(call.query.limit, after)
    items = [shown.show_account(account) for account in accounts]
    return {"items": items, "next": encode_cursor(last)}


@endpoint("Show an account", ok("The account.", Account), scope=Scope.ACCOUNTS_READ)
def show_account(call: Call[Any, Any], account: str) -> Account:
    return shown.show_account(wiring.accounts().get(account))


@endpoint(
    "Make or change an account",
    ok("The account as it stands now.", Account),
    scope=Scope.ACCOUNTS_WRITE,
    body=json_body(AccountBody, {"name": "Fjordline"}),
    not_noted=BY_THOUSANDS,
)
def put_account(call: Call[Any, AccountBody], account: str) -> Account:
    read = read_account(call.body, account, call.key.id)
    refuse_unknown_owner(read, teams_wiring.teams().find)
    store = wiring.accounts()
    retrying(lambda _: store.put(read), root_wiring.pause)
    return shown.show_account(read)


@endpoint(
    "Show who of an account was asked and who answered",
    ok("The contacts, and their counts.", ContactList),
    description="Silence is shown as silence. Names, addresses and who answered want the scope"
    " `people:read` too.",
    scope=Scope.ACCOUNTS_READ,
    query=ContactsQuery,
)
def list_contacts(call: Call[ContactsQuery, Any], account: str) -> ContactList:
    if call.query.survey:
        require_named(surveys_wiring.surveys().get(call.query.survey))
    found, disclosure = wiring.accounts().get(account), disclosure_for(call.key)
    return list_page(found, call.query, disclosure, call.now, wiring.list_contacts_needs())


@endpoint(
    "Take a file of contacts in",
    ok("What became of each row.", Import),
    accepted("Some rows wait: send the file again.", Import),
    description=FILES,
    scope=Scope.ACCOUNTS_WRITE,
    rows=COLUMNS,
    repeats=True,
)
def import_contacts(call: Call[Any, Any], account: str) -> Reply[Import]:
    time_left = root_wiring.lasting(root_wiring.FILE_S)
    rows = read_rows(call.raw, call.content_type, COLUMNS, NEEDED_COLUMNS)
    store = wiring.accounts()
    into, columns = store.get(account).id, rows[0].columns if rows else ()
    kind = contact_rows(into, call.key.id, columns, invitations_wiring.person_of, call.now, store)
    progress = progress_of(call, f"contacts of {into}", root_wiring.table())
    return told(import_rows(rows, kind, progress, time_left))


@endpoint("Show a contact", ok("The contact.", Contact), scope=Scope.ACCOUNTS_READ)
def show_contact(call: Call[Any, Any], account: str, contact: str) -> Contact:
    found = wiring.accounts().contact(account, contact)
    return shown.show_contact(found, disclosure_for(call.key))


@endpoint(
    "Make or change a contact",
    ok("The contact as it stands now.", Contact),
    scope=Scope.ACCOUNTS_WRITE,
    body=json_body(ContactBody, {"email": "ingrid.solheim@example.com", "capacity": "decides"}),
    not_noted=BY_THOUSANDS,
)
def put_contact(call: Call[Any, ContactBody], account: str, contact: str) -> Contact:
    store, disclosure = wiring.accounts(), disclosure_for(call.key)
    account_id = store.get(account).id
    read = read_contact(call.body, account_id, contact, invitations_wiring.person_of, call.now)
    return shown.show_contact(store.put_contact(replace(read, changed_by=call.key.id)), disclosure)


@endpoint("Forget a contact", deleted("It is gone."), scope=Scope.ACCOUNTS_WRITE)
def delete_contact(call: Call[Any, Any], account: str, contact: str) -> None:
    wiring.accounts().delete_contact(account, contact)
