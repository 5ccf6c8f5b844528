"""The JSON Schema of what operations write, for their editors (``# yaml-language-server: $schema=...``)."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, Field, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from backend.docstrings import docstrings_of
from backend.domain.agent import AgentSpec
from backend.domain.book_spec import FileBookSpec, ServerBookSpec, SqlBookSpec
from backend.domain.form_spec import FormSpec
from backend.domain.identity_spec import IdentitySpec
from backend.domain.line import LineSpec
from backend.domain.phrases import Phrases
from backend.domain.tool_server import HttpServerSpec, McpServerSpec

__all__ = ["FILES", "schema_of", "schema_texts", "write_schemas"]

FILES: Mapping[str, TypeAdapter[Any]] = {
    "agent": TypeAdapter(AgentSpec),
    "line": TypeAdapter(LineSpec),
    "form": TypeAdapter(FormSpec),
    "phrases": TypeAdapter(Phrases),
    "identity": TypeAdapter(IdentitySpec),
    "book": TypeAdapter(Annotated[FileBookSpec | SqlBookSpec | ServerBookSpec, Field(discriminator="kind")]),
    "tools": TypeAdapter(Annotated[HttpServerSpec | McpServerSpec, Field(discriminator="kind")]),
}
"""What a store's YAML files hold, by the name of their schema."""

_DIALECT = "http://json-schema.org/draft-07/schema#"
"""The newest that every YAML editor knows."""


class _Described(GenerateJsonSchema):
    """Schemas that say of each key what it is for: the docstring of its field."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """As pydantic's own, with the descriptions of fields."""
        written = super().model_schema(schema)
        model: type[BaseModel] = schema["cls"]
        keys = written.get("properties", {})
        for name, text in docstrings_of(model).items():
            field = model.model_fields.get(name)
            key = (field.alias if field else None) or name
            if key in keys:
                keys[key].setdefault("description", text)
        return written


def schema_of(spec: TypeAdapter[Any]) -> dict[str, Any]:
    """The schema of one kind of file, without the titles that only repeat the keys."""
    schema: dict[str, Any] = _untitled(spec.json_schema(schema_generator=_Described))
    return {"$schema": _DIALECT} | schema


def schema_texts(files: Mapping[str, TypeAdapter[Any]] = FILES) -> dict[str, str]:
    """Every schema file: its text by its name."""
    return {
        f"{name}.schema.json": json.dumps(schema_of(spec), indent=2, ensure_ascii=False) + "\n"
        for name, spec in files.items()
    }


def write_schemas(folder: Path, files: Mapping[str, TypeAdapter[Any]] = FILES) -> list[Path]:
    """Write every schema into ``folder``; gives the files that have changed."""
    changed: list[Path] = []
    folder.mkdir(exist_ok=True)
    for name, text in schema_texts(files).items():
        path = folder / name
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            changed.append(path)
    return changed


def _untitled(node: Any, *, keys: bool = False) -> Any:
    """Without pydantic's titles. In a mapping of ``keys`` a title is a field's name."""
    if isinstance(node, list):
        return [_untitled(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _untitled(value, keys=key in {"properties", "$defs"})
        for key, value in node.items()
        if keys or key != "title"
    }
