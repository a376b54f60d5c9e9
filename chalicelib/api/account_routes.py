"""Accounts and their contacts."""

from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.api.door import api, json_body, query, raw_body, sign_in
from chalicelib.api.key import Scope
from chalicelib.api.problems import answering_problems, json_response, no_content


@api.route("/v1/accounts", methods=["GET"])
@answering_problems
def list_accounts() -> HttpResponse:
    from chalicelib import wiring_outcomes
    from chalicelib.api.accounts import show_account
    from chalicelib.api.lists import list_response
    from chalicelib.api.queries import read_query
    from chalicelib.api.queries_accounts import AccountsQuery

    sign_in(Scope.ACCOUNTS_READ)
    asked = read_query(AccountsQuery, query())
    found, last = wiring_outcomes.accounts().page(asked.limit, asked.after)
    return list_response([show_account(one) for one in found], last)


@api.route("/v1/accounts/{account}", methods=["GET"])
@answering_problems
def show_one_account(account: str) -> HttpResponse:
    from chalicelib import wiring_outcomes
    from chalicelib.api.accounts import show_account

    sign_in(Scope.ACCOUNTS_READ)
    return json_response(200, show_account(wiring_outcomes.accounts().get(account)))


@api.route("/v1/accounts/{account}", methods=["PUT"], content_types=["*/*"])
@answering_problems
def put_account(account: str) -> HttpResponse:
    from chalicelib import wiring_outcomes
    from chalicelib.api.account_bodies import read_account
    from chalicelib.api.accounts import show_account

    sign_in(Scope.ACCOUNTS_WRITE)
    read = read_account(json_body(), account)
    wiring_outcomes.accounts().put(read)
    return json_response(200, show_account(read))


@api.route("/v1/accounts/{account}/contacts", methods=["GET"])
@answering_problems
def list_contacts(account: str) -> HttpResponse:
    """Each contact, what became of asking them, and the counts of the page."""
    from chalicelib import wiring, wiring_outcomes
    from chalicelib.api.accounts import answer_of_contacts
    from chalicelib.api.lists import next_link
    from chalicelib.api.named import refuse_unless_named
    from chalicelib.api.queries import read_query
    from chalicelib.api.queries_accounts import ContactsQuery

    names = Scope.PEOPLE_READ in sign_in(Scope.ACCOUNTS_READ).scopes
    asked = read_query(ContactsQuery, query())
    if asked.survey:
        refuse_unless_named(wiring.surveys().get(asked.survey).identity)
    found = wiring_outcomes.accounts().get(account)
    needs = wiring_outcomes.looking_back()
    body = answer_of_contacts(found, asked, names, moments.now(), needs)
    links = {"Link": next_link(query(), body["next"])} if body["next"] else {}
    return json_response(200, body, **links)


@api.route("/v1/accounts/{account}/contacts", methods=["POST"], content_types=["*/*"])
@answering_problems
def import_contacts(account: str) -> HttpResponse:
    from chalicelib import wiring_outcomes
    from chalicelib.api.account_bodies import COLUMNS, storing_rows
    from chalicelib.api.csv_rows import import_rows, read_rows

    sign_in(Scope.ACCOUNTS_WRITE)
    rows = read_rows(*raw_body(), COLUMNS, ("contact", "email"))
    store = wiring_outcomes.accounts()
    put = storing_rows(store.get(account).id, wiring_outcomes.person_of, moments.now(), store)
    return json_response(200, import_rows(rows, "contact", put))


@api.route("/v1/accounts/{account}/contacts/{contact}", methods=["GET"])
@answering_problems
def show_one_contact(account: str, contact: str) -> HttpResponse:
    from chalicelib import wiring_outcomes
    from chalicelib.api.accounts import show_contact

    names = Scope.PEOPLE_READ in sign_in(Scope.ACCOUNTS_READ).scopes
    return json_response(
        200, show_contact(wiring_outcomes.accounts().contact(account, contact), names)
    )


@api.route("/v1/accounts/{account}/contacts/{contact}", methods=["PUT"], content_types=["*/*"])
@answering_problems
def put_contact(account: str, contact: str) -> HttpResponse:
    from chalicelib import wiring_outcomes
    from chalicelib.api.account_bodies import ContactBody, read_contact
    from chalicelib.api.accounts import show_contact

    key = sign_in(Scope.ACCOUNTS_WRITE)
    body, store = ContactBody.model_validate(json_body()), wiring_outcomes.accounts()
    home = store.get(account)
    read = read_contact(body, home.id, contact, wiring_outcomes.person_of, moments.now())
    kept = store.put_contact(read)
    return json_response(200, show_contact(kept, Scope.PEOPLE_READ in key.scopes))


@api.route("/v1/accounts/{account}/contacts/{contact}", methods=["DELETE"])
@answering_problems
def delete_contact(account: str, contact: str) -> HttpResponse:
    from chalicelib import wiring_outcomes

    sign_in(Scope.ACCOUNTS_WRITE)
    wiring_outcomes.accounts().delete_contact(account, contact)
    return no_content()
