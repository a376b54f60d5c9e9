"""The groups of confidential surveys. They are fixed when the box is opened and name nobody, so
whoever asks for such a survey need not read the table `Ballots`."""

from collections.abc import Callable, Sequence

from chalicelib import sealed_keys
from chalicelib.ballots.box import Box
from chalicelib.ballots.open_box import OpenBoxNeeds, open_box
from chalicelib.retry import retrying
from chalicelib.surveys.definition import Survey
from chalicelib.table import Put, Table

Groups = tuple[str, ...]


class GroupStore:
    """The table `Heed`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, survey_id: str) -> Groups | None:
        """None before the first ask."""
        item = self._table.get(sealed_keys.groups(survey_id))
        return tuple(item["groups"]) if item else None

    def put(self, box: Box) -> None:
        """Raises as Table.write."""
        facts = {"survey": box.survey, "groups": list(box.groups)}
        self._table.write(Put({**sealed_keys.groups(box.survey).as_item(), **facts}))


class KnownGroups:
    """Each is read once, since none ever changes."""

    def __init__(self, store: GroupStore) -> None:
        self._store = store
        self._kept: dict[str, Groups] = {}

    def of(self, survey_id: str, read: Callable[[], Groups | None]) -> Groups | None:
        """What `read` gives, unless it is known."""
        found = self._kept.get(survey_id)
        if found is None:
            found = read()
        if found is not None:
            self._kept[survey_id] = found
        return found

    def find(self, survey_id: str) -> Groups | None:
        """None before the first ask."""
        return self.of(survey_id, lambda: self._store.find(survey_id))

    def of_box(
        self, survey: Survey, listed: Sequence[str], needs: Callable[[], OpenBoxNeeds]
    ) -> Groups:
        """Opens the box if nobody was asked yet, with `listed`. Who knows them already needs
        nothing of the box. Raises as open_box."""
        return self.of(survey.id, lambda: self._told(survey, listed, needs())) or ()

    def _told(self, survey: Survey, listed: Sequence[str], needs: OpenBoxNeeds) -> Groups:
        """Told after there is a box: what is told of has keys and takes votes."""
        box = open_box(survey, listed, needs)
        if not box.told:
            retrying(lambda _: self._store.put(box), needs.pause)
            retrying(lambda _: needs.ballots.note_told(survey.id), needs.pause)
        return box.groups
