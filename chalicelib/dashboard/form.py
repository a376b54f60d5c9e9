"""A form of the pages, as it was sent."""

import re
from collections.abc import Mapping
from urllib.parse import parse_qs

from chalicelib.dashboard.upload import read_multipart
from chalicelib.errors import BadRequest
from chalicelib.responses.pages.form import clean

LARGEST = 256 * 1024
MOST_FIELDS = 500
# The edition of what was looked at.
SEEN = "seen"
# Fields that nobody types, and one that no page shows again.
UNTYPED = frozenset({"act", "csrf", "once", SEEN, "version"})
SECRET = "secret"  # noqa: S105 - the name of a field


class Form:
    """`typed` is every value of each field, cleaned; `files` what was chosen, by its field."""

    def __init__(
        self, typed: Mapping[str, list[str]], files: Mapping[str, bytes] | None = None
    ) -> None:
        self.typed, self.files = typed, files or {}

    def text(self, name: str) -> str:
        """The first value, empty when there is none."""
        return next(iter(self.typed.get(name, ())), "")

    def maybe(self, name: str) -> str | None:
        """None for an empty field, as the API says that nothing is said."""
        return self.text(name) or None

    def every(self, name: str) -> list[str]:
        """Of ticked boxes, or of fields of one name; without the empty ones."""
        return [value for value in self.typed.get(name, ()) if value]

    def lines(self, name: str) -> list[str]:
        """One for each line of a text, without the empty ones."""
        return [line.strip() for line in self.text(name).splitlines() if line.strip()]

    def number(self, name: str) -> int | str | None:
        """None for an empty field. What is no number stays, so that it is refused by its name."""
        text = self.text(name)
        return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text, re.ASCII) else text or None

    @property
    def has_words(self) -> bool:
        return any(self.text(name) for name in self.typed.keys() - UNTYPED)

    @property
    def is_typed(self) -> bool:
        """Whether it has fields at all: a button that is a form of its own leaves those of the
        page as they are stored."""
        return bool(self.typed.keys() - UNTYPED)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What can be sent again, as names with values."""
        shown = {name: given for name, given in self.typed.items() if name != SECRET}
        return [(name, value) for name, given in shown.items() for value in given]

    def is_ticked(self, name: str) -> bool:
        return bool(self.text(name))


EMPTY = Form({})


def read_form(raw: bytes, content_type: str, takes_file: bool = False) -> Form:
    """Raises BadRequest."""
    kind = content_type.partition(";")[0].strip().lower()
    if takes_file and kind == "multipart/form-data":
        given, files = read_multipart(raw, content_type)
        return Form(_cleaned(given), files)
    if len(raw) > LARGEST:
        raise BadRequest("form_too_large", "The form is too large.")
    if kind != "application/x-www-form-urlencoded":
        raise BadRequest("no_form", "This is no form.")
    try:
        fields = parse_qs(
            raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except ValueError as error:
        raise BadRequest("form_unreadable", "The form cannot be read.") from error
    return Form(_cleaned(fields))


def _cleaned(fields: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {name: [clean(value) for value in given] for name, given in fields.items()}
