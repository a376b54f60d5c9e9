"""How a delivery proves that it comes from the hook's help desk. A scheme is tried with each of
the hook's secrets, of which there are two while one is replaced by another."""

import base64
import hmac
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Literal

from msgspec import Struct, field

from chalicelib import moments
from chalicelib.errors import Unauthenticated
from chalicelib.standard_webhooks import signature

WINDOW = timedelta(minutes=5)  # Svix and Standard Webhooks take the same


class Delivery(Struct, frozen=True):
    """One call of a hook. The names of `headers` are in lower case. `address` gives the public
    address that was called."""

    raw: bytes
    headers: Mapping[str, str]
    query: Mapping[str, str] = field(default_factory=dict)
    method: str = "POST"
    address: Callable[[], str] = str

    def header(self, name: str) -> str:
        return self.headers.get(name, "")


# Raises Unauthenticated unless one of the secrets fits.
Scheme = Callable[[Delivery, Sequence[str], datetime], None]


def random_secret() -> str:
    return secrets.token_urlsafe(32)


def is_signed(
    delivery: Delivery, schemes: Sequence[Scheme], secrets: Sequence[str], now: datetime
) -> bool:
    return not all(_refusal(delivery, scheme, secrets, now) for scheme in schemes)


def verify(
    delivery: Delivery, schemes: Sequence[Scheme], secrets: Sequence[str], now: datetime
) -> None:
    """One scheme that fits is enough. Raises Unauthenticated."""
    refused = [_refusal(delivery, scheme, secrets, now) for scheme in schemes]
    if all(refused):
        # A signature that fits and is old says more than one that is not there.
        told = [error for error in refused if error and error.code != "signature_invalid"]
        raise told[0] if told else Unauthenticated("signature_invalid")


def _refusal(
    delivery: Delivery, scheme: Scheme, secrets: Sequence[str], now: datetime
) -> Unauthenticated | None:
    try:
        scheme(delivery, secrets, now)
    except Unauthenticated as error:
        return error
    return None


class Hmac(Struct, frozen=True):
    """`over` gives the bytes that are signed, of the delivery and the text of its time, which the
    header `time` holds, by `clock`; empty when none is signed. `window`: for how long a delivery
    that was signed is taken; at most a day, far less than it is remembered."""

    header: str
    over: Callable[[Delivery, bytes], bytes] = lambda delivery, _: delivery.raw
    digest: Literal["sha256", "sha1"] = "sha256"
    form: Literal["hex", "base64"] = "hex"
    prefix: str = ""
    time: str = ""
    clock: Literal["iso", "s", "ms"] = "s"
    window: timedelta = WINDOW

    def __call__(self, delivery: Delivery, secrets: Sequence[str], now: datetime) -> None:
        signature, time = delivery.header(self.header), delivery.header(self.time)
        signed = self.over(delivery, time.encode(errors="replace"))
        _refuse_unless_one_is(signature, [self.sign(signed, secret) for secret in secrets])
        if self.time:
            _refuse_stale(time, self.clock, now, self.window)

    def sign(self, signed: bytes, secret: str) -> str:
        digest = hmac.digest(secret.encode(), signed, self.digest)
        text = digest.hex() if self.form == "hex" else base64.b64encode(digest).decode()
        return self.prefix + text


def _refuse_unless_one_is(given: str, expected: Sequence[str]) -> None:
    matches = [_are_alike(wanted, given) for wanted in expected]
    if not any(matches):
        raise Unauthenticated("signature_invalid")


def _are_alike(wanted: str, given: str) -> bool:
    # A header may hold half a character, which no UTF-8 can.
    return hmac.compare_digest(wanted.encode(), given.encode(errors="replace"))


def _refuse_stale(time: str, clock: str, now: datetime, window: timedelta) -> None:
    try:
        signed_at = _moment(time, clock)
    except (ValueError, OverflowError, OSError) as error:
        raise Unauthenticated("timestamp_invalid") from error
    # A clock may be ahead, but no queue is.
    if not -WINDOW <= now - signed_at <= window:
        raise Unauthenticated("timestamp_stale")


def _moment(time: str, clock: str) -> datetime:
    """Raises ValueError, OverflowError or OSError."""
    if clock == "iso":
        return moments.from_text(time)
    return datetime.fromtimestamp(int(time) / (1000 if clock == "ms" else 1), UTC)


def time_then_body(delivery: Delivery, time: bytes) -> bytes:
    return time + delivery.raw


def time_dot_body(delivery: Delivery, time: bytes) -> bytes:
    return time + b"." + delivery.raw


def body_then_time(delivery: Delivery, time: bytes) -> bytes:
    return delivery.raw + time


def standard_webhooks(delivery: Delivery, secrets: Sequence[str], now: datetime) -> None:
    """By the library of Standard Webhooks, which reads the clock by itself. It takes text alone:
    of other bytes Heed sees for itself who sent them, so that they are told what is wrong."""
    from standardwebhooks.webhooks import Webhook

    if not _is_text(delivery.raw):
        _standard_bytes(delivery, secrets, now)
        return

    def fits(secret: str) -> bool:
        try:
            Webhook(secret).verify(delivery.raw, dict(delivery.headers), json_parse=False)
        except Exception:
            # Also what it raises for a header that it cannot read.
            return False
        return True

    fitting = [secret for secret in secrets if fits(secret)]
    if not fitting:
        raise Unauthenticated("signature_invalid")


def _is_text(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _standard_bytes(delivery: Delivery, secrets: Sequence[str], now: datetime) -> None:
    named, time = delivery.header("webhook-id"), delivery.header("webhook-timestamp")
    expected = list[str]()
    for secret in secrets:
        with suppress(ValueError):  # no tool can sign with it
            expected.append(signature(named, time, delivery.raw, secret))
    given = delivery.header("webhook-signature").split()
    if not any(_are_alike(wanted, each) for wanted in expected for each in given):
        raise Unauthenticated("signature_invalid")
    _refuse_stale(time, "s", now, WINDOW)


# As GitHub signs, and whoever has openssl.
GITHUB = Hmac("x-hub-signature-256", prefix="sha256=")
# Of scripts that Heed gives to admins.
HEED = Hmac("x-hook-signature", time_dot_body, prefix="sha256=", time="x-hook-timestamp")


def secret_itself(delivery: Delivery, secrets: Sequence[str], now: datetime) -> None:
    """For tools that cannot sign: the secret as a bearer token, as the password or the user of
    Basic, in the header X-Heed-Secret, or as `k` in the address."""
    kind, _, given = delivery.header("authorization").partition(" ")
    by = {"bearer": [given.strip()], "basic": _user_and_password(given)}.get(kind.lower(), [])
    shown = [*by, delivery.header("x-heed-secret"), delivery.query.get("k", "")]
    matches = [_are_alike(secret, text) for secret in secrets for text in shown if text]
    if not any(matches):
        raise Unauthenticated("signature_invalid")


def _user_and_password(given: str) -> list[str]:
    """A tool that asks for an API key sends it as the user."""
    try:
        user, _, password = base64.b64decode(given, validate=True).decode().partition(":")
    except ValueError:
        return []
    return [user, password]
