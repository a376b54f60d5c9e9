"""make clients: a client in each language, made from the document, compiled, and walked with on a
local stack of its own. They stay in .local/clients/."""

import sys
import tempfile
from pathlib import Path

from infra.paths import SHARED
from tests.clients.makers import MAKERS, walked
from tests.conftest import stack_in


def main(languages: list[str]) -> int:
    unknown = set(languages) - set(MAKERS)
    if unknown:
        print(f"Languages are {', '.join(MAKERS)}, not {', '.join(sorted(unknown))}.")
        return 1
    failed = 0
    with tempfile.TemporaryDirectory() as home, stack_in(Path(home)) as stack:
        for language in languages or MAKERS:
            try:
                print(walked(language, SHARED / "clients" / language, stack).strip(), flush=True)
            except AssertionError as error:
                failed = 1
                print(f"{language} failed: {error}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
