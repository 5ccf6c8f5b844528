"""Who can reach this server, and what must be checked before others than this machine can."""

from urllib.parse import urlsplit

from backend.api.door.addresses import Proxies
from backend.api.door.guard import DoorRules
from backend.api.door.wire import WireLimits
from backend.api.fixed_key import SHORTEST_KEY
from backend.errors import ConfigError
from backend.protocol.web import AllowedHosts
from config import Settings
from config.address import is_loopback, on_this_machine

__all__ = ["door_rules", "exposed_by", "require_checks", "wire_limits"]


def exposed_by(settings: Settings) -> str:
    """The setting by which others than this machine can reach this server; empty where none can."""
    connections, security = settings.connections, settings.security
    if not is_loopback(connections.host):
        return f"HOST={connections.host}"
    if connections.public_base_url and not on_this_machine(connections.public_base_url):
        return "PUBLIC_BASE_URL"
    if security.trusted_proxies:
        return "TRUSTED_PROXIES"
    return "ALLOWED_HOSTS" if any(not is_loopback(name) for name in security.hosts) else ""


def require_checks(settings: Settings, *, keys: bool | None = False) -> None:
    """A server that others can reach checks everybody who does.

    Args:
        settings: everything that can be set.
        keys: are there keys in the database? ``None``: that is looked up next, so their lack stops nothing yet.

    Raises:
        ConfigError: a check is off; names each, and what to set.
    """
    security = settings.security
    if "*" in security.origins and not security.api_key.get_secret_value() and not exposed_by(settings):
        raise ConfigError("CORS_ORIGINS: * lets every web page use the API, so API_KEY must be set with it; it is not")
    exposed = exposed_by(settings)
    if not exposed:
        return
    off: list[str] = []
    entra = settings.people.entra_audience or settings.people.entra_client_id
    nobody = not keys and not security.api_key.get_secret_value() and not entra
    if nobody:
        off.append(
            "API_KEY, ENTRA_AUDIENCE or ENTRA_CLIENT_ID: expected (or a key in the database, made with "
            "`ringmaster keys add`), so that not everybody can use the API; there is none"
        )
    if 0 < len(security.api_key.get_secret_value()) < SHORTEST_KEY:
        off.append(f"API_KEY: expected {SHORTEST_KEY} letters or more, for a shorter one might be guessed")
    acs = "acs" in settings.ways or not settings.ways  # without it, the routes that it calls are not there
    if acs and not security.event_grid_key.get_secret_value() and not security.event_grid_audience:
        off.append("EVENT_GRID_KEY or EVENT_GRID_AUDIENCE: expected, so that not everybody can report a call; not set")
    if acs and not security.check_acs_tokens:
        off.append("CHECK_ACS_TOKENS: expected true, so that callbacks and media sockets come from ACS, got false")
    if off and not (keys is None and nobody and len(off) == 1):
        why = f"others than this machine can reach this server ({exposed}), so nothing may be left unchecked"
        raise ConfigError(
            "\n".join([*off, f"{why}; to serve only this machine, set HOST=127.0.0.1 and remove that setting"])
        )


def door_rules(settings: Settings) -> DoorRules:
    """By which names this server may be spoken to, and through which proxies."""
    connections, security = settings.connections, settings.security
    public = urlsplit(connections.base_url).hostname or ""
    hosts = AllowedHosts(
        [*security.hosts, f"[{public}]" if ":" in public else public], addresses=bool(exposed_by(settings))
    )
    return DoorRules(hosts, security.origins, Proxies(security.proxies))


def wire_limits(settings: Settings) -> WireLimits:
    """Limits on connections, by how many calls and chats this server takes."""
    connections = settings.connections
    return WireLimits(at_once=connections.max_calls * 2 + connections.max_chats + 200)
