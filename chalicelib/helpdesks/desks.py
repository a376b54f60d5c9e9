"""The help desks whose tickets take notes, by source. Add the next one here."""

from collections.abc import Mapping
from typing import Final

from chalicelib.helpdesks import zendesk_notes
from chalicelib.helpdesks.note import WriteNote

DESKS: Final[Mapping[str, WriteNote]] = {"zendesk": zendesk_notes.write_note}
