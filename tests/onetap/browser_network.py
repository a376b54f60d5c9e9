"""The loopback server between Chromium and the app.

Playwright's routing never sees a beacon that a page sends while it goes away, so the
pages come from a real server on 127.0.0.1. Every visit has a host name of its own, which
tells whose request it is. What the app gets is the client of the scenario: its headers,
its address, its cookies, at the scenario's time.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def visit(self) -> str:
        return self.headers.get("host", "").partition(".")[0]

    @property
    def is_beacon(self) -> bool:
        return self.method == "POST" and self.path.endswith("/evidence")

    @property
    def is_navigation(self) -> bool:
        return self.headers.get("sec-fetch-dest") == "document"


@dataclass(frozen=True)
class Answered:
    status: int
    headers: dict[str, str]
    body: bytes


Respond = Callable[[Asked], Answered | None]


class Network:
    """`respond` gives None for a request that is to be lost."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True

    def address(self, visit: str, path: str) -> str:
        return f"http://{visit}.localhost:{self._server.server_port}{path}"

    def __enter__(self) -> "Network":
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        respond = self._respond

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                answered = respond(Asked(self.command, _path(self.path), headers, body))
                if answered is None:
                    self.close_connection = True
                    return
                # A page that is gone does not read its answer.
                with suppress(ConnectionError):
                    self._give(answered)

            def _give(self, answered: Answered) -> None:
                self.send_response(answered.status)
                for name, value in answered.headers.items():
                    if name.lower() not in ("content-length", "set-cookie"):
                        self.send_header(name, value)
                if answered.status != 204:
                    self.send_header("Content-Length", str(len(answered.body)))
                self.end_headers()
                self.wfile.write(answered.body)

            do_GET = do_POST = do_HEAD = handle_any  # noqa: N815 - http.server's names

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def _path(target: str) -> str:
    parts = urlsplit(target)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
