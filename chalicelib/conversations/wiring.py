"""What the routes of conversations need."""

from chalicelib import wiring
from chalicelib.ballots import wiring as ballots_wiring
from chalicelib.conversations.reply import ReplyNeeds
from chalicelib.responses import wiring as responses_wiring


def reply_needs() -> ReplyNeeds:
    answers = responses_wiring.responses()
    return ReplyNeeds(ballots_wiring.conversations(), answers.find, wiring.pause)
