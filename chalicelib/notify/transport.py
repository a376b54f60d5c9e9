"""One call to somebody else's address. It connects to an address that was checked, whatever the
DNS says a moment later, follows no redirect, and is over after ten seconds.

By http.client: urllib3, which is in the zip, waits for each read on its own, so that an answer that
comes a byte at a time would hold the function for as long as it likes."""

import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache, partial
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Timer
from time import monotonic
from typing import Final

from msgspec import Struct

from chalicelib.errors import HeedError, LookupFailed
from chalicelib.notify.in_time import in_time
from chalicelib.targets import Resolve, Target, TargetRefused, addresses_of, target_of
from chalicelib.targets import resolve as by_system

CONNECT_S: Final = 3.0
TOTAL_S: Final = 10.0
LONGEST_ANSWER: Final = 64 * 1024
LONGEST_WAIT_S: Final = 24 * 3600
GONE: Final = 410


class TransportError(HeedError):
    """The call was not taken. `permanent`: another try is in vain. `retry_after` in seconds, as
    the other side asked for it. `status` None: there was no answer; `code` says why."""

    def __init__(
        self,
        code: str,
        status: int | None = None,
        permanent: bool = False,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.permanent = permanent
        self.retry_after = retry_after


@cache
def public_tls() -> ssl.SSLContext:
    return ssl.create_default_context()


class Answer(Struct, frozen=True):
    """`body` is for a channel that has to read it. No user sees it."""

    status: int
    body: bytes


class Transport(Struct, frozen=True):
    """`loopback`: this machine may be called; the local stack and the tests say so."""

    loopback: bool = False
    resolve: Resolve = by_system
    total_s: float = TOTAL_S
    connect_s: float = CONNECT_S
    tls: Callable[[], ssl.SSLContext] = public_tls
    longest_answer: int = LONGEST_ANSWER

    def post(
        self, url: str, body: bytes, headers: Mapping[str, str], method: str = "POST"
    ) -> Answer:
        """Raises TransportError unless the answer is a 2xx."""
        ends = monotonic() + self.total_s
        target, addresses = self._looked_up(url)
        connection = _Pinned(target, addresses, self)
        try:
            with _within(max(ends - monotonic(), 0), connection):
                sent = {"Host": target.authority, **headers}
                connection.request(method, target.path, body, sent)
                response = connection.getresponse()
                if connection.is_over:  # what was cut reads as headers that ended
                    raise TimeoutError
                return _taken(response, self.longest_answer)
        except (OSError, HTTPException, ValueError) as error:
            # No cause: its text may quote the address.
            code = "timeout" if _is_late(connection, error) else "not_reached"
            raise TransportError(code) from None
        finally:
            connection.close()

    def _looked_up(self, url: str) -> tuple[Target, list[str]]:
        """Raises TransportError. The system's resolver knows no limit of its own."""
        try:
            target = target_of(url, self.loopback)
            look_up = partial(addresses_of, target, self.resolve, self.loopback)
            return target, in_time(look_up, self.total_s)
        except TargetRefused as error:
            raise TransportError(error.code, permanent=True) from None
        except LookupFailed:
            raise TransportError("host_unknown") from None
        except TimeoutError:
            raise TransportError("timeout") from None


class _Pinned(HTTPConnection):
    """The name is in the Host header and in TLS; the connection goes to an address."""

    def __init__(self, target: Target, addresses: list[str], by: Transport) -> None:
        super().__init__(target.host, target.port, timeout=by.total_s)
        self.target, self.addresses, self.by = target, addresses, by
        self.is_over = False

    def connect(self) -> None:
        self.sock = self._plain()
        self.sock.settimeout(self.by.total_s)
        if self.target.is_tls:
            # The handshake comes when `cut` knows the socket.
            self.sock = self.by.tls().wrap_socket(
                self.sock, server_hostname=self.target.host, do_handshake_on_connect=False
            )
            self.sock.do_handshake()

    def _plain(self) -> socket.socket:
        last: OSError = OSError()
        for address in self.addresses[:3]:
            try:
                return socket.create_connection((address, self.target.port), self.by.connect_s)
            except OSError as error:
                last = error
            if self.is_over:
                break
        raise last

    def cut(self) -> None:
        """Called by another thread: whoever reads or writes gets an error."""
        self.is_over = True
        if self.sock:
            with suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


@contextmanager
def _within(seconds: float, connection: _Pinned) -> Iterator[None]:
    timer = Timer(seconds, connection.cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _is_late(connection: _Pinned, error: Exception) -> bool:
    return connection.is_over or isinstance(error, TimeoutError)


def _taken(response: HTTPResponse, longest: int) -> Answer:
    """Raises TransportError. Of a refusal nothing is read."""
    status = response.status
    if not 200 <= status < 300:
        wait = _wait(response.headers.get("Retry-After", ""))
        raise TransportError("refused", status, permanent=status == GONE, retry_after=wait)
    return Answer(status, _start_of(response, longest))


def _start_of(response: HTTPResponse, longest: int) -> bytes:
    """The call was taken, so what comes behind its status cannot fail it."""
    try:
        return response.read(longest)
    except (OSError, HTTPException, ValueError):
        return b""


def _wait(told: str) -> int | None:
    """Of a Retry-After: seconds or a date. None for anything else."""
    try:
        seconds = int(told) if told.isdecimal() else _seconds_until(told)
    except (ValueError, TypeError, OverflowError):
        return None
    return max(0, min(seconds, LONGEST_WAIT_S))


def _seconds_until(told: str) -> int:
    """Raises ValueError."""
    moment = parsedate_to_datetime(told)
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int((zoned - datetime.now(UTC)).total_seconds())
