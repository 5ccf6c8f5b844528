"""People of Entra ID who may use the API."""

from config.address import HttpAddress
from config.concern import Concern

__all__ = ["PeopleSettings"]


class PeopleSettings(Concern):
    """Access tokens of Entra ID for the API; all three are needed. Keys are made with ``ringmaster keys add``."""

    entra_audience: str = ""
    """Application that people and programs get their tokens for, as ``aud`` names it. Empty: no tokens are taken."""
    entra_issuer: str = ""
    """Who signs them: ``https://login.microsoftonline.com/TENANT/v2.0``, or ``https://sts.windows.net/TENANT/``."""
    entra_jwks_url: HttpAddress = ""
    """Where its keys are: ``https://login.microsoftonline.com/TENANT/discovery/v2.0/keys``."""
