"""The writes that take a person out."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib import keys, member_keys
from chalicelib.people.case import Case
from chalicelib.people.erasure import Erasure
from chalicelib.people.store import counting
from chalicelib.responses.erasing import erasing as erasing_answer
from chalicelib.table import Check, Delete, Key, Write, key_of
from chalicelib.tasks.store import erasing as erasing_task


def erasing_case(case: Case, now: datetime, shard: int) -> list[Write | Check]:
    writes: list[Write | Check] = []
    if case.invitation and not case.invitation.is_erased:
        writes += erasing_answer(case.invitation, case.response, now, shard)
    if case.task:
        writes += erasing_task(case.task, shard)
    for mail in case.mails.values():
        as_read = {"status": mail["status"], "attempts": mail["attempts"]}
        writes.append(Delete(key_of(mail), as_read))
    if case.invitation:
        writes.append(Delete(keys.served(case.invitation.id)))
    return [*writes, *(Delete(keys.mail(message)) for message in case.mail_ids)]


def signing_out(key: Key, person_id: str, erasure: Erasure) -> list[Write]:
    """The member is counted, sessions are not."""
    is_counted = key == member_keys.member(person_id)
    return deleting([key], "members", erasure) if is_counted else [Delete(key)]


def deleting(found: Sequence[Key], name: str, erasure: Erasure) -> list[Write]:
    deletes = [Delete(key, {"PK": key.pk}) for key in found]
    return [*deletes, *counting(erasure.id, {name: len(deletes)})]
