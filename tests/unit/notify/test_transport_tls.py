"""The name is in TLS and in the certificate; the address is the one that was checked."""

import datetime
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from chalicelib.notify.transport import Transport, TransportError, public_tls

NAME = "hooks.example.com"
URL = f"https://{NAME}/in"
BODY = b"said"


def certificate(folder: Path, name: str) -> Path:
    """Signed by itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file = folder / f"{name}.pem"
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


@contextmanager
def serving(file: Path, asked: list[str | None]) -> Iterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    context.sni_callback = lambda found, name, context: asked.append(name)

    def serve(server: socket.socket) -> None:
        try:
            plain, _ = server.accept()
            with context.wrap_socket(plain, server_side=True) as found:
                said = b""
                # Whoever closes with words unread cuts off the own answer.
                while not said.endswith(BODY):
                    said += found.recv(4096)
                found.sendall(b"HTTP/1.1 204 Taken\r\n\r\n")
        except OSError:
            return

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, args=(server,), daemon=True).start()
        yield server.getsockname()[1]


class Call:
    """To a server of the test, that has a certificate of `name`."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.went: list[tuple[str, int]] = []
        self.asked: list[str | None] = []
        self.real, self.port = socket.create_connection, 0
        patch.setattr(socket, "create_connection", self.connect)

    def connect(self, address: tuple[str, int], timeout: float) -> socket.socket:
        self.went.append(address)
        return self.real(("127.0.0.1", self.port), timeout)

    def to(self, name: str, trusted: bool = True) -> int:
        file = certificate(self.folder, name)
        tls = ssl.create_default_context(cafile=str(file)) if trusted else public_tls()
        transport = Transport(
            resolve=lambda host, port: ["8.8.8.8", "8.8.4.4"], total_s=5, tls=lambda: tls
        )
        with serving(file, self.asked) as self.port:
            return transport.post(URL, BODY, {}).status


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    return Call(tmp_path, monkeypatch)


def test_the_address_is_called_by_the_name(call: Call) -> None:
    assert call.to(NAME) == 204
    assert (call.went, call.asked) == ([("8.8.8.8", 443)], [NAME])


def test_a_certificate_of_another_name_is_refused(call: Call) -> None:
    with pytest.raises(TransportError, match="not_reached"):
        call.to("other.example.com")


def test_a_certificate_that_nobody_signed_is_refused(call: Call) -> None:
    with pytest.raises(TransportError, match="not_reached"):
        call.to(NAME, trusted=False)
