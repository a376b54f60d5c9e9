"""What a task is about, for the people who work on it. Pure."""

from chalicelib.discreet import Discreet
from chalicelib.invitations.invitation import Ticket
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.tasks.task import Task


class Matter(Discreet, frozen=True):
    """`words` are what was said, or why the task was opened by hand. `unhappy` counts the answers
    of a release, which tells nothing else."""

    hidden = ("words", "name", "email")

    words: str | None = None
    wishes_contact: bool = False
    name: str | None = None
    email: str | None = None
    ticket: Ticket | None = None
    unhappy: int | None = None


def matter_of(
    task: Task, response: Response | None, survey: Survey, address: str | None = None
) -> Matter:
    """`address` is what somebody typed who asked an anonymous survey to be contacted."""
    is_told = not survey.is_sealed or (response is not None and response.is_named_ballot)
    if response is None or not response.is_counted or not is_told:
        noted = (entry.note for entry in task.history if entry.what == "opened")
        return Matter(next(noted, None), ticket=task.ticket, unhappy=task.unhappy)
    email = response.email or address
    return Matter(words_of(response), response.contact, response.name, email, task.ticket)


def words_of(response: Response) -> str | None:
    """The comment, and what was written to the survey's other questions."""
    said = [response.comment, *response.answers.values()]
    return "\n".join(text for text in said if isinstance(text, str) and text.strip()) or None
