"""The tools of files with faults: one fault is told once, not again by every agent that names such a tool."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from backend.agents.yaml_file import YamlFault, content_of
from backend.domain.tool import VERIFIED, ToolNames

__all__ = ["with_unsound"]

_ANY = frozenset({VERIFIED})
"""What an identity with faults grants, for all that is known: nobody is told then that no caller can be verified."""
_OF_A_FORM = ("record", "file", "text")
_USUAL = ("record_{}", "file_{}", "verify_{}")
"""How tools of forms and identities are called where their files do not say."""


def with_unsound(tools: ToolNames, unsound: Iterable[bytes], named: Iterable[str]) -> ToolNames:
    """What agents may name: besides what there is, what these files would make if they were sound.

    Args:
        tools: what there is.
        unsound: forms, identities and books with faults, as they were written.
        named: what agents name; a file that is no YAML may make any of it.
    """
    found: set[str] = set()
    for raw in unsound:
        try:
            found.update(_tools_of(content_of(raw)))
        except YamlFault:
            found.update(named)
    unknown = found - tools.sets.keys()
    return replace(
        tools,
        sets={**tools.sets, **{name: frozenset({name}) for name in unknown}},
        grants={**dict.fromkeys(unknown, _ANY), **tools.grants},
    )


def _tools_of(content: Mapping[str, Any]) -> Iterator[str]:
    of_form, first = _settings(content, "tools"), _settings(content, "first")
    look_ups = content.get("lookups")
    own = [one.get("name") for one in look_ups if isinstance(one, dict)] if isinstance(look_ups, list) else []
    given = (*(of_form.get(key) for key in _OF_A_FORM), first.get("tool"), content.get("tool"), *own)
    yield from (name for name in given if isinstance(name, str))
    yield from (usual.format(content.get("name")) for usual in _USUAL)


def _settings(content: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = content.get(key)
    return found if isinstance(found, dict) else {}
