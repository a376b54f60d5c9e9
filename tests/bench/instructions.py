"""How many instructions the zip's function runs when it starts, at its first requests and when it
is warm, beside bare Chalice with one boto3 client. They repeat to a thousandth, on any machine."""

import compileall
import importlib.util
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from infra.paths import ZIP
from tests.bench.endpoint import endpoint
from tests.bench.invocations import invoke
from tests.bench.visits import WAYS, Event, events
from tests.functional.conftest import Heed

BARE = Path(__file__).with_name("bare")
LIBRARIES = ("boto3", "botocore", "chalice", "dateutil", "jmespath", "s3transfer", "six", "urllib3")
WARM = 5
MILLION = 10**6


@dataclass(frozen=True)
class Count:
    """Millions of instructions. `first` and `warm` are of all requests of one way."""

    start: float
    first: float
    warm: float

    @property
    def cold(self) -> float:
        return self.start + self.first


def counts(heed: Heed) -> dict[str, Count]:
    """By way; `bare` is the floor."""
    with unpacked() as task_root, libraries() as installed, endpoint() as address:
        bare = partial(_run, [BARE, installed], address)
        run = partial(_run, [task_root], address)
        floor = _count(bare, partial(events, heed, "form"), bare([]))
        start = run([])
        ways = {way: _count(run, partial(events, heed, way), start) for way in WAYS}
    return {"bare": floor} | ways


@contextmanager
def unpacked() -> Iterator[Path]:
    with TemporaryDirectory() as folder, zipfile.ZipFile(ZIP) as bundle:
        bundle.extractall(folder)
        yield Path(folder)


@contextmanager
def libraries() -> Iterator[Path]:
    """What the floor needs, and nothing else of this environment."""
    with TemporaryDirectory() as folder:
        for name in LIBRARIES:
            spec = importlib.util.find_spec(name)
            assert spec
            assert spec.origin
            place = Path(spec.origin)
            whole = place.parent if spec.submodule_search_locations else place
            # As the zip has it: an environment may have been made without byte code.
            compile_it = compileall.compile_dir if whole.is_dir() else compileall.compile_file
            compile_it(str(whole), quiet=2)
            Path(folder, whole.name).symlink_to(whole)
        yield Path(folder)


def _run(folders: Sequence[Path], address: str, asked: Sequence[Event]) -> float:
    done = invoke(folders, asked, address, counting=True)
    assert all(status < 300 for status in done.statuses), done.statuses
    return done.instructions / MILLION


def _count(
    run: Callable[[Sequence[Event]], float], ask: Callable[[int], list[Event]], start: float
) -> Count:
    once = run(ask(1))
    return Count(start, once - start, (run(ask(1 + WARM)) - once) / WARM)
