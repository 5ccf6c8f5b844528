"""How a cookie is called. Over TLS its name begins with ``__Host-``.

A browser takes such a cookie only over TLS and only from this very host (RFC 6265bis, 4.1.3.2). Any other one could be
planted by a site beside ours, such as evil.example.com beside voice.example.com: a person would go on working in a
session of somebody else and not notice.
"""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from backend.protocol.web import host_of

__all__ = ["CookieName"]

_HOST = "__Host-"


class CookieName:
    """The name of one cookie, over TLS and without.

    Args:
        plain: without; servers on other ports of a machine see it, too, so it names ours.
        public_url: how people reach this server; empty where nobody has said.
    """

    def __init__(self, plain: str, public_url: str = "") -> None:
        self.plain = plain
        public = urlsplit(public_url)
        self._tls_host = (public.hostname or "") if public.scheme == "https" else ""

    def of(self, *, secure: bool) -> str:
        """As it is set."""
        return f"{_HOST}{self.plain}" if secure else self.plain

    def over_tls(self, scheme: str, host: str) -> bool:
        """Does a browser speak TLS, to us or to a proxy in front of us?

        A proxy that is not among ``TRUSTED_PROXIES`` is not believed that it does. But who asks for the public name of
        a server whose public address is ``https`` has come that way.

        Args:
            scheme: of the request, as far as it is believed.
            host: its ``Host``.
        """
        return scheme == "https" or (bool(self._tls_host) and host_of(host) == self._tls_host)

    def value(self, headers: Sequence[tuple[str, str]], cookies: Mapping[str, str]) -> str | None:
        """What a browser shows. By the public name the plain cookie counts for nothing: others could have set it."""
        found = cookies.get(self.of(secure=True))
        host = next((value for name, value in headers if name == "host"), "")
        return found if found is not None or self.over_tls("", host) else cookies.get(self.plain)
