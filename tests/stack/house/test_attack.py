import pytest

from tests.attack.__main__ import attack
from tests.attack.tried import summary
from tests.conftest import Stack

pytestmark = pytest.mark.slow


def test_no_attack_gets_through(stack: Stack) -> None:
    tries = list(attack(stack))
    assert len(tries) > 1_000
    assert all(one.stopped for one in tries), summary(tries)
