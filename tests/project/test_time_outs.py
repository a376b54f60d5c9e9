"""What a reader of changes waits for is what functions may take."""

import pytest

from chalicelib.deadline import FUNCTION_S, LONGEST_FUNCTION_S
from chalicelib.kinds import KINDS

# They read the clock anew for each thing that they write.
LONG_JOBS = {"forget", "recount", "release_ballots", "sweep", "reconcile"}
NO_ANSWERS = {"deliver"}  # are written by it

pytestmark = pytest.mark.slow


def test_no_function_takes_longer_than_a_reader_of_changes_waits(functions):
    found = {
        function["Environment"]["Variables"]["HEED_FUNCTION"]: function["Timeout"]
        for function in functions.values()
    }
    longer = {name for name, seconds in found.items() if seconds > LONGEST_FUNCTION_S}
    assert longer == LONG_JOBS | NO_ANSWERS
    writers = {name for kind in KINDS if kind.pk == "CHANGE#" for name in kind.written_by.split()}
    assert not writers & NO_ANSWERS
    assert found["api"] == FUNCTION_S
