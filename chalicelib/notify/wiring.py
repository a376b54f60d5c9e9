"""What writing and sending letters needs."""

from collections.abc import Mapping
from functools import partial

from chalicelib import wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.mail import wiring as mail_wiring
from chalicelib.notify.compose import Compose
from chalicelib.notify.letter_store import LetterStore
from chalicelib.notify.letters.words import WordsNeeds, compose_words
from chalicelib.notify.send_letter import SendLetterNeeds
from chalicelib.responses import wiring as responses_wiring
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.teams import wiring as teams_wiring


def letters() -> LetterStore:
    return LetterStore(wiring.table())


def send_letter_needs() -> SendLetterNeeds:
    has_stopped = invitations_wiring.people().has_stopped
    return SendLetterNeeds(letters(), composers(), has_stopped, mail_wiring.send_needs())


def composers() -> Mapping[str, Compose]:
    """By the kind of letters."""
    return {"words": partial(compose_words, needs=words_needs())}


def words_needs() -> WordsNeeds:
    return WordsNeeds(
        responses_wiring.responses().find,
        surveys_wiring.surveys().get,
        invitations_wiring.served().find,
        teams_wiring.teams().find,
    )
