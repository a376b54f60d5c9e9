"""What the directory says of a person, and how it fills in what a trigger leaves out. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.surveys.definition import Survey


@dataclass(frozen=True)
class Known:
    """`account` is the id of an account, `language` a BCP 47 tag."""

    role: str | None = None
    location: str | None = None
    account: str | None = None
    language: str | None = None


NOTHING = Known()


def filled(survey: Survey, given: Mapping[str, str], known: Known) -> dict[str, str]:
    """By segment. What was given stands: it tells of this service, the directory of the person in
    general. A segment that does not say what it is of is known by its name."""
    of = {name: survey.segment_of.get(name, name) for name in survey.segments}
    says = {"role": known.role, "location": known.location}
    from_directory = {name: says[of[name]] for name in survey.segments if of[name] in says}
    found = {**from_directory, **{name: fact for name, fact in given.items() if fact}}
    return {name: fact for name, fact in found.items() if fact}
