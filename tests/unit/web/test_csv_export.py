import csv
import io
import json
from pathlib import Path

import pytest

from chalicelib.web.csv_export import csv_response, csv_text

VECTORS = json.loads((Path(__file__).parents[2] / "data/csv_cells.json").read_text())


@pytest.mark.parametrize(("given", "shown"), VECTORS)
def test_a_text_that_could_be_a_formula_is_shown_and_not_run(given: str, shown: str) -> None:
    text = csv_text(["words"], [{"words": given}])
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["words"], [shown]]


def test_numbers_stay_numbers_and_nothing_is_an_empty_cell() -> None:
    row = {"a": -3, "b": 0.25, "c": True, "d": None}
    assert csv_text(list("abcde"), [row]) == "a,b,c,d,e\r\n-3,0.25,true,,\r\n"


def test_commas_quotes_and_line_breaks_stay_in_their_cell() -> None:
    text = csv_text(["a", "b"], [{"a": 'x,"y"\nz', "b": 1}])
    assert text == 'a,b\r\n"x,""y""\nz",1\r\n'


def test_a_formula_as_a_column_s_name_is_a_text_too() -> None:
    assert csv_text(["=1+1"], []) == "'=1+1\r\n"


def test_the_answer_says_what_it_is() -> None:
    answer = csv_response(["a"], [], Link="<?cursor=x>")
    assert answer.headers["Content-Type"].startswith("text/csv; charset=utf-8")
    assert answer.headers["Link"] == "<?cursor=x>"
