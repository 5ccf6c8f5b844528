"""The other witness of an answer: what the line's model would pass on."""

import json
from typing import Any

from backend.adapters.openai.chat_model import OpenAiChatModel
from backend.agents.store import AgentStore
from backend.boot.model import model_address
from backend.domain.agent import ModelSpec
from backend.domain.form_spec import FormSpec
from backend.domain.model import ChatMessage, ModelRequest, ModelToolCall, ToolSchema
from backend.domain.model_request import request_of
from backend.errors import ConfigError
from backend.forms.arguments import FormArguments
from config import Settings

__all__ = ["has_model", "model_says"]

_PROMPT = (
    "You take a form on the phone; it is {now} for the caller. Record with the tool what the caller's answer says, in "
    "normalized values. Record nothing that was not said."
)


def has_model(settings: Settings) -> bool:
    """Is a model set?"""
    return bool(settings.ai.azure_openai_endpoint or settings.ai.openai_base_url)


async def model_says(
    settings: Settings, store: AgentStore, form: FormSpec, field: str, turn: tuple[str, str, str]
) -> Any:
    """The value that the model of the form's agent passes on for a field; ``None``: it passed nothing on.

    Args:
        settings: where the model is.
        store: the agents.
        form: the form that is taken.
        field: the field that was asked for.
        turn: the caller's local time, the question and the answer.

    Raises:
        ConfigError: no model is set, or no agent takes the form.
        ProviderError: the model does not answer.
    """
    if not has_model(settings):
        raise ConfigError("There is no model to ask: set AZURE_OPENAI_ENDPOINT, or OPENAI_BASE_URL.")
    model = OpenAiChatModel(model_address(settings))
    try:
        answer = model.answer(_request(_spec_of(store, form), form, turn))
        calls = [event async for event in answer if isinstance(event, ModelToolCall)]
    finally:
        await model.close()
    return _value(calls, field)


def _request(spec: ModelSpec, form: FormSpec, turn: tuple[str, str, str]) -> ModelRequest:
    now, question, words = turn
    messages = (
        ChatMessage("system", _PROMPT.format(now=now)),
        ChatMessage("assistant", question),
        ChatMessage("user", words),
    )
    tool = ToolSchema(form.record_tool, form.tools.record_description, FormArguments(form).schema())
    return request_of(spec, messages, [tool])


def _spec_of(store: AgentStore, form: FormSpec) -> ModelSpec:
    for agent in store.agents.values():
        if any(use.name == form.record_tool for use in agent.uses()):
            return agent.model
    raise ConfigError(f"No agent takes the form {form.name}; name {form.record_tool} among the tools of one.")


def _value(calls: list[ModelToolCall], field: str) -> Any:
    for call in calls:
        try:
            given = json.loads(call.arguments)
        except ValueError:
            continue
        if isinstance(given, dict) and field in given:
            return given[field]
    return None
