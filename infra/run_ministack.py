"""Runs MiniStack, in its own environment, and saves its state while it runs. By itself it saves
only when it is asked to stop, so a crash would lose all that was there."""

import sys
import threading

# Answers that came after the last save are lost in a crash.
SAVED_EVERY = 10.0  # seconds


def main(translator: str) -> None:
    # The SAM translator is for MiniStack alone: Lambda workers share its environment, and must
    # not find there what the zip should hold.
    sys.path.append(translator)
    from ministack import app

    threading.Thread(target=_save_again, daemon=True).start()
    app.main()


def _save_again() -> None:
    from ministack import app
    from ministack.core import persistence

    ended = threading.Event()
    while not ended.wait(SAVED_EVERY):
        persistence.save_all(app._build_persistence_save_dict())


if __name__ == "__main__":
    main(sys.argv.pop())
