"""What a composer gives: to whom a letter goes and what it says, or why it does not go."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chalicelib.notify.letter import Letter


@dataclass(frozen=True)
class Addressee:
    """`person` is the keyed hash of the address."""

    person: str
    email: str = field(repr=False)
    lang: str


@dataclass(frozen=True)
class Composed:
    """`facts` are what templates/email/<kind>/ shows. `listed_as` names the list in the header
    List-Id: the id of a survey or of a team. `stops`: its reader may stop letters of its kind."""

    to: Addressee
    listed_as: str
    facts: Mapping[str, Any] = field(repr=False)
    stops: bool = True


@dataclass(frozen=True)
class PutOff:
    """Not yet: it is composed again then."""

    until: datetime
    reason: str


# Takes the letter and the time. A text is the reason not to send it.
Compose = Callable[[Letter, datetime], Composed | PutOff | str]
