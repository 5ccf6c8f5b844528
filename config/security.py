"""Who may call our routes."""

import re
from ipaddress import ip_network
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator

from backend.protocol.web import host_of
from config.address import Issuer, PageAddress, http_address
from config.concern import Concern
from config.shapes import BearerKey, PathText, listed, named_host

__all__ = ["SecuritySettings"]


_SUBSCRIPTION = re.compile(r"[A-Za-z0-9_-]{1,64}")


class SecuritySettings(Concern):
    """Checks on what arrives from outside. Each is on unless it is switched off by name."""

    check_acs_tokens: bool = True
    """Verify the ACS token on callbacks and media sockets; the per-call secret in the path is always checked."""
    event_grid_key: SecretStr = SecretStr("")
    """Secret that the Event Grid subscription sends as ``?key=``. Empty: not asked for."""
    event_grid_subscriptions: str = ""
    """Names of the Event Grid subscriptions whose deliveries are taken, separated by commas. Empty: any."""
    event_grid_audience: str = ""
    """Entra application that Event Grid authenticates to; the next two are needed with it. Empty: not asked for."""
    event_grid_issuer: Issuer = ""
    """Issuer of those tokens: ``https://sts.windows.net/TENANT/`` or ``https://login.microsoftonline.com/TENANT/v2.0``."""
    event_grid_jwks_url: PageAddress = ""
    """Where its keys are: ``https://login.microsoftonline.com/TENANT/discovery/v2.0/keys``."""
    api_key: BearerKey = SecretStr("")
    """Bearer key for the operations API. Empty: open on loopback, closed elsewhere."""
    cors_origins: str = ""
    """Browser origins that may use the API, separated by commas, or ``*``. Empty: none."""
    allowed_hosts: str = ""
    """Host names under which this server is reached, separated by commas, besides that of PUBLIC_BASE_URL and those of
    this machine. Others are refused, so that no page can reach it by a name of its own."""
    trusted_proxies: str = ""
    """Addresses or networks of the proxies in front of this server, separated by commas, such as 10.0.0.0/8: what they
    say in X-Forwarded-For and X-Forwarded-Proto is believed. Empty: nobody is believed."""
    api_pages: bool = True
    """Serve /docs and /openapi.json. Where a key is asked for, these ask for it, too."""
    local_key_file: PathText = ""
    """File with a key that lets programs and browsers of this machine in; ``ringmaster dev`` makes it. Empty: none."""
    allowed_tool_hosts: str = ""
    """Hosts that declared tools may reach, separated by commas. Empty: what the agent store says."""

    verification_tries_per_call: int = Field(default=3, ge=1, le=10)
    """Failed verifications after which a call asks no more who is calling."""
    verification_tries_per_number: int = Field(default=5, ge=1, le=1000)
    """Failed verifications from one caller's number within 24 hours, over all calls; withheld numbers have no count."""
    verification_tries_per_record: int = Field(default=5, ge=1, le=1000)
    """Failed verifications at one record of the policy book within 24 hours, whoever calls."""
    verification_key: SecretStr = SecretStr("")
    """Keys the hash under which failed verifications are kept in Redis. Empty: one is made of ``DATA_KEY``."""

    @field_validator("cors_origins")
    @classmethod
    def _are_origins(cls, value: str) -> str:
        for origin in listed(value):
            if origin != "*" and urlsplit(http_address(origin)).path:
                raise ValueError("expected origins such as https://www.example.com, without a path behind the host")
        return value

    @field_validator("allowed_hosts")
    @classmethod
    def _are_hosts(cls, value: str) -> str:
        for name in listed(value):
            if not named_host(host_of(name)) and not named_host(name):
                raise ValueError("expected host names such as voice.example.com, separated by commas")
        return value

    @field_validator("allowed_tool_hosts")
    @classmethod
    def _are_hosts_alone(cls, value: str) -> str:
        for name in listed(value):
            if not named_host(name):
                raise ValueError(
                    "expected host names such as tools.example.com, separated by commas, without http://, ports, "
                    "paths and *"
                )
        return value

    @field_validator("event_grid_subscriptions")
    @classmethod
    def _are_names(cls, value: str) -> str:
        for name in listed(value):
            if not _SUBSCRIPTION.fullmatch(name):
                raise ValueError("expected names of subscriptions such as incoming-calls, separated by commas")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        for network in listed(value):
            try:
                ip_network(network, strict=False)
            except ValueError as error:
                raise ValueError("expected addresses or networks such as 10.0.0.0/8, separated by commas") from error
        return value

    @property
    def subscriptions(self) -> frozenset[str]:
        """``event_grid_subscriptions`` one by one, in small letters."""
        return frozenset(name.lower() for name in listed(self.event_grid_subscriptions))

    @property
    def hosts(self) -> tuple[str, ...]:
        """``allowed_hosts`` one by one."""
        return tuple(listed(self.allowed_hosts))

    @property
    def proxies(self) -> tuple[str, ...]:
        """``trusted_proxies`` one by one."""
        return tuple(listed(self.trusted_proxies))

    @property
    def origins(self) -> tuple[str, ...]:
        """``cors_origins`` one by one, as browsers write them."""
        return tuple(origin.rstrip("/") for origin in listed(self.cors_origins))

    @property
    def tool_hosts(self) -> list[str]:
        """``allowed_tool_hosts`` one by one."""
        return listed(self.allowed_tool_hosts)
