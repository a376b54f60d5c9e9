"""Accounts and their contacts."""

from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.web.endpoint import api, json_body, query, raw_body, sign_in
from chalicelib.web.problems import answering_problems, json_response, no_content


@api.route("/v1/accounts", methods=["GET"])
@answering_problems
def list_accounts() -> HttpResponse:
    from chalicelib.accounts import wiring as accounts_wiring
    from chalicelib.accounts.list_contacts import show_account
    from chalicelib.accounts.query import AccountsQuery
    from chalicelib.web.pagination import list_response
    from chalicelib.web.query import read_query

    sign_in(Scope.ACCOUNTS_READ)
    asked = read_query(AccountsQuery, query())
    found, last = accounts_wiring.accounts().page(asked.limit, asked.after)
    return list_response([show_account(one) for one in found], last)


@api.route("/v1/accounts/{account}", methods=["GET"])
@answering_problems
def show_one_account(account: str) -> HttpResponse:
    from chalicelib.accounts import wiring as accounts_wiring
    from chalicelib.accounts.list_contacts import show_account

    sign_in(Scope.ACCOUNTS_READ)
    return json_response(200, show_account(accounts_wiring.accounts().get(account)))


@api.route("/v1/accounts/{account}", methods=["PUT"], content_types=["*/*"])
@answering_problems
def put_account(account: str) -> HttpResponse:
    from chalicelib.accounts import wiring as accounts_wiring
    from chalicelib.accounts.import_contacts import read_account
    from chalicelib.accounts.list_contacts import show_account

    sign_in(Scope.ACCOUNTS_WRITE)
    read = read_account(json_body(), account)
    accounts_wiring.accounts().put(read)
    return json_response(200, show_account(read))


@api.route("/v1/accounts/{account}/contacts", methods=["GET"])
@answering_problems
def list_contacts(account: str) -> HttpResponse:
    """Each contact, what became of asking them, and the counts of the page."""
    from chalicelib.accounts import wiring as accounts_wiring
    from chalicelib.accounts.list_contacts import answer_of_contacts
    from chalicelib.accounts.query import ContactsQuery
    from chalicelib.surveys import wiring as surveys_wiring
    from chalicelib.surveys.named import refuse_unless_named
    from chalicelib.web.pagination import next_link
    from chalicelib.web.query import read_query

    names = Scope.PEOPLE_READ in sign_in(Scope.ACCOUNTS_READ).scopes
    asked = read_query(ContactsQuery, query())
    if asked.survey:
        refuse_unless_named(surveys_wiring.surveys().get(asked.survey).identity)
    found = accounts_wiring.accounts().get(account)
    needs = accounts_wiring.looking_back()
    body = answer_of_contacts(found, asked, names, moments.now(), needs)
    links = {"Link": next_link(query(), body["next"])} if body["next"] else {}
    return json_response(200, body, **links)


@api.route("/v1/accounts/{account}/contacts", methods=["POST"], content_types=["*/*"])
@answering_problems
def import_contacts(account: str) -> HttpResponse:
    from chalicelib.accounts import wiring as accounts_wiring
    from chalicelib.accounts.import_contacts import COLUMNS, storing_rows
    from chalicelib.invitations import wiring as invitations_wiring
    from chalicelib.web.csv_import import import_rows, read_rows

    sign_in(Scope.ACCOUNTS_WRITE)
    rows = read_rows(*raw_body(), COLUMNS, ("contact", "email"))
    store = accounts_wiring.accounts()
    put = storing_rows(store.get(account).id, invitations_wiring.person_of, moments.now(), store)
    return json_response(200, import_rows(rows, "contact", put))


@api.route("/v1/accounts/{account}/contacts/{contact}", methods=["GET"])
@answering_problems
def show_one_contact(account: str, contact: str) -> HttpResponse:
    from chalicelib.accounts import wiring as accounts_wiring
    from chalicelib.accounts.list_contacts import show_contact

    names = Scope.PEOPLE_READ in sign_in(Scope.ACCOUNTS_READ).scopes
    return json_response(
        200, show_contact(accounts_wiring.accounts().contact(account, contact), names)
    )


@api.route("/v1/accounts/{account}/contacts/{contact}", methods=["PUT"], content_types=["*/*"])
@answering_problems
def put_contact(account: str, contact: str) -> HttpResponse:
    from chalicelib.accounts import wiring as accounts_wiring
    from chalicelib.accounts.import_contacts import ContactBody, read_contact
    from chalicelib.accounts.list_contacts import show_contact
    from chalicelib.invitations import wiring as invitations_wiring

    key = sign_in(Scope.ACCOUNTS_WRITE)
    body, store = ContactBody.model_validate(json_body()), accounts_wiring.accounts()
    home = store.get(account)
    read = read_contact(body, home.id, contact, invitations_wiring.person_of, moments.now())
    kept = store.put_contact(read)
    return json_response(200, show_contact(kept, Scope.PEOPLE_READ in key.scopes))


@api.route("/v1/accounts/{account}/contacts/{contact}", methods=["DELETE"])
@answering_problems
def delete_contact(account: str, contact: str) -> HttpResponse:
    from chalicelib.accounts import wiring as accounts_wiring

    sign_in(Scope.ACCOUNTS_WRITE)
    accounts_wiring.accounts().delete_contact(account, contact)
    return no_content()
