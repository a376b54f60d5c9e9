"""What the directory says of a person, and how it fills in what a trigger leaves out. Pure."""

from collections.abc import Mapping

from msgspec import Struct

from chalicelib.surveys.definition import Survey


class Known(Struct, frozen=True):
    """`account` is the id of an account, `language` a BCP 47 tag."""

    role: str | None = None
    location: str | None = None
    account: str | None = None
    language: str | None = None


NOTHING = Known()


def filled(
    survey: Survey, given: Mapping[str, str], known: Known, by_tool: bool = False
) -> dict[str, str]:
    """By segment. A segment that does not say what it is of is known by its name. What a caller
    gave stands: whoever gives it means it. Of what a tool sends by itself (`by_tool`) the
    directory knows better, and the tool fills in what it does not know."""
    of = {name: survey.segment_of.get(name, name) for name in survey.segments}
    says = {"role": known.role, "location": known.location}
    from_directory = {name: says[of[name]] for name in survey.segments if says.get(of[name])}
    by_kind = {name: given[of[name]] for name in survey.segments if given.get(of[name])}
    told = {**by_kind, **{name: fact for name, fact in given.items() if fact}}
    found = {**told, **from_directory} if by_tool else {**from_directory, **told}
    return {name: fact for name, fact in found.items() if fact}
