"""The order of every list of surveys."""

from typing import Final

# A sort key has 1,024 bytes, and a letter up to four.
_LONGEST: Final = 200


def by_name(name: str, survey_id: str) -> str:
    """A survey's place in the list. Behind its name stands what sorts before all that a longer
    name goes on with. A cursor holds the place, and takes no invisible character."""
    visible = "".join(letter for letter in name.casefold() if letter.isprintable())
    return f"{visible[:_LONGEST]} !{survey_id}"
