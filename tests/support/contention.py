"""Every write meets others, so that its process opens one shard more each time."""

from typing import Any

import pytest

from chalicelib.tally.shards import Shards


class Growing(list[int]):
    def __getitem__(self, _: Any) -> int:
        self.append(1)
        return 1 + len(self)


def meet_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Shards, "for_try", lambda self, survey, _: self._opened(survey, 2) - 1)
    monkeypatch.setattr("chalicelib.tally.shards.WANTED", Growing())
