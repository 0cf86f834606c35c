"""Certificates against a real server on loopback: refused unless this computer trusts them."""

import asyncio
import datetime as dt
import ipaddress
import ssl
import sys

import pytest

from novita_desktop.api.client import NovitaClient
from novita_desktop.api.http import NetworkOptions
from novita_desktop.domain import errors

pytest.importorskip("cryptography")
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

KEY = "sk_key_for_certificates"
BODY = b'{"availableBalance":"7"}'
REPLY = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (
    len(BODY),
    BODY,
)


@pytest.fixture
def certificate(tmp_path):
    """A self-signed certificate for this computer, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Novita Desktop tests")])
    now = dt.datetime.now(dt.UTC)
    addresses = [ipaddress.ip_address("127.0.0.1"), ipaddress.ip_address("::1")]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(map(x509.IPAddress, addresses)), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "certificate.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


def balance(certificate, host="127.0.0.1", *, context=None):
    """Ask a server with this certificate for the balance; also return what it received."""
    heard = []

    async def answer(reader, writer):
        heard.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(REPLY)
        await writer.drain()
        writer.close()

    async def call():
        if context is None:
            secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            secure.load_cert_chain(certificate)
        else:
            secure = context
        server = await asyncio.start_server(answer, host, 0, ssl=secure)
        port = server.sockets[0].getsockname()[1]
        written = f"[{host}]" if ":" in host else host
        client = NovitaClient(f"https://{written}:{port}/openai/v1", KEY, NetworkOptions("none"))
        try:
            return await client.balance()
        finally:
            await client.close()
            server.close()
            await server.wait_closed()

    try:
        return asyncio.run(call()), heard
    except errors.ApiError as error:
        return error, heard


def test_an_unknown_certificate_is_refused_before_the_key_is_sent(certificate):
    error, heard = balance(certificate)
    assert type(error) is errors.CertificateRefused
    assert not error.retryable
    assert heard == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's own store is asked")
@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_a_certificate_this_computer_trusts_is_taken(certificate, monkeypatch, host):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    units, heard = balance(certificate, host)
    assert units == 7_000_000
    assert f"Bearer {KEY}".encode() in heard[0]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's own store is asked")
def test_a_trusted_certificate_for_another_name_is_refused(certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    error, heard = balance(certificate, "127.0.0.2")
    assert type(error) is errors.CertificateRefused
    assert heard == []
