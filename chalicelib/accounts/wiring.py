"""What the use cases of accounts need."""

from chalicelib import wiring
from chalicelib.accounts.list_contacts import ListContactsNeeds
from chalicelib.accounts.owned import OwnedStore
from chalicelib.accounts.store import AccountStore
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.responses import wiring as responses_wiring
from chalicelib.surveys import wiring as surveys_wiring


def accounts() -> AccountStore:
    return AccountStore(wiring.table())


def owned() -> OwnedStore:
    return OwnedStore(wiring.table())


def list_contacts_needs() -> ListContactsNeeds:
    return ListContactsNeeds(
        accounts(),
        invitations_wiring.invitations().find_all,
        responses_wiring.responses().find_all,
        surveys_wiring.catalogue().get,
    )
