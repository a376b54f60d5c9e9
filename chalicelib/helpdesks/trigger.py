"""What a delivery says, read by the declaration of its source. Pure."""

import hashlib
import html
import re
from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from chalicelib.errors import FieldError, Invalid
from chalicelib.helpdesks.language_names import language_named
from chalicelib.helpdesks.paths import Path, Place, text_of
from chalicelib.helpdesks.source import Rules, Shape, Source
from chalicelib.invitations.cleaned import LONGEST_FACT, address, one_line, shown_line
from chalicelib.invitations.invitation import Ticket

# What Liquid's filter `escape` writes.
ESCAPED = re.compile("&(?:amp|lt|gt|quot|#39);")
# What a tool sends when it fills in no ticket: {{ticket.id}}, #{ticket.id}, ${ticket.id}.
PLACEHOLDER = re.compile(r"^\s*([{#$]\{|\{\{)")


class Trigger(Struct, frozen=True):
    """`email` is None where the tool tells none; `external_id` is then the person's id in the
    tool, if it tells one. `agent` is the address of whoever served. `resolution` tells one
    resolution of the ticket from the next, empty when the tool does not. `delivery` tells this
    delivery from others, empty likewise."""

    ticket: Ticket
    email: str | None
    name: str | None
    locale: str | None
    external_id: str
    agent: str | None
    facts: dict[str, str]
    resolution: str
    delivery: str


def is_test(source: Source, shape: Shape | None, place: Place) -> bool:
    by_rule = any(_is_one_of(place.find(path), values) for path, values in source.tests.items())
    return by_rule or bool(shape and PLACEHOLDER.match(place.text(shape.ticket)))


def reason_to_ignore(shape: Shape, place: Place) -> str | None:
    """Why nobody is asked about what is told, as far as this delivery says."""
    if not _all_say(place, shape.wanted):
        return "event_not_wanted"
    for reason, (path, values) in shape.not_asked.items():
        if _holds_one_of(place.find(path), values):
            return reason
    if not is_solved(shape, place):
        return "status_not_solved"
    before = place.find(shape.before)
    if before and _is_one_of(before, shape.solved):
        return "solved_before"
    return "own_ticket" if _is_own(shape, place) else None


def _is_own(shape: Shape, place: Place) -> bool:
    """By the ids of the tool. By addresses it is seen later, when they are known."""
    asked, serving = place.text(shape.external_id), place.find(shape.agent_ids)
    ids = serving if isinstance(serving, list) else [serving]
    return asked != "" and asked in map(text_of, ids)


def is_solved(shape: Shape, place: Place) -> bool:
    return not shape.solved or _is_one_of(place.find(shape.status), shape.solved)


def is_reopened(shape: Shape, place: Place) -> bool:
    """Also when nobody knows whether it was solved before."""
    if any(_is_one_of(place.find(path), values) for path, values in shape.reopened.items()):
        return True
    status, before = place.text(shape.status), place.find(shape.before)
    was_solved = not before or _is_one_of(before, shape.solved)
    is_told = bool(status) and _all_say(place, shape.wanted)
    return is_told and was_solved and not is_solved(shape, place)


def is_thank_you(shape: Shape, place: Place) -> bool:
    """As far as the tool tells it. One tag of several is enough."""
    return any(_holds_one_of(place.find(path), values) for path, values in shape.thanked.items())


def read_trigger(source: str, shape: Shape, place: Place) -> Trigger:
    """Raises Invalid."""
    _refuse_what_got_out(shape, place)
    return Trigger(
        ticket=_ticket(source, shape, place),
        email=_address(shape, place),
        name=_clean(_found(shape, place, shape.name), shown_line) or None,
        locale=language_named(_text(shape, place, shape.language)),
        external_id=_text(shape, place, shape.external_id),
        agent=_address_or_none(place.find(shape.agent)),
        facts=dict(_facts(shape, place)),
        resolution=_resolution(shape, place),
        delivery=delivery_of(shape, place),
    )


def ticket_id(shape: Shape, place: Place) -> str:
    """Empty when there is none that can be seen."""
    return _clean(place.find(shape.ticket))


def identity_of(shape: Shape, place: Place) -> str:
    """What tells the ticket from all others of its hook. Its id is cut where it is shown, and may
    be counted in something (`within`)."""
    found, whole = ticket_id(shape, place), place.text(shape.ticket)
    if len(whole) > LONGEST_FACT:
        found += f" {hashlib.sha256(whole.encode(errors='surrogatepass')).hexdigest()}"
    within = _text(shape, place, shape.within)
    return f"{within} {found}" if within else found


