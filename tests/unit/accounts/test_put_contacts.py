from datetime import timedelta

from chalicelib.accounts.account import Capacity, Contact, Engagement
from chalicelib.accounts.store import CONTACTS_AT_ONCE, AccountStore
from chalicelib.errors import OutcomeUnknown
from chalicelib.web.import_rows import Stored
from tests.support.fakes import FakeTable
from tests.support.samples import NOW


def contact(number: int, email: str = "anna@acme.example.com") -> Contact:
    return Contact(
        account="acme",
        id=f"p{number}",
        person="person",
        email=email,
        name=None,
        role=None,
        capacity=Capacity.USES,
        engagement=Engagement.NORMAL,
        left=False,
        added_at=NOW + timedelta(seconds=number),
    )


def calls_of(table: FakeTable) -> list[str]:
    made: list[str] = []
    table.before = made.append
    return made


def test_as_many_contacts_as_fit_take_one_read_and_one_transaction() -> None:
    table = FakeTable()
    calls = calls_of(table)
    fates = AccountStore(table).put_contacts([contact(n) for n in range(CONTACTS_AT_ONCE)], kept=())
    assert fates == [Stored(f"p{n}") for n in range(CONTACTS_AT_ONCE)]
    assert calls == ["get_all", "transact"]


def test_only_the_contacts_that_changed_are_written() -> None:
    table = FakeTable()
    store = AccountStore(table)
    store.put_contacts([contact(n) for n in range(CONTACTS_AT_ONCE)], kept=())
    versions = {key: item["version"] for key, item in table.items.items()}
    store.put_contacts([contact(0, "new@acme.example.com"), contact(1)], kept=())
    changed = [item for key, item in table.items.items() if item["version"] != versions[key]]
    assert [item["email"] for item in changed] == ["new@acme.example.com"]


def test_a_transaction_that_is_lost_is_stored_one_by_one() -> None:
    table = FakeTable()

    def lose(operation: str) -> None:
        if operation == "transact":
            table.before = lambda _: None
            raise OutcomeUnknown

    table.before = lose
    fates = AccountStore(table).put_contacts([contact(n) for n in range(3)], kept=())
    assert fates == [Stored(f"p{n}") for n in range(3)]
    assert len(table.items) == 3
