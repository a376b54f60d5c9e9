"""What a storm left behind, held against what the clients were told."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from chalicelib.invitations.person import person_id
from chalicelib.table import Item
from tests.storm.rest import Rest
from tests.storm.told import Told
from tests.storm.world import SURVEY, Mail
from tests.support.recount import contradictions, out_of_place, recounted, tallied

UNHAPPY = ("detractor", "dissatisfied")
TOMBSTONE = {"PK", "SK", "id", "version", "erased_at", "unsubscribed_at", "bounced_at"}


@dataclass
class Left:
    """All that is there after a storm."""

    items: Sequence[Item]
    mails: Sequence[Mail]
    lines: Sequence[str]
    rest: Rest
    person_key: str

    def of(self, kind: str) -> dict[str, Item]:
        """By id."""
        found = [item for item in self.items if item["SK"] == kind]
        return {item["PK"].partition("#")[2]: item for item in found}

    @property
    def repeats(self) -> int:
        """Mails beside the first of the same kind and invitation."""
        kinds = {(mail.invitation, mail.is_follow_up) for mail in self.mails}
        return len(self.mails) - len(kinds)


@dataclass
class Findings:
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.lost) + len(self.doubled) + len(self.wrong)


def look_at(left: Left, told: Iterable[Told]) -> Findings:
    found, told = Findings(), list(told)
    _compare_counts(left, found)
    _compare_answers(left, told, found)
    _compare_invitations(left, told, found)
    _compare_mails(left, found)
    _compare_tasks(left, found)
    _compare_silence(left, told, found)
    _compare_erased(left, told, found)
    if not left.rest.is_calm:
        found.wrong.append("it did not come to rest, so what is lost was not looked for")
    found.lost += [f"still on its way: {item}" for item in left.rest.moving]
    found.wrong += [f"set aside: {item['PK']}" for item in left.items if _is_aside(item)]
    found.wrong += [f"an address in the log: {line[:200]}" for line in left.lines]
    return found


def _is_aside(item: Item) -> bool:
    return item.get("due_shard") == "aside"


def _compare_counts(left: Left, found: Findings) -> None:
    kept, truth = tallied(left.items), recounted(left.items)
    for cell in sorted(kept.keys() | truth.keys()):
        if kept.get(cell) != truth.get(cell):
            found.wrong.append(f"{cell} holds {kept.get(cell)}, counted {truth.get(cell)}")
    found.wrong += [f"more answers than asked: {cell}" for cell in contradictions(left.items)]
    found.wrong += [f"change out of place: {answer}" for answer in out_of_place(left.items)]


def _compare_answers(left: Left, told: Iterable[Told], found: Findings) -> None:
    responses = left.of("RESPONSE")
    for person in told:
        item = responses.get(str(person.invitation), {})
        stored = (int(item["score"]), item["comment"]) if item.get("comment") else None
        if person.deleted and stored:
            found.wrong.append(f"deleted and there: {person.invitation}")
        elif stored not in person.possible:
            found.lost.append(f"{person.invitation} is {stored}, told {person.presses[-4:]}")
        counted = item.get("state") == "counted" or item.get("gone")
        if any(press.taken for press in person.presses) and not person.is_gone and not counted:
            found.lost.append(f"{person.invitation} was taken and is {item.get('state')}")


def _compare_invitations(left: Left, told: Iterable[Told], found: Findings) -> None:
    invitations = left.of("INVITE")
    for person in told:
        if person.invitation not in invitations:
            found.lost.append(f"invitation {person.invitation} was taken and is not there")
    mailed = {person.address: person.invitation for person in told if person.mailed}
    for item in invitations.values():
        address = item.get("email")
        if address in mailed and not item["PK"].endswith(str(mailed[address])):
            later = [id_ for person in told for id_ in person.asked_later]
            if item["id"] not in later:
                found.doubled.append(f"{item['id']} beside {mailed[address]}")


def _compare_mails(left: Left, found: Findings) -> None:
    """Two only where the outcome of a call was unknown, and the item says so."""
    ids = Counter(mail.message_id for mail in left.mails)
    found.doubled += [
        f"Message-ID {name} {count} times" for name, count in ids.items() if count > 1
    ]
    for kind, is_follow_up in (("INVITE", False), ("FOLLOWUP", True)):
        of_kind = [mail for mail in left.mails if mail.is_follow_up == is_follow_up]
        sent = Counter(mail.invitation for mail in of_kind)
        for id_, item in left.of(kind).items():
            if item.get("survey") == SURVEY and item.get("reason") != "erased":
                _compare_mail(f"{kind} {id_}", item, sent[id_], found)
        found.doubled += [f"{n} mails of {kind} {id_}" for id_, n in sent.items() if n > 2]


def _compare_mail(name: str, item: Item, sent: int, found: Findings) -> None:
    calls = int(item.get("unknown", 0))
    if sent > min(2, calls):
        found.doubled.append(f"{sent} mails of {name}, which tells of {calls}")
    if item.get("status") == "sent" and not sent:
        found.lost.append(f"{name} is shown as sent and is in no mailbox")
    if item.get("reason") == "mail_refused":
        found.wrong.append(f"{name} was refused by nobody")


def _compare_tasks(left: Left, found: Findings) -> None:
    tasks, follow_ups, invitations = left.of("TASK"), left.of("FOLLOWUP"), left.of("INVITE")
    for id_, item in left.of("RESPONSE").items():
        if item["survey"] != SURVEY or item.get("gone") or item["state"] != "counted":
            continue
        if item["band"] in UNHAPPY and item["origin"] == "tap":
            if id_ not in tasks:
                found.lost.append(f"no task for {id_}")
            if id_ not in follow_ups and invitations.get(id_, {}).get("email"):
                found.lost.append(f"no follow-up for {id_}")


def _compare_silence(left: Left, told: Iterable[Told], found: Findings) -> None:
    invitations, mailed = left.of("INVITE"), {mail.invitation for mail in left.mails}
    follow_ups = left.of("FOLLOWUP")
    for person in told:
        reasons = {person.silent} | ({"erased"} if person.may_be_erased else set())
        for later in person.asked_later:
            item = invitations.get(later, {})
            if later in mailed or item.get("reason") not in reasons:
                found.wrong.append(f"{person.silent}, and {later} is {item.get('status')}")
        after = follow_ups.get(str(person.invitation), {})
        is_late = person.silent_at and after.get("created_at", "") > person.silent_at
        if is_late and after["status"] == "sent":
            found.wrong.append(f"{person.silent}, and a follow-up to {person.invitation}")


def _compare_erased(left: Left, told: Iterable[Told], found: Findings) -> None:
    texts = [(item, str(item)) for item in left.items]
    for person in told:
        if not person.erased:
            continue
        address = str(person.address)
        id_ = person_id(address, left.person_key)
        marks = [address, *(press.words for press in person.presses)]
        for item, text in texts:
            of_person = id_ in text and not set(item) <= TOMBSTONE
            if of_person or any(mark in text for mark in marks):
                found.wrong.append(f"erased, and still in {item['PK']} {item['SK']}")
