"""Asking a server elsewhere for JSON, so that it can neither hold us nor turn us against our own.

A host is resolved first and every address looked at; the connection goes to the address that was
looked at, so that a second answer of the name server changes nothing. Redirects are not followed.
OWASP ASVS 5.0.0, 1.3.6 and 13.2.4: only hosts that were set, only https, no address of a network
that is not public.
"""

from __future__ import annotations

import http.client
import json
import socket
import ssl
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Thread
from typing import Any
from urllib.parse import urlencode

from careteam.kit.deadline import Deadline

SECONDS = 6.0
"""For everything that is asked at one time: a page waits for it."""
LARGEST = 1_000_000
"""Bytes of one answer."""
_PIECE = 65536
_NAT64 = IPv6Network("64:ff9b::/96")
"""Addresses that stand for one of IPv4 (RFC 6052)."""
_HEADERS = {
    "Accept": "application/json",
    "Accept-Encoding": "identity",
    "User-Agent": "Careteam (a person asked for this once)",
    "Connection": "close",
}
Resolve = Callable[[str], Iterable[str]]


class NoAnswer(Exception):
    """There is nothing to read. `reason` is a sentence for people; `status` what HTTP said."""

    def __init__(self, reason: str, status: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet, and not of this machine or its networks."""
    found = ip_address(address)
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if found in _NAT64:
            inner = IPv4Address(found.packed[-4:])
        if inner is not None and not inner.is_global:
            return False
    return found.is_global and not found.is_multicast


def addresses_of(host: str) -> list[str]:
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


@dataclass(frozen=True, slots=True)
class Door:
    """How the way out is taken. Tests put a server of their own behind it."""

    hosts: frozenset[str] = frozenset()
    resolve: Resolve = addresses_of
    allows: Callable[[str], bool] = is_public
    port: int = 443
    seconds: float = SECONDS
    context: ssl.SSLContext | None = None

    def ask(self, host: str) -> Asking:
        """A conversation with one host, to be used in a `with`. Raises `NoAnswer`."""
        if host not in self.hosts:
            raise NoAnswer(f"{host} is not among the servers that may be asked.")
        return Asking(self, host)


class Asking:
    """All that is asked of one host, within one time."""

    def __init__(self, door: Door, host: str) -> None:
        self.door = door
        self.host = host
        self._deadline = Deadline(door.seconds)

    def __enter__(self) -> Asking:
        self._deadline.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._deadline.__exit__(*error)

    def json(self, path: str, query: Mapping[str, str]) -> Any:
        """What a GET answers. Raises `NoAnswer` with the reason in plain words."""
        address = self._address()
        connection = _ToAddress(self.host, address, self.door, self._deadline)
        try:
            connection.request("GET", f"{path}?{urlencode(query)}", headers=_HEADERS)
            with connection.getresponse() as answer:
                return _read(answer, self.host, self._deadline)
        except ssl.SSLCertVerificationError as error:
            raise NoAnswer(f"The certificate of {self.host} could not be trusted.") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise self._broken(error) from error
        finally:
            connection.close()

    def _address(self) -> str:
        """The first address, once all of them were looked at."""
        found: list[str] = []

        def look() -> None:
            try:
                found.extend(self.door.resolve(self.host))
            except OSError:
                found.clear()

        looking = Thread(target=look, daemon=True)
        looking.start()
        looking.join(self._deadline.left)
        if looking.is_alive():
            raise self._broken(TimeoutError())
        if not found:
            raise NoAnswer(f"{self.host} could not be found.")
        if not all(map(self.door.allows, found)):
            raise NoAnswer(f"{self.host} leads to a private network, which is never asked.")
        return found[0]

    def _broken(self, error: Exception) -> NoAnswer:
        try:
            self._deadline.check()
        except TimeoutError:
            error = TimeoutError()
        if isinstance(error, TimeoutError):
            return NoAnswer(f"{self.host} did not answer in time.")
        return NoAnswer(f"{self.host} could not be reached.")


class _ToAddress(http.client.HTTPConnection):
    """To the address that was looked at; the certificate has to be the host's."""

    default_port = http.client.HTTPS_PORT
    """So that the host is named without its port, as servers expect it."""

    def __init__(self, host: str, address: str, door: Door, deadline: Deadline) -> None:
        super().__init__(host, door.port, timeout=deadline.left)
        self._address, self._door, self._deadline = address, door, deadline

    def connect(self) -> None:
        self._deadline.check()
        left = self._deadline.left
        self.sock = socket.create_connection((self._address, self._door.port), timeout=left)
        self._deadline.watch(self)
        context = self._door.context or ssl.create_default_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
        self._deadline.watch(self)


def _read(answer: http.client.HTTPResponse, host: str, deadline: Deadline) -> Any:
    deadline.check()
    if 300 <= answer.status < 400:
        raise NoAnswer(f"{host} sends us elsewhere, and that is not followed.", answer.status)
    if answer.status != 200:
        raise NoAnswer(f"{host} does not answer this ({answer.status}).", answer.status)
    kind = answer.headers.get_content_type()
    if (
        kind != "application/json"
        or answer.headers.get("Content-Encoding", "identity") != "identity"
    ):
        raise NoAnswer(f"{host} answers with something else than data.")
    body = bytearray()
    while piece := answer.read1(_PIECE):
        deadline.check()
        body += piece
        if len(body) > LARGEST:
            raise NoAnswer(f"The answer of {host} is too large.")
    deadline.check()
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NoAnswer(f"{host} answers with something else than data.") from error
