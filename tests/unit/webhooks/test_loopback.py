"""This machine may be called on the local stack alone."""

import pytest

from chalicelib.settings import settings


@pytest.mark.parametrize(
    ("emulator", "told", "may"),
    [
        ("http://127.0.0.1:4566", "yes", True),
        ("http://localhost:4566", "yes", True),
        ("http://127.0.0.1:4566", "no", False),
        ("", "yes", False),  # as on AWS
        ("https://dynamodb.eu-north-1.amazonaws.com", "yes", False),
        ("http://127.0.0.1.example.com", "yes", False),
    ],
)
def test_a_setting_alone_opens_nothing(
    monkeypatch: pytest.MonkeyPatch, emulator: str, told: str, may: bool
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", emulator)
    monkeypatch.setenv("HEED_CALLS_LOOPBACK", told)
    assert settings().calls_loopback is may


def test_it_is_off_where_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HEED_CALLS_LOOPBACK", raising=False)
    assert settings().calls_loopback is False
