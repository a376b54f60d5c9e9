from contextlib import suppress

from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.errors import BadRequest, Invalid
from chalicelib.web.csv_import import Row, read_rows

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
