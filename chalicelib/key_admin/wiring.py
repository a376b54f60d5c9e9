"""What the use cases of keys need."""

from chalicelib import wiring
from chalicelib.api_keys import wiring as api_keys_wiring
from chalicelib.key_admin.create_key import CreateKeyNeeds
from chalicelib.web.idempotency import DeliveryStore


def create_key_needs() -> CreateKeyNeeds:
    return CreateKeyNeeds(api_keys_wiring.api_keys(), DeliveryStore(wiring.table()))
