"""The zip alone, in a process of its own: what the first requests find when they come."""

import pytest

from tests.bench.endpoint import endpoint
from tests.bench.instructions import unpacked
from tests.bench.invocations import invoke
from tests.bench.visits import events
from tests.bench.world import heed

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("way", "statuses"), [("form", [200, 200]), ("tap", [200, 204, 204, 200])])
def test_a_first_visit_imports_nothing(packaged, way, statuses):
    """Over a connection, which the first tap of test_cold_start.py does not make."""
    with heed() as here, endpoint() as address, unpacked() as task_root:
        done = invoke([task_root], events(here, way, 1), address)
    assert (done.statuses, done.imported) == (statuses, [])


def test_what_only_the_api_needs_is_imported_when_it_is_asked_for(packaged):
    with heed() as here, endpoint() as address, unpacked() as task_root:
        done = invoke([task_root], events(here, "scores", 1), address)
    assert done.statuses == [200]
    assert "chalicelib.scores.routes" in done.imported


def test_a_help_desk_waits_for_no_pydantic(packaged):
    with heed() as here, endpoint() as address, unpacked() as task_root:
        done = invoke([task_root], events(here, "hook", 1), address)
    assert done.statuses == [202]
    assert "chalicelib.helpdesks.take_trigger" in done.imported
    assert [name for name in done.imported if name.partition(".")[0].startswith("pydantic")] == []