def delivery_of(shape: Shape, place: Place) -> str:
    parts = [place.text(path) for path in shape.delivery]
    return "|".join(parts) if all(parts) else ""


def _ticket(source: str, shape: Shape, place: Place) -> Ticket:
    found = ticket_id(shape, place)
    if not found:
        raise Invalid([FieldError(_pointer(shape.ticket), "ticket_missing", "Which ticket?")])
    url = _text(shape, place, shape.url)
    subject = _clean(_found(shape, place, shape.subject), shown_line) or None
    return Ticket(source, found, subject, url if url.startswith("https://") else None)


def _resolution(shape: Shape, place: Place) -> str:
    told = place.text(shape.solved_at)  # which may be a number with a point
    return "" if PLACEHOLDER.match(told) else _clean(told)


def _address(shape: Shape, place: Place) -> str | None:
    """None when the tool sent none."""
    found = place.find(shape.email)
    if found is None or (isinstance(found, str) and not found.strip()):
        return None
    try:
        return address(found.strip() if isinstance(found, str) else found)
    except ValueError as error:
        detail = "value is not one valid e-mail address"
        raise Invalid([FieldError(_pointer(shape.email), "address_invalid", detail)]) from error


def _address_or_none(value: object) -> str | None:
    """A ticket may have no assignee; that keeps nobody from being asked."""
    try:
        return address(value)
    except ValueError:
        return None


def _facts(shape: Shape, place: Place) -> Iterable[tuple[str, str]]:
    paths = {"group": shape.group, "organization": shape.organization, **shape.facts}
    named = place.find(paths.pop("*", ""))
    yield from ((name, _clean(value)) for name, value in _members(named))
    for name, path in paths.items():
        yield name, _text(shape, place, path)


def _text(shape: Shape, place: Place, path: Path) -> str:
    return _clean(_found(shape, place, path))


def _found(shape: Shape, place: Place, path: Path) -> Any:
    """As it was before the placeholder's filter `escape`."""
    found = place.find(path)
    if shape.escaped and isinstance(found, str):
        found = ESCAPED.sub(lambda written: html.unescape(written[0]), found)
    return found


def _clean(value: Any, as_line: Callable[[object], str] = one_line) -> str:
    try:
        return as_line(value)
    except ValueError:
        return ""


def _refuse_what_got_out(shape: Shape, place: Place) -> None:
    """Of its quotes."""
    unknown = [
        f"{_pointer(path)}/{_clean(name)}"
        for path, names in shape.closed.items()
        for name, value in _members(place.find(path))
        if name not in names.split() and _tells_address(value)
    ]
    others = [each for each in _inside(place.top) if each is not place.item] if shape.once else []
    hidden = [f"#/{name}" for name in shape.once if any(_has(each, name) for each in others)]
    if unknown or hidden:
        detail = "Heed does not know it here."
        raise Invalid([FieldError(each, "extra_forbidden", detail) for each in unknown + hidden])


def _tells_address(value: Any) -> bool:
    return any(_address_or_none(each) for each in _inside(value))


def _has(value: Any, name: str) -> bool:
    return isinstance(value, dict) and name in value


def _inside(value: Any) -> Iterable[Any]:
    """The value and all that is in it, however deep."""
    waiting = [value]
    while waiting:
        found = waiting.pop()
        yield found
        waiting += found if isinstance(found, list) else dict(_members(found)).values()


def _members(value: Any) -> Iterable[tuple[str, Any]]:
    return value.items() if isinstance(value, dict) else ()


def _pointer(path: Path) -> str:
    first = path if isinstance(path, str) else path[0] if isinstance(path, tuple) else ""
    return "#/" + first.partition("|")[0].removeprefix("^").replace(".", "/")


def _all_say(place: Place, rules: Rules) -> bool:
    return all(_is_one_of(place.find(path), values) for path, values in rules.items())


def _is_one_of(found: Any, values: tuple[str, ...]) -> bool:
    """Upper and lower case are alike. What is not there is an empty text; what is no text is
    none of them."""
    text = text_of(found).casefold().strip()
    return (found is None or text != "") and text in _folded(values)


def _holds_one_of(found: Any, values: tuple[str, ...]) -> bool:
    """Of a list, or of words in a text as tags are sent, one is enough."""
    if isinstance(found, list):
        return any(_is_one_of(each, values) for each in found)
    words = re.split(r"[\s,]+", text_of(found).casefold())
    return not {*words}.isdisjoint(_folded(values))


def _folded(values: tuple[str, ...]) -> set[str]:
    return {value.casefold() for value in values}
