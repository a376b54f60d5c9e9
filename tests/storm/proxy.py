"""Stands on loopback between the functions and the emulator, and does to real calls what
`Faults` drew."""

import http.client
import json
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from tests.conftest import Stack
from tests.storm.faults import HALF, LATE, TOO_LONG, UNHEARD, UNSENT, Call, Faults, refusal

Found = tuple[int, list[tuple[str, str]], bytes]
PASSED_ON = ("content-type", "x-amzn-requestid", "x-amz-crc32")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, faults: Faults, target: str, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.faults, self.target = faults, target

    def shutdown_request(self, request: Any) -> None:
        """Without a polite end, so that a reset is one."""
        self.close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A function that gave up waiting, or was killed."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        call = self._read()
        fault = self.server.faults.choose(call)
        if fault == UNSENT:
            self._reset()
        elif fault == HALF:
            self._answer(*_half(self._pass_on(call.body)))
        elif fault in (None, UNHEARD, LATE):
            self._answer_or_not(self._pass_on(call.body), call, fault)
        else:
            told = refusal(call, str(fault))
            self._answer(told.status, [("Content-Type", told.kind)], told.body)

    do_GET = do_PUT = do_DELETE = do_POST  # noqa: N815

    def _answer_or_not(self, found: Found, call: Call, fault: str | None) -> None:
        if fault == UNHEARD:
            self._reset()
            return
        if fault == LATE:
            time.sleep(TOO_LONG[call.service])
        self._answer(*found)

    def _read(self) -> Call:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        # Credential=KEY/20261128/us-east-1/dynamodb/aws4_request
        scope = (self.headers.get("Authorization") or "").partition("Credential=")[2].split("/")
        operation = (self.headers.get("X-Amz-Target") or "").rpartition(".")[2]
        return Call(scope[3] if len(scope) > 3 else "unsigned", operation, body)

    def _pass_on(self, body: bytes) -> Found:
        target = http.client.HTTPConnection(self.server.target, timeout=60)
        try:
            target.request(self.command, self.path, body, dict(self.headers))
            found = target.getresponse()
            return found.status, found.getheaders(), found.read()
        finally:
            target.close()

    def _reset(self) -> None:
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):  # the function gave up waiting
            self.send_response(status)
            for name, value in headers:
                if name.lower() in PASSED_ON:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


def _half(found: Found) -> Found:
    """EventBridge took all entries and says so of every second one. So some are sent twice."""
    status, headers, body = found
    told = json.loads(body)
    for entry in told.get("Entries", [])[::2]:
        entry.clear()
        entry |= {"ErrorCode": "InternalFailure", "ErrorMessage": "made up"}
    headers = [header for header in headers if header[0].lower() != "x-amz-crc32"]
    return status, headers, json.dumps(told).encode()


@contextmanager
def between(stack: Stack, faults: Faults) -> Iterator[None]:
    """The functions of the stack call through the proxy, from now on: the stack ends with it."""
    server = _Server(faults, urlsplit(stack.endpoint).netloc, _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        _send_functions_to(stack, f"http://127.0.0.1:{server.server_address[1]}")
        yield
    finally:
        server.shutdown()
        server.server_close()


def _send_functions_to(stack: Stack, endpoint: str) -> None:
    functions = stack.aws("lambda")
    for function in functions.list_functions()["Functions"]:
        name = function["FunctionName"]
        variables = function["Environment"]["Variables"] | {"AWS_ENDPOINT_URL": endpoint}
        functions.update_function_configuration(
            FunctionName=name, Environment={"Variables": variables}
        )
        for alias in functions.list_aliases(FunctionName=name)["Aliases"]:
            version = functions.publish_version(FunctionName=name)["Version"]
            functions.update_alias(FunctionName=name, Name=alias["Name"], FunctionVersion=version)
