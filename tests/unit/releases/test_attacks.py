"""Attacks on what is stored of a sealed survey, by their numbers: docs/anonymity.md."""

import base64
import hashlib
import hmac
import random
import re
from itertools import pairwise, product

import pytest

from chalicelib import ids
from chalicelib.ballots.links import nonce_of
from chalicelib.errors import BallotPublished, BallotsClosed
from chalicelib.table import Item
from tests.support.ballots import CONFIDENTIAL, Sealed, full

PEOPLE = [ids.derived_id(str(number)) for number in range(40)]
REMAINING = [b"first key of these tests", b"person key of these tests", b"heed", b""]
FINER_THAN_A_DAY = re.compile(r"\d{4}-\d\d-\d\dT(?!00:00:00\.\d{3}Z)|\b1[6-9]\d{8}(\d{3})?\b")


def everything(sealed: Sealed) -> list[Item]:
    return [*sealed.ballots.items.values(), *sealed.heed.items.values()]


def joined(person: str, key: bytes) -> set[str]:
    """Whatever may be made of a person with a key, as it might stand in an item."""
    tags = (b"", b"nonce\x00", b"ballot\x00", b"receipt\x00", b"it-2026")
    digests = [hmac.digest(key, tag + person.encode(), "sha256") for tag in tags]
    digests += [hmac.digest(key, b"ballot\x00" + digest[:16], "sha256") for digest in digests]
    digests += [hashlib.sha256(b"heed receipt" + digest[:16]).digest() for digest in digests]
    texts = [
        (digest.hex(), ids.encode(digest[:16]), base64.urlsafe_b64encode(digest)[:-1].decode())
        for digest in digests
    ]
    return {person, *(text for three in texts for text in three)}


def test_a1_nothing_that_is_left_joins_a_person_to_an_answer() -> None:
    sealed = full(len(PEOPLE))
    sealed.release()
    sealed.later(days=1)
    sealed.close_all()
    left = " ".join(map(str, everything(sealed)))
    for person, key in product(PEOPLE, REMAINING):
        assert not [text for text in joined(person, key) if text in left]


def test_a2_no_ballot_can_be_computed_after_the_close() -> None:
    sealed = full(len(PEOPLE))
    before = {row["SK"] for row in sealed.rows()}
    sealed.close_all()
    sealed.seconds += 61
    assert sealed.key_store.find(sealed.survey.id) is None
    assert not [row for row in before if row.partition("#")[2] in str(everything(sealed))]


def test_a3_no_item_has_a_time_that_is_finer_than_a_day() -> None:
    sealed = full(23)
    seen = everything(sealed)
    sealed.release()
    seen += everything(sealed)
    sealed.later(days=1)
    sealed.close_all()
    seen += everything(sealed)
    assert not [item for item in seen if FINER_THAN_A_DAY.search(str(item))]


def test_a4_no_order_of_results_follows_the_order_of_the_votes() -> None:
    taus, hits, runs = [], 0, 40
    for _ in range(runs):
        sealed, people = Sealed().open(), random.sample(PEOPLE, 20)
        for place, person in enumerate(people):
            sealed.cast(person, 7, f"word {place}")
        sealed.close_all()
        listed = sorted(sealed.results(), key=lambda item: item["list_sk"])
        order = [int(item["comment"].split()[1]) for item in listed]
        taus.append(tau(order))
        hits += sum(place == number for place, number in enumerate(order))
    sd = (2 * (2 * 20 + 5) / (9 * 20 * 19) / runs) ** 0.5
    assert abs(sum(taus) / runs) < 4 * sd
    assert hits / runs < 1 + 4 / runs**0.5


def tau(order: list[int]) -> float:
    pairs = [(a, b) for place, a in enumerate(order) for b in order[place + 1 :]]
    return sum(1 if a < b else -1 for a, b in pairs) / len(pairs)


def test_a6_a_vote_changes_nothing_that_anybody_is_shown() -> None:
    sealed = Sealed().open()
    for number in range(9):
        sealed.cast(PEOPLE[number], number)
        sealed.release()
        assert sealed.heed.items == {}


@pytest.mark.parametrize("survey", [None, CONFIDENTIAL])
def test_a16_and_a17_no_two_snapshots_differ_by_fewer_than_a_group(survey: object) -> None:
    """Whoever joins or leaves between two releases is never the only one who did."""
    chance = random.Random(17)
    sealed = Sealed(CONFIDENTIAL).open() if survey else Sealed().open()
    sizes = [0]
    for day in range(18):
        for person in chance.sample(PEOPLE, chance.randrange(6)):
            try:
                sealed.cast(person, day % 11)
            except BallotPublished:
                continue
        sealed.later(days=1)
        sealed.release()
        sizes.append(len(sealed.results()))
    sealed.close_all()
    sizes.append(len(sealed.results()))
    assert all(after == before or after - before >= 5 for before, after in pairwise(sizes))
    days = [item["day"] for item in sealed.results()]
    assert all(days.count(day) >= 5 for day in days)


def test_a21_no_vote_is_taken_before_the_box_is_open_and_after_it_is_closed() -> None:
    with pytest.raises(BallotsClosed):
        Sealed().cast(PEOPLE[0], 7)
    sealed = full(12)
    keys = sealed.keys
    sealed.close_all()
    before = everything(sealed)
    sealed.key_store.find = lambda survey: keys  # type: ignore[method-assign]  # in its memory
    with pytest.raises(BallotsClosed):
        sealed.cast(PEOPLE[0], 7)
    assert everything(sealed) == before


def test_a33_an_edit_after_the_release_is_refused_and_the_stub_tells_nothing() -> None:
    sealed = full(10)
    sealed.release()
    refused = 0
    for person in PEOPLE[:10]:
        try:
            sealed.cast(person, 10)
        except BallotPublished:
            refused += 1
    assert refused == 5
    assert [set(row) for row in sealed.rows() if "done" in row] == [{"PK", "SK", "done"}] * 5
    assert 10 not in [item["score"] for item in sealed.results()]


def test_a34_a_block_shares_nothing_with_its_ballots_but_what_it_says() -> None:
    sealed = full(23)
    before = {row["SK"]: row for row in sealed.rows()}
    sealed.release()
    after = {row["SK"]: row for row in sealed.rows()}
    moved = [row for place, row in before.items() if "done" in after[place]]
    assert len(moved) == len(sealed.results()) == 15
    said = {text for row in moved for text in (row["comment"], row["receipt"], *row["groups"])}
    known = {part for row in moved for part in texts_in(row)} - said
    assert not known & {part for item in sealed.results() for part in texts_in(item)}


def texts_in(value: object) -> set[str]:
    if isinstance(value, dict):
        return {part for name, of in value.items() if name != "PK" for part in texts_in(of)}
    if isinstance(value, list | tuple):
        return {part for one in value for part in texts_in(one)}
    return {value} if isinstance(value, str) and value != "other" else set()


def test_a_look_at_both_tables_while_it_is_open_needs_the_keys() -> None:
    sealed = full(10)
    texts = " ".join(map(str, everything(sealed)))
    for person in PEOPLE[:10]:
        assert person not in texts
        assert nonce_of("anonymous", person, sealed.keys).hex() not in texts
