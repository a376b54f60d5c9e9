"""A server on this machine that answers as receivers of webhooks do, the bad ones too."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

# What a raw answer may do: it is handed the connection after the request was read.
Say = Callable[[socket.socket], None]


@dataclass
class Heard:
    line: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """`say` answers each request; a list is used up, and its last one stays."""

    port: int = 0
    heard: list[Heard] = field(default_factory=list)
    says: list[Say] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/in"

    def answers(self, *says: Say) -> None:
        self.says = list(says)


def status(code: int, body: bytes = b"", **headers: str) -> Say:
    told = {"Content-Length": str(len(body)), **headers}
    lines = [f"HTTP/1.1 {code} Told", *(f"{n.replace('_', '-')}: {v}" for n, v in told.items())]
    return lambda found: found.sendall("\r\n".join([*lines, "", ""]).encode() + body)


def endless(found: socket.socket) -> None:
    """A body that never ends, at full speed."""
    found.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        found.sendall(b"x" * 65536)


def dripping(found: socket.socket) -> None:
    """Headers that never end, a byte at a time: no single read waits for long."""
    found.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        found.sendall(b"x")
        if threading.Event().wait(0.02):
            return


def silent(found: socket.socket) -> None:
    found.recv(1)  # until the caller has had enough


def closing(found: socket.socket) -> None:
    """Nothing: the connection is closed at once."""


def babble(found: socket.socket) -> None:
    found.sendall(b"220 mail.example.com ESMTP\r\n\r\n")


@contextmanager
def receiving(*says: Say) -> Iterator[Receiver]:
    made = Receiver(says=list(says or [status(200)]))
    with socket.create_server(("127.0.0.1", 0)) as server:
        made.port = server.getsockname()[1]
        threading.Thread(target=_serve, args=(server, made), daemon=True).start()
        yield made
        server.shutdown(socket.SHUT_RDWR)


def _serve(server: socket.socket, receiver: Receiver) -> None:
    while True:
        try:
            found, _ = server.accept()
        except OSError:
            return
        threading.Thread(target=_answer, args=(found, receiver), daemon=True).start()


def _answer(found: socket.socket, receiver: Receiver) -> None:
    with found:
        try:
            heard = _read(found)
            receiver.heard.append(heard)
            say = receiver.says.pop(0) if len(receiver.says) > 1 else receiver.says[0]
            say(found)
        except OSError:
            return


def _read(found: socket.socket) -> Heard:
    stream = found.makefile("rb")
    line = stream.readline().decode().strip()
    headers: dict[str, str] = {}
    while part := stream.readline().decode().strip():
        name, _, value = part.partition(": ")
        headers[name.lower()] = value
    return Heard(line, headers, stream.read(int(headers.get("content-length", 0))))
