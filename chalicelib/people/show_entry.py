"""An entry of the directory as the API shows it."""

from chalicelib import moments
from chalicelib.people import schemas
from chalicelib.people.entry import Entry


def show_entry(entry: Entry) -> schemas.PersonKnown:
    return {
        "id": entry.person,
        "role": entry.known.role,
        "location": entry.known.location,
        "account": entry.known.account,
        "language": entry.known.language,
        "external_ids": list(entry.external_ids or ()),
        "changed_at": moments.to_text(entry.changed_at),
    }
