"""Whose address has to be looked up in the directory, as far as a delivery tells. Pure."""

from collections.abc import Iterable

from chalicelib.errors import Invalid
from chalicelib.helpdesks.paths import Place
from chalicelib.helpdesks.source import Source, shape_of
from chalicelib.helpdesks.trigger import is_test, read_trigger, reason_to_ignore


def tells_ids(source: Source) -> bool:
    return any(shape.external_id for shape in source.shapes)


def ids_to_look_up(source: Source, tops: Iterable[Place], solved: str) -> list[str]:
    """Of people who are asked, and of whom no address is told."""
    found = (_id_to_look_up(source, top, solved) for top in tops)
    return [each for each in dict.fromkeys(found) if each]


def _id_to_look_up(source: Source, top: Place, solved: str) -> str:
    shape = shape_of(source, top, solved)
    place = top.below(shape.root) if shape else top
    if shape is None or is_test(source, shape, place) or reason_to_ignore(shape, place):
        return ""
    try:
        trigger = read_trigger(source.name, shape, place)
    except Invalid:
        return ""
    return "" if trigger.email else trigger.external_id
