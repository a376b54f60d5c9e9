import pytest

from tests.functional.conftest import Heed
from tests.support.accounts import ACME


@pytest.fixture(autouse=True)
def _acme(heed: Heed) -> None:
    assert heed.call("PUT", ACME, {"name": "Acme"}).status_code == 200
