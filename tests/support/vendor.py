"""A server on this machine that behaves as a vendor's does."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Said = tuple[int, dict[str, str], bytes]


@dataclass
class Vendor:
    """`instead`: answered once each, in place of its own. `lost`: so many answers that it does
    not send, though it did what was asked."""

    calls: list[tuple[str, str, bytes]] = field(default_factory=list)
    instead: list[Said] = field(default_factory=list)
    lost: int = 0
    port: int = 0

    def answer(self, method: str, path: str, headers: Any, body: bytes) -> Said:
        raise NotImplementedError


def as_json(status: int, body: object, **headers: str) -> Said:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return status, {"Content-Type": "application/json", **named}, json.dumps(body).encode()


@contextmanager
def serving(vendor: Vendor) -> Iterator[None]:
    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            vendor.calls.append((self.command, self.path, body))
            said = vendor.instead.pop(0) if vendor.instead else None
            status, headers, content = said or vendor.answer(
                self.command, self.path, self.headers, body
            )
            if vendor.lost:
                vendor.lost -= 1
                self.close_connection = True
                return
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = handle_any  # noqa: N815 - http.server's names

        def log_message(self, *said: object) -> None:
            """Nothing: a test's own output is enough."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    vendor.port = server.server_port
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def call(port: int, method: str, path: str, body: bytes, headers: Any) -> Said:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request(method, path, body or None, dict(headers))
        answer = connection.getresponse()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, named, answer.read()
    finally:
        connection.close()
