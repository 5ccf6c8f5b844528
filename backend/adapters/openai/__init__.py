"""Azure OpenAI, or anything that speaks its API, as ``ChatModel``."""

from backend.adapters.openai.types_later import load_types_later

load_types_later()  # before any module of ours imports the SDK
