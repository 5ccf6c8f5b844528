"""Who may call our routes."""

from pydantic import SecretStr

from config.concern import Concern

__all__ = ["SecuritySettings"]


class SecuritySettings(Concern):
    """Checks on what arrives from outside. Each is on unless it is switched off by name."""

    check_acs_tokens: bool = True
    """Verify the ACS token on callbacks and media sockets; the per-call secret in the path is always checked."""
    event_grid_key: SecretStr = SecretStr("")
    """Secret that the Event Grid subscription sends as ``?key=``. Empty: not asked for."""
    event_grid_audience: str = ""
    """Entra application that Event Grid authenticates to. Empty: Entra delivery is not used."""
    api_key: SecretStr = SecretStr("")
    """Bearer key for the operations API. Empty: open on loopback, closed elsewhere."""
    cors_origins: tuple[str, ...] = ()
    """Browser origins that may use the API."""
    allowed_tool_hosts: str = ""
    """Hosts that declared tools may reach, separated by commas. Empty: what the agent store says."""

    @property
    def tool_hosts(self) -> list[str]:
        """``allowed_tool_hosts`` one by one."""
        return [host.strip() for host in self.allowed_tool_hosts.split(",") if host.strip()]
