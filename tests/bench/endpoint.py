"""AWS on a port of this machine, answered by moto in this process, for functions that run in a
process of their own."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import boto3
from botocore.exceptions import ClientError

SERVICES = {"DynamoDB_20120810": "dynamodb", "secretsmanager": "secretsmanager"}


@contextmanager
def endpoint() -> Iterator[str]:
    """Gives its address. Both services speak JSON, with the names that boto3 has."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and body leave together, or each answer waits for the client's acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        service, _, operation = self.headers["X-Amz-Target"].partition(".")
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status, answer = _call(SERVICES[service], operation, asked)
        body = json.dumps(answer, default=str).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


def _call(service: str, operation: str, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    client = boto3.client(service)
    try:
        answer = client._make_api_call(operation, asked)
    except ClientError as error:
        said = error.response
        reasons = {name: said[name] for name in ("CancellationReasons", "Item") if name in said}
        failed = {"__type": said["Error"]["Code"], "message": said["Error"]["Message"]}
        return int(said["ResponseMetadata"]["HTTPStatusCode"]), failed | reasons
    answer.pop("ResponseMetadata")
    answer.pop("CreatedDate", None)  # a moment, which no reader of a secret asks for
    return 200, dict(answer)
