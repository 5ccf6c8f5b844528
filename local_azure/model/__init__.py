"""Chat completions as Azure OpenAI gives them, written by the stand-in model."""

from local_azure.model.routes import routes

__all__ = ["routes"]
