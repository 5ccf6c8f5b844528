"""Joins the settings and the language model."""

from backend.adapters.openai.chat_model import ModelAddress
from config import Settings

__all__ = ["model_address"]


def model_address(settings: Settings) -> ModelAddress:
    """Where the model of the settings is."""
    ai = settings.ai
    key = ai.openai_api_key if ai.openai_base_url else ai.azure_openai_api_key
    return ModelAddress(
        endpoint=ai.azure_openai_endpoint,
        api_key=key.get_secret_value(),
        api_version=ai.azure_openai_api_version,
        base_url=ai.openai_base_url,
        deployment=ai.azure_openai_deployment,
        first_token_s=ai.model_first_token_ms / 1000,
    )
