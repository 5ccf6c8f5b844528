"""The language model."""

from typing import Annotated

from pydantic import Field, SecretStr

from config.address import HttpAddress
from config.concern import Concern
from config.shapes import HeaderKey, shaped

__all__ = ["AiSettings"]


class AiSettings(Concern):
    """Azure OpenAI, or any endpoint that speaks its API."""

    azure_openai_endpoint: HttpAddress = ""
    """``https://NAME.openai.azure.com``."""
    azure_openai_api_key: HeaderKey = SecretStr("")
    """Key. Empty: managed identity."""
    azure_openai_deployment: Annotated[str, shaped(r"\S+", "the name of a deployment, without spaces")] = "gpt-5.1"
    """Deployment used where an agent names none."""
    azure_openai_api_version: Annotated[str, shaped(r"[0-9a-z.-]+", "a version such as 2025-04-01-preview")] = (
        "2025-04-01-preview"
    )
    """API version of the chat completions route."""
    openai_base_url: HttpAddress = ""
    """Any OpenAI-compatible endpoint; takes the place of Azure when set."""
    openai_api_key: HeaderKey = SecretStr("")
    """Key for ``OPENAI_BASE_URL``."""
    model_first_token_ms: int = Field(default=6000, ge=200, le=60_000)
    """Limit on the first token of one attempt; then the next deployment is tried."""
    model_deadline_ms: int = Field(default=12_000, ge=500, le=120_000)
    """Limit on one whole answer, retries and fallbacks included."""
    max_tool_rounds: int = Field(default=5, ge=1, le=20)
    """Rounds of tool calls in one turn; after them the model must answer in words."""
