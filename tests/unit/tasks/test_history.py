"""What a task remembers, and where that ends."""

from datetime import timedelta

from chalicelib.tasks.history import MOST, MOST_WORDS, Entry, with_entry
from tests.support.samples import NOW


def remembered(*notes: str | None) -> tuple[Entry, ...]:
    history: tuple[Entry, ...] = ()
    for number, note in enumerate(notes):
        entry = Entry(NOW + timedelta(minutes=number), "kari", "noted", note=note)
        history = with_entry(history, entry)
    return history


def test_of_long_notes_the_last_are_kept_and_of_the_others_that_they_were() -> None:
    long = "a" * (MOST_WORDS // 4)
    history = remembered("short", *[long] * 5, None)
    assert [entry.note for entry in history] == [None, None, *[long] * 4, None]


def test_fifty_lines_of_the_longest_are_all_kept() -> None:
    line = "é" * 200
    assert [entry.note for entry in remembered(*[line] * (MOST + 3))] == [line] * MOST
