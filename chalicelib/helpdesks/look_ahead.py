"""What has to be known of people and tickets, as far as a delivery tells. Pure."""

from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from chalicelib.errors import Invalid
from chalicelib.helpdesks.paths import Place
from chalicelib.helpdesks.source import Shape, Source, shape_of
from chalicelib.helpdesks.trigger import identity_of, is_test, read_trigger, reason_to_ignore
from chalicelib.invitations.hook_ticket import TicketState


class Ahead(Struct, frozen=True):
    """`people` are ids in the tool of those of whom no address is told. `tickets` as identity_of
    gives them."""

    people: tuple[str, ...] = ()
    tickets: tuple[str, ...] = ()


class Known(Struct, frozen=True):
    """By what `Ahead` has: addresses, None of whom the directory does not know, and tickets."""

    emails: Mapping[str, str | None] = field(default_factory=dict)
    tickets: Mapping[str, TicketState] = field(default_factory=dict)


def look_ahead(source: Source, tops: Iterable[Place], solved: str) -> Ahead:
    """Of tickets that are asked about."""
    people, tickets = dict[str, None](), dict[str, None]()
    for top in tops:
        shape = shape_of(source, top, solved)
        place = top.below(shape.root) if shape else top
        if shape is None or is_test(source, shape, place) or reason_to_ignore(shape, place):
            continue
        try:
            people[_id_to_look_up(source, shape, place)] = None
        except Invalid:
            continue
        tickets[identity_of(shape, place)] = None
    people.pop("", None)
    return Ahead(tuple(people), tuple(tickets))


def _id_to_look_up(source: Source, shape: Shape, place: Place) -> str:
    """Empty where an address is told, or no id either. Raises Invalid."""
    trigger = read_trigger(source.name, shape, place)
    return "" if trigger.email else trigger.external_id
