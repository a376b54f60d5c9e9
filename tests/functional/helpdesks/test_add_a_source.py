"""Somebody adds a help desk by CONTRIBUTING alone: one file and one sample."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from chalicelib.helpdesks import registry, sources
from infra.paths import ROOT
from tests.functional.conftest import Heed
from tests.functional.helpdesks.delivering import deliver
from tests.support.inbound import API, Sample, read
from tests.support.samples import SURVEY

PAGE = (ROOT / "CONTRIBUTING.md").read_text().partition("## Add a help desk")[2]
PYTHON, JSON = re.findall(r"   ```(?:python|json)\n(.*?)   ```", PAGE, re.DOTALL)[:2]


@pytest.fixture
def plaindesk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sample:
    """As step 2 and step 3 say, in a folder of its own."""
    (tmp_path / "plaindesk.py").write_text(re.sub(r"^   ", "", PYTHON, flags=re.MULTILINE))
    (tmp_path / "plaindesk_closed.json").write_text(JSON)
    monkeypatch.setattr(sources, "__path__", [*sources.__path__, str(tmp_path)])
    monkeypatch.delitem(sys.modules, f"{sources.__name__}.plaindesk", raising=False)
    return read(tmp_path / "plaindesk_closed.json")


@pytest.mark.usefixtures("_desks")
def test_the_example_takes_a_solved_ticket(heed: Heed, plaindesk: Sample) -> None:
    body = {"survey": SURVEY.id, "source": "plaindesk", "secret": plaindesk.secret}
    made = heed.call("POST", "/v1/hooks", body)
    assert made.status_code == 201
    assert made.json_body["url"].startswith(API)
    answer = deliver(heed, replace(plaindesk, address=made.json_body["url"]))
    assert answer.status_code == 202
    (item,) = heed.items("INVITE")
    assert (item["email"], item["ticket"]["id"]) == ("ana@example.com", "7")


def test_the_example_is_found_without_being_listed(plaindesk: Sample) -> None:
    assert "plaindesk" in registry.names()
    assert registry.find("plaindesk") in registry.every()


def test_without_its_file_there_is_no_such_source(heed: Heed) -> None:
    answer = heed.call("POST", "/v1/hooks", {"survey": SURVEY.id, "source": "plaindesk"})
    assert answer.status_code == 422
    assert "zendesk" in answer.json_body["errors"][0]["detail"]


def test_a_hook_imports_the_file_of_its_own_source_only() -> None:
    script = (
        "import sys; from chalicelib.helpdesks import registry; registry.find('zendesk');"
        "print(*(name.rpartition('.')[2] for name in sys.modules if '.sources.' in name),"
        " 'defusedxml' in sys.modules, 'standardwebhooks' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.split() == ["zendesk", "False", "False"]
