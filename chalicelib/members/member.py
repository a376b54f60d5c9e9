"""A member: somebody who signs in to the pages."""

import secrets
from datetime import datetime

from chalicelib import ids
from chalicelib.api_keys.api_key import ApiKey
from chalicelib.discreet import Discreet
from chalicelib.members.role import SCOPES, Role

OF_MEMBERS = "m-"  # an id that begins so is no key's
ID_BYTES = 5


class Member(Discreet, frozen=True):
    """`id` is public and stands where the id of a key does. `person` is the keyed hash of the
    address. `surveys` None: all of them. `created_by` None: the operator."""

    hidden = ("email", "name")

    id: str
    person: str
    email: str
    name: str
    role: Role
    surveys: frozenset[str] | None = None
    lang: str | None = None
    created: datetime | None = None
    created_by: str | None = None

    @property
    def key(self) -> ApiKey:
        """What use cases ask of a key, they ask of a member."""
        return ApiKey(self.id, self.name, SCOPES[self.role], self.surveys)


def new_member_id() -> str:
    return OF_MEMBERS + ids.encode(secrets.token_bytes(ID_BYTES))
