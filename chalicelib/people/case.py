"""What belongs to one invitation: everything that has its id."""

from collections.abc import Mapping

from msgspec import Struct

from chalicelib.invitations.invitation import Invitation
from chalicelib.responses.response import Response
from chalicelib.table import Item
from chalicelib.tasks.task import Task


class Case(Struct, frozen=True):
    """`mails` are the stored reminder and follow-up, by what a receipt calls them. `mail_ids`
    are those of all its e-mails that are still stored."""

    invitation: Invitation | None
    response: Response | None
    task: Task | None
    mails: Mapping[str, Item]
    mail_ids: tuple[str, ...]

    @property
    def survey(self) -> str:
        """Of a case that is not empty."""
        known = [one.survey for one in (self.invitation, self.response, self.task) if one]
        return str([*known, *(mail["survey"] for mail in self.mails.values())][0])

    @property
    def holds_an_answer(self) -> bool:
        return self.response is not None and not self.response.gone

    @property
    def is_empty(self) -> bool:
        named = self.invitation is not None and not self.invitation.is_erased
        return not (named or self.task or self.mails)

    @property
    def counts(self) -> dict[str, int]:
        """What a receipt counts of it."""
        comment = self.response and self.response.comment
        found = {
            "invitations": int(self.invitation is not None and not self.invitation.is_erased),
            "responses": int(self.holds_an_answer),
            "comments": int(bool(comment)),
            "tasks": int(self.task is not None),
            "notes": self.task.notes if self.task else 0,
            "mail_ids": len(self.mail_ids),
            **dict.fromkeys(self.mails, 1),
        }
        return {name: count for name, count in found.items() if count}
