"""Erases a person on a stack for the operator, and prints the receipt."""

import re

from chalicelib import moments
from chalicelib.errors import Unavailable
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.cleaned import address
from chalicelib.outcomes.schemas import PERSON_ID
from chalicelib.people import wiring
from chalicelib.people.erase_person import erase_person
from infra.errors import BadArgument, OperatorError
from infra.noted import noted, operator
from infra.outputs import use_stack
from infra.progress import step
from infra.told import tell


def erase_on_stack(outputs: dict[str, str], who: str) -> None:
    """`who` is an address, or the id of a person."""
    use_stack(outputs)
    try:
        person = who if re.fullmatch(PERSON_ID, who) else _person_of(who)
        with step("Erasing"), noted("erase", "/v1/people/erasures"):
            receipt = erase_person(person, moments.now, wiring.erase_person_needs(), operator())
    except Unavailable as error:
        raise OperatorError("The table did not answer. Run it again: it goes on.") from error
    gone = {name: count for name, count in receipt.counts.items() if count}
    tell(
        {"receipt": receipt.id, "state": receipt.state, "counts": gone},
        *(f"  {count} {name.replace('_', ' ')}" for name, count in gone.items()),
        f"Receipt {receipt.id}, {receipt.state}.",
    )


def _person_of(who: str) -> str:
    try:
        return invitations_wiring.person_of(address(who))
    except ValueError as error:
        raise BadArgument("PERSON is an address, or the id of a person.") from error
