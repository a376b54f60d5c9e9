from collections.abc import Container, Sequence
from datetime import datetime, timedelta

from chalicelib import keys, moments, sent_keys
from chalicelib.errors import WriteRefused
from chalicelib.invitations.invitation import GIVE_UP, POSTPONE, SEND, SUPPRESS, Reason, Status
from chalicelib.mail.store import CLAIMED, LISTED
from chalicelib.notify.letter import Letter
from chalicelib.table import IF_NEW, Delete, Item, Put, Table, Update, each, key_of

# Longer than any event, queue or night may bring the same again.
KEPT = timedelta(days=60)


class LetterStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, letter: Letter, dropped: Container[str] = ()) -> bool:
        """Also in the place of one that did not go for a reason of `dropped`. False when it is
        there already. Raises as Table.write."""
        item = letter_to_item(letter)
        try:
            self._table.write(Put(item, IF_NEW))
        except WriteRefused as refused:
            return self._add_again(item, refused.current or {}, dropped)
        return True

    def _add_again(self, item: Item, current: Item, dropped: Container[str]) -> bool:
        if current.get("status") != Status.SUPPRESSED or current.get("reason") not in dropped:
            return False
        when = {**SUPPRESS.set, "reason": current["reason"]}
        try:
            self._table.write(Put(item, when))
        except WriteRefused:
            return False
        return True

    def any_of(self, letters: Sequence[Letter]) -> bool:
        """Whether one of them is there."""
        return bool(each(self._table, [sent_keys.letter(letter.id) for letter in letters]))

    def put_off(self, item: Item, until: datetime, reason: str) -> None:
        """Raises WriteRefused when another run has claimed it meanwhile."""
        due = {**_due(item["id"], until), "put_off": reason, "expires_at": _ends(until)}
        when = {**POSTPONE.when, "attempts": item["attempts"]}
        self._table.write(Update(key_of(item), {**POSTPONE.set, **due}, remove=CLAIMED, when=when))

    def bring_forward(self, letter_id: str, to: datetime, reason: str) -> bool:
        """One that was put off for this reason, and waits. Raises as Table.write, but for a
        refusal."""
        when = {"status": Status.WAITING.value, "put_off": reason}
        try:
            key = sent_keys.letter(letter_id)
            self._table.write(Update(key, _due(letter_id, to), when=when))
        except WriteRefused:
            return False
        return True

    def sent(self, item: Item, message_id: str | None, now: datetime) -> None:
        """`message_id` None: the mail service never answered. A bounce finds the person by the
        tags of the e-mail, so that no id of a message is kept. Raises as Table.transact."""
        known = {**SEND.set, "sent_at": moments.to_text(now)}
        if message_id is None:
            known |= {**GIVE_UP.set, "reason": Reason.MAIL_UNKNOWN.value}
        gone = (*CLAIMED, *LISTED)
        sent = Update(key_of(item), set=known, remove=gone, when=SEND.when)
        served = item["to"].get("invitation")
        if served:  # whoever served has the words now
            self._table.transact([sent, Delete(keys.served(served))])
        else:
            self._table.write(sent)


def letter_to_item(letter: Letter) -> Item:
    created, due_at = moments.to_text(letter.created_at), letter.due_at
    shard = keys.due_shard(letter.id)
    item: Item = {
        **sent_keys.letter(letter.id).as_item(),
        "list_pk": sent_keys.letters_in(shard),
        "list_sk": keys.listed_by(created, letter.id),
        "id": letter.id,
        "kind": letter.kind,
        "about": letter.about,
        "to": dict(letter.to),
        "status": (Status.WAITING if due_at else Status.QUEUED).value,
        "created_at": created,
        "attempts": 0,
        "expires_at": _ends(due_at or letter.created_at),
    }
    item |= {"survey": letter.survey} if letter.survey else {}
    item |= {"once": letter.once} if letter.once else {}
    return item | (_due(letter.id, due_at) if due_at else {})


def _due(letter_id: str, due_at: datetime) -> Item:
    return {"due_at": moments.to_text(due_at), "due_shard": keys.due_shard(letter_id)}


def _ends(due_at: datetime) -> int:
    return int((due_at + KEPT).timestamp())


def letter_from_item(item: Item) -> Letter:
    return Letter(
        id=item["id"],
        kind=item["kind"],
        about=item["about"],
        to=item["to"],
        created_at=moments.from_text(item["created_at"]),
        survey=item.get("survey"),
        due_at=moments.from_text(item["due_at"]) if "due_at" in item else None,
        once=item.get("once", ""),
    )
