"""What asking people and issuing links need."""

from collections.abc import Callable

from chalicelib import wiring as root_wiring
from chalicelib.ballots import wiring as ballots_wiring
from chalicelib.ballots.open_box import note_wave, open_box
from chalicelib.invitations import wiring
from chalicelib.invitations.ask import AskNeeds
from chalicelib.invitations.cancel import CancelNeeds
from chalicelib.invitations.hook_ticket import HookTicketStore
from chalicelib.invitations.issue_links import IssueLinksNeeds
from chalicelib.tally import wiring as tally_wiring
from chalicelib.web.idempotency import DeliveryStore


def ask_needs(time_left: Callable[[], float]) -> AskNeeds:
    return AskNeeds(
        invitations=wiring.invitations(),
        deliveries=DeliveryStore(root_wiring.table()),
        person_id=wiring.person_of,
        key_id=lambda: wiring.token_keys().active,
        groups=lambda survey, listed: ballots_wiring.known_groups().of_box(
            survey, listed, ballots_wiring.open_box_needs
        ),
        open_box=lambda survey, groups: open_box(survey, groups, ballots_wiring.open_box_needs()),
        note_wave=lambda box, wave: note_wave(box, wave, ballots_wiring.open_box_needs()),
        pause=root_wiring.pause,
        time_left=time_left,
    )


def cancel_needs(time_left: Callable[[], float]) -> CancelNeeds:
    return CancelNeeds(
        HookTicketStore(root_wiring.table()), wiring.invitations(), root_wiring.pause, time_left
    )


def issue_links_needs(time_left: Callable[[], float]) -> IssueLinksNeeds:
    return IssueLinksNeeds(
        invitations=wiring.invitations(),
        deliveries=DeliveryStore(root_wiring.table()),
        person=wiring.people().with_what_is_known,
        person_id=wiring.person_of,
        key_id=lambda: wiring.token_keys().active,
        pause=root_wiring.pause,
        shard_of=tally_wiring.shards().for_try,
        time_left=time_left,
    )
