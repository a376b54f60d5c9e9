"""Keys of a sealed survey: three, made once, kept for a minute, destroyed for good."""

from chalicelib.ballots.ballot_keys import BallotKeyStore
from tests.support.ballots import FakeSecrets, Sealed


def stores(secrets: FakeSecrets) -> tuple[BallotKeyStore, list[float]]:
    clock = [0.0]
    return BallotKeyStore(secrets, "heed/ballots", lambda: clock[0]), clock


def test_three_keys_are_made_and_no_two_are_alike() -> None:
    secrets = FakeSecrets()
    store, _ = stores(secrets)
    for survey in ("one", "two"):
        store.make(survey)
    made = [store.find(survey) for survey in ("one", "two")]
    keys = {key for found in made if found for key in (found.mail, found.verify, found.record)}
    assert [len(key) for key in keys] == [32] * 6
    assert set(secrets.stored) == {"heed/ballots/one", "heed/ballots/two"}


def test_keys_that_are_there_stay() -> None:
    store, _ = stores(FakeSecrets())
    store.make("one")
    before = store.find("one")
    store.make("one")
    assert store.find("one") == before


def test_keys_are_kept_for_a_minute() -> None:
    secrets, read = FakeSecrets(), list[str]()
    store, clock = stores(secrets)
    store.make("one")
    secrets.before = read.append
    store.find("one")
    clock[0] = 60
    store.find("one")
    assert read == ["read"]
    secrets.stored.clear()  # another function destroyed them
    clock[0] = 60.1
    assert store.find("one") is None


def test_destroyed_keys_are_not_kept() -> None:
    store, _ = stores(FakeSecrets())
    store.make("one")
    store.find("one")
    store.destroy("one")
    store.destroy("one")
    assert store.find("one") is None


def test_no_key_is_written_by_accident() -> None:
    sealed = Sealed().open()
    assert repr(sealed.keys) == "BallotKeys()"
    sealed.cast("person", 7, "The printer is fast.")
    (ballot,) = sealed.waiting()
    assert "printer" not in repr(ballot)
    assert repr(ballot.salt) not in repr(ballot)
