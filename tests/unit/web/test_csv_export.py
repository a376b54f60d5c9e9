import csv
import io
import json
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import example, given

from chalicelib.web.csv_export import Cell, csv_response, csv_text

SPREADSHEETS = [",", ";", "\t"]  # where they split, by the language of the machine
# What they pass over before they look for a formula.
PASSED_OVER = "".join(map(chr, range(33))) + "\u00a0\u200b\ufeff\u2800\u3164"
ATTACKS = [
    "thanks;=cmd|'/c calc'!A1",
    "thanks;\"=cmd|'/c calc'!A1\"",
    "thanks; \u200b+1",
    "thanks;\t=1",
    "thanks\t=1",
    "thanks\n=1",
    "thanks\r\n\r\n@SUM(A1)",
    "thanks;",
    'thanks;"',
    'a;"b\n"=1";-1',
    "a;\uff1d1",
    "\n",
    '"=1"',
]
words = st.text(st.sampled_from(";,\t\r\n\"'=+-@a1 |\u200b\u2800\uff1d\x00"), max_size=9)
cells = st.one_of(words, st.sampled_from(ATTACKS), st.integers(-9, 9), st.none())
VECTORS = json.loads((Path(__file__).parents[2] / "data/csv_cells.json").read_text())


@pytest.mark.parametrize(("given", "shown"), VECTORS)
def test_a_text_that_could_be_a_formula_is_shown_and_not_run(given: str, shown: str) -> None:
    text = csv_text(["words"], [{"words": given}])
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["words"], [shown]]


def test_numbers_stay_numbers_and_nothing_is_an_empty_cell() -> None:
    row = {"a": -3, "b": 0.25, "c": True, "d": None}
    text = csv_text(list("abcde"), [row])
    assert text == '"a","b","c","d","e"\r\n"-3","0.25","true","",""\r\n'


def test_commas_quotes_and_line_breaks_stay_in_their_cell() -> None:
    text = csv_text(["a", "b"], [{"a": 'x,"y"\nz', "b": 1}])
    assert text == '"a","b"\r\n"x,""y""\nz","1"\r\n'


def test_a_formula_as_a_column_s_name_is_a_text_too() -> None:
    assert csv_text(["=1+1"], []) == '"\'=1+1"\r\n'


def test_the_answer_says_what_it_is() -> None:
    answer = csv_response(["a"], [], Link="<?cursor=x>")
    assert answer.headers["Content-Type"].startswith("text/csv; charset=utf-8")
    assert answer.headers["Link"] == "<?cursor=x>"


def is_formula(cell: str) -> bool:
    shown = cell.lstrip(PASSED_OVER)
    return shown.startswith(tuple("=+-@\uff1d")) or cell.startswith(("\t", "\r=", "\n="))


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("delimiter", SPREADSHEETS)
def test_no_spreadsheet_finds_a_formula_wherever_it_splits(attack: str, delimiter: str) -> None:
    assert not formulas_in(table_of([("first", attack, 3), ("second", attack, attack)]), delimiter)


@pytest.mark.parametrize("delimiter", SPREADSHEETS)
@given(rows=st.lists(st.tuples(words, cells, cells), max_size=4))
@example(rows=[("a", "b;", "c;"), ('"=1"', "b", "c")])
def test_no_table_has_a_formula_wherever_it_is_split(
    delimiter: str, rows: list[tuple[Cell, ...]]
) -> None:
    assert not formulas_in(table_of(rows), delimiter)


def table_of(rows: list[tuple[Cell, ...]]) -> str:
    return csv_text(list("abc"), [dict(zip("abc", row, strict=True)) for row in rows])


def formulas_in(text: str, delimiter: str) -> list[str]:
    """Numbers of the table's own columns may be below zero."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [cell for line in lines for cell in line if is_formula(cell) and not is_number(cell)]


def is_number(cell: str) -> bool:
    return cell.removeprefix("-").isdecimal()


@given(rows=st.lists(st.tuples(words, cells, cells), max_size=4))
def test_every_cell_is_quoted_and_stands_in_its_place(rows: list[tuple[Cell, ...]]) -> None:
    text = table_of(rows)
    read = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert [len(line) for line in read] == [3] * (len(rows) + 1)
    quoted = io.StringIO(newline="")
    csv.writer(quoted, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(read)
    assert text == quoted.getvalue()


@given(words)
def test_nothing_is_lost_of_a_text_but_what_is_no_character(text: str) -> None:
    (_, line) = csv.reader(io.StringIO(csv_text(["a"], [{"a": text}]), newline=""))
    kept, shown = text.replace("\x00", ""), line[0]
    assert shown.replace("'", "") == kept.replace("'", "")
    assert shown.count("'") >= kept.count("'")


@pytest.mark.parametrize("text", ["Slow, -1 for that", "a; b", "a\nb", "x;)", "1-1; 2=2", "ok;"])
def test_a_text_that_begins_no_formula_anywhere_stays_as_it_was_said(text: str) -> None:
    assert csv_text(["a"], [{"a": text}]) == f'"a"\r\n"{text}"\r\n'
