"""Which addresses Elshi connects to: those of the public internet, checked where the connection is made."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Mapping
from threading import Event, Timer
from typing import Any, ClassVar, Final
from urllib.parse import urlsplit

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests.utils import select_proxy
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.response import HTTPResponse

from elshi import ElshiError

__all__ = ["Gate", "PrivateAddress", "is_public"]

#: What resolves a name: `socket.getaddrinfo`, or another in its place.
Resolve = Callable[..., list[Any]]
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")


class PrivateAddress(ElshiError):
    """A name that leads into a private network, where no page of the web is."""

    def __init__(self, host: str, address: str) -> None:
        place = f"{address} is a private address" if host == address else f"{host} is at the private address {address}"
        super().__init__(f"{place}: pass --allow-private where that is meant")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, and so is any IPv4 address inside it.

    >>> [is_public(a) for a in ("8.8.8.8", "127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "fe80::1%eth0")]
    [True, False, False, False, False]
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


class Gate(HTTPAdapter):
    """Carries requests to public addresses only.

    A name is resolved once for each connection, and the connection goes to the address that was checked: a name that
    answers differently a moment later gains nothing. Answers whose headers take longer than `headers` seconds are cut.
    """

    def __init__(self, *, allow_private: bool = False, headers: float = 120.0, resolve: Resolve = socket.getaddrinfo) -> None:
        """Open the gate to private addresses too where `allow_private` says so."""
        self._allow_private, self._headers, self._resolve = allow_private, headers, resolve
        super().__init__(max_retries=0)

    def addresses(self, host: str, port: int) -> list[str]:
        """Return the addresses of a host; raises PrivateAddress where one of them may not be asked, OSError where there are none."""
        found = [str(info[4][0]) for info in self._resolve(host, port, type=socket.SOCK_STREAM)]
        private = next((address for address in found if not is_public(address)), None)
        if private and not self._allow_private:
            raise PrivateAddress(host, private)
        return list(dict.fromkeys(found))

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **more: Any) -> None:
        """Make every direct connection pass the gate."""
        super().init_poolmanager(connections, maxsize, block, **more)
        mine = {"gate": self, "headers": self._headers}
        plain = type("Plain", (_Gated, HTTPConnection), mine)
        secure = type("Secure", (_Gated, HTTPSConnection), mine)
        self.poolmanager.pool_classes_by_scheme = {
            "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
        }

    def send(  # type: ignore[override]  # a Session passes everything by name
        self, request: PreparedRequest, *, proxies: Mapping[str, str] | None = None, **more: Any
    ) -> Response:
        """Send a request; where a proxy makes the connection, the name is checked here instead."""
        url = urlsplit(request.url or "")
        if select_proxy(str(request.url), dict(proxies or {})):
            try:
                self.addresses(url.hostname or "", url.port or 80)
            except OSError:
                pass  # behind some proxies no name resolves: the proxy will say
        return super().send(request, proxies=proxies, **more)


class _Gated(HTTPConnection):
    """A connection to one of the addresses that the gate lets pass, in their order."""

    gate: ClassVar[Gate]
    headers: ClassVar[float]

    def _new_conn(self) -> socket.socket:
        name = self._dns_host
        try:
            found = self.gate.addresses(name, self.port)
        except OSError as fault:
            raise NameResolutionError(self.host, self, fault) from fault  # type: ignore[arg-type]  # its words are all that is used
        last: Exception | None = None
        for address in found:
            self._dns_host = address
            try:
                return super()._new_conn()
            except (NewConnectionError, ConnectTimeoutError) as fault:
                last = fault
            finally:
                self._dns_host = name
        raise last or NewConnectionError(self, "no address")

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3 has it
        """Read the headers; a server that sends them a byte at a time is cut off in the end."""
        late = Event()
        cut = Timer(self.headers, _shut, [self.sock, late])
        cut.daemon = True
        cut.start()
        try:
            answer = super().getresponse()
        finally:
            cut.cancel()
        if late.is_set():  # headers that break off read as if they had ended
            answer.close()
            raise TimeoutError("headers took too long")
        return answer


def _shut(sock: socket.socket, late: Event) -> None:
    late.set()
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
