"""People of Entra ID who may use the API and the console."""

import re
from urllib.parse import urlsplit

from pydantic import SecretStr, field_validator

from config.address import HttpAddress, Issuer, PageAddress, on_this_machine
from config.concern import Concern

__all__ = ["PeopleSettings"]


_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class PeopleSettings(Concern):
    """Entra ID: access tokens for the API (audience, issuer and keys), and sign-in to the console (tenant and client).
    Keys are made with ``ringmaster keys add``."""

    entra_audience: str = ""
    """Application that people and programs get their tokens for, as ``aud`` names it. Empty: no tokens are taken."""
    entra_issuer: Issuer = ""
    """Who signs them: ``https://login.microsoftonline.com/TENANT/v2.0``, or ``https://sts.windows.net/TENANT/``."""
    entra_jwks_url: PageAddress = ""
    """Where its keys are: ``https://login.microsoftonline.com/TENANT/discovery/v2.0/keys``."""
    entra_tenant: str = ""
    """Directory (tenant) id of the tenant whose people may sign in to the console."""
    entra_client_id: str = ""
    """Application (client) id that they sign in to; its redirect address is PUBLIC_BASE_URL/sign-in/entra. Empty:
    nobody signs in with Entra ID."""
    entra_client_secret: SecretStr = SecretStr("")
    """Secret of that application. Empty: the managed identity proves who this server is (a federated credential)."""
    entra_authority: HttpAddress = "https://login.microsoftonline.com"
    """Sign-in service of the cloud; another one only in national clouds."""

    @field_validator("entra_tenant", "entra_client_id")
    @classmethod
    def _is_id(cls, value: str) -> str:
        if value and not _ID.fullmatch(value):
            raise ValueError("expected an id such as 72f988bf-0000-4000-8000-2d7cd011db47, as the portal shows it")
        return value.lower()

    @field_validator("entra_authority")
    @classmethod
    def _is_safe(cls, value: str) -> str:
        if urlsplit(value).scheme != "https" and not on_this_machine(value):
            raise ValueError("expected an https address")
        return value
