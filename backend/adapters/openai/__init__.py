"""Azure OpenAI, or anything that speaks its API, as ``ChatModel``."""
