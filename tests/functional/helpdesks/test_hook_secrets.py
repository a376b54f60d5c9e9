"""How long a hook's signing secret is: where it is given, and where it is read."""

import base64
import hmac
import io
from typing import Any

import pytest
from typer.testing import CliRunner

from chalicelib import moments
from infra import access_cli, cli
from tests.functional.conftest import BALLOTS, HOOK, TABLE, Heed
from tests.support.kept_secrets import HOOK_SECRET, stored_secrets, write_secrets
from tests.support.samples import SURVEY

BODY = b'{"ticket": {"id": "7"}, "requester": {"email": "kim@example.com"}}'
TOO_SHORT = ["", " ", "x", "fifteen letters", " " * 16, f"{'x' * 15}   "]
LONG_ENOUGH = ["exactly-sixteen-", "9bW_3t" * 6]


def delivered(heed: Heed, secret: str) -> int:
    timestamp = moments.to_text(moments.now())
    digest = hmac.digest(secret.encode(), timestamp.encode() + BODY, "sha256")
    headers = {
        "X-Zendesk-Webhook-Signature": base64.b64encode(digest).decode(),
        "X-Zendesk-Webhook-Signature-Timestamp": timestamp,
    }
    path = f"/v1/hooks/zendesk/{HOOK}"
    status: int = heed.http.post(path, headers=headers, body=BODY).status_code
    return status


class TestWhereItIsRead:
    @pytest.mark.parametrize("secret", TOO_SHORT)
    def test_a_short_one_signs_nothing(
        self, heed: Heed, log_lines: io.StringIO, secret: str
    ) -> None:
        write_secrets({HOOK: [secret]})
        assert delivered(heed, secret) == 401
        assert not heed.items("INVITE")
        assert "hook_secret_too_short" in log_lines.getvalue()

    @pytest.mark.parametrize("secret", LONG_ENOUGH)
    def test_one_of_sixteen_characters_signs(self, heed: Heed, secret: str) -> None:
        write_secrets({HOOK: [secret]})
        assert delivered(heed, secret) == 202

    def test_the_others_of_a_hook_sign_all_the_same(self, heed: Heed) -> None:
        write_secrets({HOOK: ["", HOOK_SECRET]})
        assert (delivered(heed, ""), delivered(heed, HOOK_SECRET)) == (401, 202)

    @pytest.mark.parametrize("secrets", [HOOK_SECRET, [None], [16 * 10**20], None, {}])
    def test_what_is_no_list_of_texts_signs_nothing(self, heed: Heed, secrets: object) -> None:
        write_secrets({HOOK: secrets})
        for secret in ("", "f", "None", str(16 * 10**20)):
            assert delivered(heed, secret) == 401


class TestWhereItIsGiven:
    @pytest.fixture(autouse=True)
    def _stack(self, monkeypatch: pytest.MonkeyPatch) -> None:
        names = {"TokenKeys": "token-keys", "PersonKey": "person-key"}
        found = {
            "TableName": TABLE,
            "BallotTable": BALLOTS,
            "HookSecrets": "hook-secrets",
            "ApiAddress": "https://x.test",
        }
        monkeypatch.setattr(access_cli, "outputs", lambda target: found | names)

    def run(self, secret: str) -> Any:
        words = ["hook", "--stage", "test", "--survey", SURVEY.id, "--secret", secret]
        return CliRunner().invoke(cli.commands, words)

    @pytest.mark.parametrize("secret", TOO_SHORT)
    def test_a_short_one_is_refused_and_nothing_is_kept(self, heed: Heed, secret: str) -> None:
        before = heed.stored(), stored_secrets()
        done = self.run(secret)
        assert done.exit_code
        assert "16 characters" in str(done.exception)
        assert (heed.stored(), stored_secrets()) == before

    @pytest.mark.parametrize("secret", LONG_ENOUGH)
    def test_a_long_one_makes_a_hook(self, heed: Heed, secret: str) -> None:
        done = self.run(secret)
        made = done.output.strip().rpartition("/")[2]
        assert stored_secrets()[made] == [secret]
        assert heed.call("GET", f"/v1/hooks/zendesk/{made}").status_code == 200
