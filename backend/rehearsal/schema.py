"""The JSON Schema of rehearsals, for the editors of those who write them."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from backend.rehearsal.spec import ConversationSpec, SuiteSpec
from backend.rehearsal.whole_caller import WholeCallerSpec

__all__ = ["SUITE_FILES"]

SUITE_FILES: Mapping[str, TypeAdapter[Any]] = {
    "caller": TypeAdapter(WholeCallerSpec),
    "conversation": TypeAdapter(ConversationSpec),
    "suite": TypeAdapter(SuiteSpec),
}
"""What a suite's YAML files hold, by the name of their schema."""
