"""The environment. Each value is read when it is needed; an error names the variable."""

import os
from functools import cache

from chalicelib.errors import MissingSetting


class Settings:
    @property
    def function(self) -> str:
        """Its name in app.py; `api` is that of the pages and the API. Empty where none runs."""
        return os.environ.get("HEED_FUNCTION", "")

    @property
    def table(self) -> str:
        return _required("HEED_TABLE")

    @property
    def ballots(self) -> str:
        """Name of the table of sealed ballots."""
        return _required("HEED_BALLOTS")

    @property
    def ballot_keys(self) -> str:
        """What the names of the secrets of sealed surveys begin with."""
        return _required("HEED_BALLOT_KEYS")

    @property
    def bus(self) -> str:
        return _required("HEED_BUS")

    @property
    def token_keys(self) -> str:
        """Name of the secret that signs links."""
        return _required("HEED_TOKEN_KEYS")

    @property
    def person_key(self) -> str:
        """Name of the secret that turns an address into a person's id."""
        return _required("HEED_PERSON_KEY")

    @property
    def hook_secrets(self) -> str:
        """Name of the secret that holds each hook's signing secrets."""
        return _required("HEED_HOOK_SECRETS")

    @property
    def webhook_secrets(self) -> str:
        """Name of the secret that holds what signs the calls of each webhook."""
        return _required("HEED_WEBHOOK_SECRETS")

    @property
    def calls_loopback(self) -> bool:
        """Whether a webhook may be on this machine. Of the local stack alone: on AWS nothing sets
        the address of an emulator, and then the setting is refused."""
        emulator = os.environ.get("AWS_ENDPOINT_URL", "")
        is_local = emulator.startswith(("http://127.0.0.1:", "http://localhost:"))
        return is_local and os.environ.get("HEED_CALLS_LOOPBACK") == "yes"

    @property
    def base_url(self) -> str:
        """Public address of the pages, without a trailing slash."""
        return _required("HEED_BASE_URL").rstrip("/")

    @property
    def set_base_url(self) -> str | None:
        """None when it is not set, for callers that know the API's address themselves."""
        return os.environ.get("HEED_BASE_URL", "").rstrip("/") or None

    @property
    def shows_docs(self) -> bool:
        """Whether anybody may read the API's document and its page."""
        return os.environ.get("HEED_DOCS") != "no"

    @property
    def mail_from(self) -> str:
        return _required("HEED_MAIL_FROM")

    @property
    def mail_reply_to(self) -> str:
        return _required("HEED_MAIL_REPLY_TO")

    @property
    def configuration_set(self) -> str:
        return _required("HEED_CONFIGURATION_SET")


@cache
def settings() -> Settings:
    return Settings()


def _required(variable: str) -> str:
    value = os.environ.get(variable)
    if not value:
        raise MissingSetting(variable)
    return value
