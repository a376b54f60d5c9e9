"""The zip's part of botocore's data has what the code calls, and no more."""

import re
import shutil
from pathlib import Path
from typing import Any

import botocore
import pytest
from botocore import xform_name
from botocore.loaders import Loader
from botocore.session import Session

from infra.models import COMMON, OPERATIONS, reduce_models
from infra.paths import ROOT

DATA = Path(botocore.__file__).parent / "data"
ONE_CALL = {
    "dynamodb": ("get_item", {"TableName": "heed", "Key": {"PK": {"S": "a"}}}),
    "events": ("put_events", {"Entries": [{"Source": "heed", "DetailType": "a", "Detail": "{}"}]}),
    "secretsmanager": ("get_secret_value", {"SecretId": "a"}),
    "ses": ("send_raw_email", {"RawMessage": {"Data": b"a"}}),
}


@pytest.fixture(scope="module")
def reduced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    package = tmp_path_factory.mktemp("package") / "botocore"
    for name in (*COMMON, "endpoints.json", *OPERATIONS):
        source, target = DATA / name, package / "data" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    reduce_models(package)
    return package / "data"


def session(data: Path) -> Session:
    made = Session()
    loader = Loader(extra_search_paths=[str(data)], include_default_search_paths=False)
    made.register_component("data_loader", loader)
    made.set_credentials("a", "b")
    return made


@pytest.mark.parametrize("service", OPERATIONS)
def test_every_call_of_the_code_is_in_the_models_and_nothing_else(service: str) -> None:
    source = "".join(path.read_text() for path in (ROOT / "chalicelib/aws").glob("*.py"))
    called = set(re.findall(r'(?<=client\.)\w+(?=\()|(?<=")[a-z_]+(?=")', source))
    known = Session().get_service_model(service).operation_names
    assert {name for name in known if xform_name(name) in called} == set(OPERATIONS[service])


def test_every_client_of_the_code_is_of_a_service_that_is_kept() -> None:
    files = (ROOT / "chalicelib").rglob("*.py")
    clients = {name for path in files for name in re.findall(r'client\("(\w+)"', path.read_text())}
    assert clients == set(OPERATIONS)


@pytest.mark.parametrize("service", OPERATIONS)
@pytest.mark.parametrize("region", ["eu-north-1", "cn-north-1", "us-gov-west-1"])
def test_a_reduced_model_asks_the_same_as_the_whole(
    service: str, region: str, reduced: Path
) -> None:
    assert asked(session(reduced), service, region) == asked(session(DATA), service, region)


def test_a_reduced_model_knows_the_errors_and_the_answers(reduced: Path) -> None:
    small, whole = (session(data).get_service_model("dynamodb") for data in (reduced, DATA))
    for name in OPERATIONS["dynamodb"]:
        few, all_of = small.operation_model(name), whole.operation_model(name)
        assert set(few.output_shape.members) == set(all_of.output_shape.members)
        assert [e.name for e in few.error_shapes] == [e.name for e in all_of.error_shapes]


def test_a_second_reduction_changes_nothing(reduced: Path) -> None:
    before = {path: path.read_bytes() for path in reduced.rglob("*") if path.is_file()}
    reduce_models(reduced.parent)
    assert {path: path.read_bytes() for path in reduced.rglob("*") if path.is_file()} == before


def asked(made: Session, service: str, region: str) -> tuple[str, str, Any]:
    """What would be sent, without the moment and the id of the call."""
    client, sent = made.create_client(service, region_name=region), list[Any]()

    class Stop(Exception):
        pass

    def keep(request: Any, **_: Any) -> None:
        sent.append(request)
        raise Stop

    # Before moto, which other tests of this process may have started.
    client.meta.events.register_first("before-send", keep)
    operation, arguments = ONE_CALL[service]
    with pytest.raises(Stop):
        getattr(client, operation)(**arguments)
    return sent[0].url, sent[0].method, sent[0].body
