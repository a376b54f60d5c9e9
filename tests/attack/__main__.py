"""make attack: what an outsider would try, on a local stack of its own. Ends with 1 when an
attack got through."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.attack.credentials import attack_routes
from tests.attack.links import attack_links
from tests.attack.presses import attack_presses
from tests.attack.signatures import attack_signatures
from tests.attack.texts import attack_texts
from tests.attack.tried import Try, summary
from tests.attack.work_links import attack_work_links
from tests.conftest import Stack, stack_in


def attack(stack: Stack) -> Iterator[Try]:
    yield from attack_routes(stack)
    yield from attack_links(stack)
    yield from attack_work_links(stack)
    yield from attack_signatures(stack)
    yield from attack_presses(stack)
    yield from attack_texts(stack)


def main() -> int:
    with tempfile.TemporaryDirectory() as home, stack_in(Path(home)) as stack:
        tries = list(attack(stack))
    print(summary(tries))
    return 0 if all(one.stopped for one in tries) else 1


if __name__ == "__main__":
    sys.exit(main())
