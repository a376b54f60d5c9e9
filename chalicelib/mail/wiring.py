"""What sending mail needs."""

from chalicelib import retry, wiring
from chalicelib.aws.clients import client
from chalicelib.aws.mailer import SesMailer
from chalicelib.ballots import wiring as ballots_wiring
from chalicelib.dns import MxLookup
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.mail.deliver import SendNeeds
from chalicelib.mail.letter import Sender
from chalicelib.mail.mx import Postures
from chalicelib.mail.store import OutboxStore, PostureStore
from chalicelib.responses import wiring as responses_wiring
from chalicelib.settings import settings
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.tally import wiring as tally_wiring


def outbox() -> OutboxStore:
    return OutboxStore(wiring.table())


def postures() -> Postures:
    return Postures(PostureStore(wiring.table()), MxLookup().hosts)


def send_needs() -> SendNeeds:
    return SendNeeds(
        outbox=outbox(),
        person=invitations_wiring.people().get,
        survey=surveys_wiring.catalogue().get,
        ballot_keys=ballots_wiring.ballot_keys().find,
        response=responses_wiring.responses().find,
        posture=postures().of,
        mailer=SesMailer(client("ses"), settings().configuration_set),
        sender=sender,
        pause=wiring.pause,
        shard_of=tally_wiring.shards().for_try,
        time_left=retry.time_left,
    )


def sender() -> Sender:
    config = settings()
    keys = invitations_wiring.token_keys()
    return Sender(config.mail_from, config.mail_reply_to, config.base_url, keys)
