"""What the use cases of accounts need."""

from chalicelib import wiring
from chalicelib.accounts.list_contacts import LookingBack
from chalicelib.accounts.store import AccountStore
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.responses import wiring as responses_wiring
from chalicelib.surveys import wiring as surveys_wiring


def accounts() -> AccountStore:
    return AccountStore(wiring.table())


def looking_back() -> LookingBack:
    return LookingBack(
        accounts(),
        invitations_wiring.invitations().find_all,
        responses_wiring.responses().find_all,
        surveys_wiring.catalogue().get,
    )
