from chalicelib import keys, sealed_keys
from chalicelib.ballots.conversation import Conversation, Message, Side
from chalicelib.table import ABSENT, Condition, Item, Put, Query, Table, Update


class ConversationStore:
    """In the table `Ballots`, which has no stream and no backup: either would keep the time of
    each message. The id is that of the published answer, a hash of the receipt's code: the hash
    on the board does not lead to it."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, survey_id: str, answer: str) -> Conversation:
        """One without messages when there is none."""
        item = self._table.get(sealed_keys.conversation(survey_id, answer))
        return _from_item(item) if item else Conversation(survey_id, answer)

    def put(self, before: Conversation, after: Conversation) -> None:
        """Raises as Table.write."""
        self._table.write(Put(_to_item(after), _as_read(before)))

    def end(self, survey_id: str, answer: str) -> None:
        """Whatever was said is gone, and nobody says more. Safe to run twice."""
        key = sealed_keys.conversation(survey_id, answer)
        self._table.write(Update(key, set={"ended": True}, remove=["messages", "count"]))

    def page(
        self, survey_id: str, limit: int, after: Item | None
    ) -> tuple[list[Conversation], Item | None]:
        """In the order of the answers' ids, which tells of no time."""
        lowest, highest = sealed_keys.CONVERSATION_RANGE
        query = Query(
            sealed_keys.ballots_of(survey_id),
            lowest=lowest,
            highest=highest,
            limit=limit,
            after=after,
        )
        page = self._table.query(query)
        return [_from_item(item) for item in page.items], page.next


def _as_read(before: Conversation) -> Condition:
    return {"count": len(before.messages) or ABSENT, "ended": ABSENT}


def _to_item(conversation: Conversation) -> Item:
    key = sealed_keys.conversation(conversation.survey, conversation.answer)
    messages = [
        {"by": message.by.value, "day": message.day, "text": message.text}
        for message in conversation.messages
    ]
    return {**key.as_item(), "count": len(messages), "messages": messages}


def _from_item(item: Item) -> Conversation:
    return Conversation(
        survey=keys.id_of(item["PK"]),
        answer=keys.id_of(item["SK"]),
        messages=tuple(
            Message(Side(message["by"]), message["day"], message["text"])
            for message in item.get("messages", ())
        ),
        ended=item.get("ended", False),
    )
