from contextlib import suppress

from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.errors import BadRequest, HeedError, Invalid, Unavailable
from chalicelib.web.csv_import import Row, Stored, import_rows, read_rows

HEADER = b"contact,email\r\n"


def rows(raw: bytes) -> list[Row]:
    return read_rows(raw, "text/csv; charset=utf-8", ("contact", "email"), ("contact",))


def test_what_spreadsheets_write_is_read() -> None:
    found = rows(b'\xef\xbb\xbfContact , email\r\n"a, ""b""",\r\n\r\nc,"two\nlines"\r\n')
    assert [row.cells for row in found] == [
        {"contact": 'a, "b"'},
        {"contact": "c", "email": "two\nlines"},
    ]
    assert [row.line for row in found] == [2, 5]


@given(st.binary(max_size=60))
@example(b"contact\r\n\x00")
@example(HEADER + b'"')
def test_whatever_is_sent_is_read_or_refused_with_a_reason(raw: bytes) -> None:
    for sent in (raw, HEADER + raw):
        with suppress(BadRequest, Invalid):
            assert all(row.cells.keys() <= {"contact", "email"} for row in rows(sent))


@given(st.lists(st.sampled_from(["stored", "repeated", "refused", "failed"]), max_size=8))
def test_every_row_has_a_result_and_is_in_one_count(wanted: list[str]) -> None:
    def store(row: Row) -> Stored:
        fate = wanted[row.line]
        errors: dict[str, HeedError] = {"refused": Invalid([]), "failed": Unavailable()}
        if fate in errors:
            raise errors[fate]
        return Stored("id", repeated=fate == "repeated")

    given_rows = [Row(line, {}, frozenset()) for line in range(len(wanted))]
    told = import_rows(given_rows, "id", store)
    assert [one["status"] for one in told["results"]] == wanted
    counts = [told[name] for name in ("stored", "repeated", "refused", "failed")]
    assert sum(counts) == told["rows"] == len(wanted)
