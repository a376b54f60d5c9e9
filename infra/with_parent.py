"""Runs a program that is asked to stop when the process that started it is gone, however that
ended. Linux tells a process so; elsewhere the program goes on, and make down stops it."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def main(parent: int, command: list[str]) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            sys.exit("The process that started this one is gone already.")
    os.execv(command[0], command)  # noqa: S606 - the command is our own


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
