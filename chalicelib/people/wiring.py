"""What erasing, exporting and forgetting people need."""

from collections.abc import Callable

from chalicelib import wiring
from chalicelib.accounts import wiring as accounts_wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.logs import log_failure
from chalicelib.lookups import wiring as lookups_wiring
from chalicelib.members import wiring as members_wiring
from chalicelib.outcomes import wiring as outcomes_wiring
from chalicelib.people.directory_store import DirectoryStore
from chalicelib.people.erase_person import ErasePersonNeeds
from chalicelib.people.export_person import ExportPersonNeeds, OpenSealed
from chalicelib.people.forget import ForgetNeeds
from chalicelib.people.import_people import DirectoryNeeds
from chalicelib.people.store import PeopleStore
from chalicelib.responses import wiring as responses_wiring
from chalicelib.retry import no_limit
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.tally import wiring as tally_wiring
from chalicelib.teams import wiring as teams_wiring


def people() -> PeopleStore:
    return PeopleStore(wiring.table())


def directory() -> DirectoryStore:
    return DirectoryStore(wiring.table())


def directory_needs() -> DirectoryNeeds:
    known = accounts_wiring.accounts().known
    return DirectoryNeeds(directory(), invitations_wiring.person_of, known)


def erase_person_needs(time_left: Callable[[], float] = no_limit) -> ErasePersonNeeds:
    return ErasePersonNeeds(
        people(),
        responses_wiring.responses(),
        accounts_wiring.accounts(),
        teams_wiring.teams(),
        members_wiring.members(),
        invitations_wiring.served(),
        lookups_wiring.memory(),
        surveys_wiring.catalogue().get,
        wiring.pause,
        tally_wiring.shards().for_try,
        time_left,
    )


def export_person_needs(open_sealed: OpenSealed) -> ExportPersonNeeds:
    return ExportPersonNeeds(
        people(),
        directory(),
        accounts_wiring.accounts(),
        teams_wiring.teams(),
        members_wiring.members(),
        invitations_wiring.served(),
        outcomes_wiring.outcomes(),
        surveys_wiring.surveys().get,
        open_sealed,
    )


def forget_needs(time_left: Callable[[], float]) -> ForgetNeeds:
    return ForgetNeeds(
        surveys_wiring.surveys().every,
        invitations_wiring.invitations(),
        people(),
        lambda error: log_failure("forget", error),
        wiring.pause,
        time_left,
    )
