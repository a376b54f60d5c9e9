"""A service on loopback that does to each connection what a plan says."""

import socket
import struct
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import boto3
from botocore.config import Config


@dataclass(frozen=True)
class Slow:
    seconds: float
    answer: bytes


ANSWER = bytes | str | Slow  # raw bytes of an answer, or one of the deeds below
RESET_AT_ONCE = "reset at once"
RESET_AFTER = "reset after the request"
SILENT = "silent"


@dataclass
class Wire:
    """`taken` are the requests that were read to their end."""

    address: str
    plan: list[ANSWER]
    taken: list[bytes] = field(default_factory=list)
    connections: int = 0


def answer(status: int, body: str = "", kind: str = "text/xml") -> bytes:
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return f"{head}Connection: close\r\n\r\n{body}".encode()


@contextmanager
def wire(plan: Sequence[ANSWER], scheme: str = "http") -> Iterator[Wire]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = Wire(f"{scheme}://127.0.0.1:{server.getsockname()[1]}", list(plan))
        threading.Thread(target=_serve, args=(server, found), daemon=True).start()
        yield found
        server.shutdown(socket.SHUT_RDWR)


def client_of(service: str, address: str, config: Config, signed: bool = True) -> Any:
    session = boto3.Session(*(["AKIATEST", "test"] if signed else []), region_name="eu-north-1")
    return session.client(service, endpoint_url=address, config=config)


def nobody_listens() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"


def _serve(server: socket.socket, found: Wire) -> None:
    held = []
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        found.connections += 1
        deed = found.plan.pop(0) if found.plan else RESET_AT_ONCE
        if deed == RESET_AT_ONCE:
            _reset(connection)
            continue
        found.taken.append(_request(connection))
        if isinstance(deed, Slow):
            threading.Timer(deed.seconds, _say, (connection, deed.answer)).start()
        elif isinstance(deed, bytes):
            _say(connection, deed)
        elif deed == RESET_AFTER:
            _reset(connection)
        else:
            held.append(connection)


def _request(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    (length,) = [
        int(line.split(b":")[1])
        for line in head.splitlines()
        if line.lower().startswith(b"content-length:")
    ]
    while len(body) < length:
        body += connection.recv(65536)
    return body


def _say(connection: socket.socket, said: bytes) -> None:
    with suppress(OSError):  # nobody waits any more
        connection.sendall(said)
    connection.close()


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
