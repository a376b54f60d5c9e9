"""What sending mail needs."""

from chalicelib import retry, wiring
from chalicelib.aws.clients import client
from chalicelib.aws.mailer import SesMailer
from chalicelib.ballots import wiring as ballots_wiring
from chalicelib.brands import wiring as brands_wiring
from chalicelib.brands.brand import Logo, branding_of
from chalicelib.dns import MxLookup
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.mail.deliver import SendNeeds
from chalicelib.mail.letter import Sender
from chalicelib.mail.message import Inline, address_of
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
    """With the brand, which is read with the survey of a mail."""
    config, brand = settings(), surveys_wiring.catalogue().brand()
    keys = invitations_wiring.token_keys()
    picture = _picture_of(brand.logo, config.mail_from) if brand.logo else None
    branding = branding_of(brand, lambda _: f"cid:{picture.id}" if picture else "")
    addresses = (config.mail_from, config.mail_reply_to, config.base_url)
    return Sender(*addresses, keys, branding, picture)


def _picture_of(logo: Logo, mail_from: str) -> Inline:
    domain = address_of(mail_from).rpartition("@")[2]
    data = brands_wiring.logo_bytes(logo.digest)
    return Inline(f"{logo.digest}@{domain}", logo.file, logo.subtype, data)
