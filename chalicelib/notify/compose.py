"""What a composer gives: to whom a letter goes and what it says, or why it does not go."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from chalicelib.discreet import Discreet
from chalicelib.notify.letter import Letter


class Addressee(Discreet, frozen=True):
    """`person` is the keyed hash of the address."""

    hidden = ("email",)

    person: str
    email: str
    lang: str


class Composed(Discreet, frozen=True):
    """`facts` are what templates/email/<kind>/ shows. `listed_as` names the list in the header
    List-Id: the id of a survey or of a team. `stops`: its reader may stop letters of its kind."""

    hidden = ("facts",)

    to: Addressee
    listed_as: str
    facts: Mapping[str, Any]
    stops: bool = True


class PutOff(Struct, frozen=True):
    """Not yet: it is composed again then."""

    until: datetime
    reason: str


# Takes the letter and the time. A text is the reason not to send it.
Compose = Callable[[Letter, datetime], Composed | PutOff | str]
