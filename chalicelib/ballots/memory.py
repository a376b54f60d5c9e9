"""What a confidential survey remembers of an invitation. Nothing reads it but a look-up that is
recorded, an erasure, and the export of the person's own data."""

from msgspec import Struct

from chalicelib import sealed_keys
from chalicelib.ballots.ballot import Ballot
from chalicelib.ballots.conversation_store import ConversationStore
from chalicelib.ballots.items import ballot_from_item, is_stub
from chalicelib.ballots.store import STANDING
from chalicelib.errors import Unavailable
from chalicelib.table import Delete, Table, Update


class Remembered(Struct, frozen=True):
    """The ballot of an invitation, or the id of the published answer that it became."""

    ballot: Ballot | None = None
    result: str | None = None


class BallotMemory:
    """In the table `Ballots`, where a ballot of a confidential survey has the id of its
    invitation."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, survey_id: str, invitation_id: str) -> Remembered | None:
        item = self._table.get(sealed_keys.ballot(survey_id, invitation_id))
        if item is None:
            return None
        if is_stub(item):
            return Remembered(result=item["result"]) if "result" in item else None
        return Remembered(ballot=ballot_from_item(item))

    def end_conversation(self, survey_id: str, answer: str) -> None:
        """Safe to run twice."""
        ConversationStore(self._table).end(survey_id, answer)

    def forget(self, survey_id: str, invitation_id: str, known: Remembered) -> None:
        """A ballot goes. Of a published one it stays known that there was one, and what was
        written about it goes. Raises as Table.write, and Unavailable while a release has the
        ballot."""
        key = sealed_keys.ballot(survey_id, invitation_id)
        if known.result:
            ConversationStore(self._table).end(survey_id, known.result)
        if known.ballot is None:
            self._table.write(Update(key, remove=["result"], when={"result": known.result}))
        elif known.ballot.taken is not None:
            raise Unavailable
        else:
            self._table.write(Delete(key, {**STANDING, "salt": known.ballot.salt.hex()}))
