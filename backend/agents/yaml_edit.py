"""Single values of a YAML text changed in place: comments, order and quotes of everything else stay as they were."""

import yaml

from backend.agents.problem import Place

__all__ = ["with_key", "with_value"]


def with_value(text: str, path: Place, value: str) -> str:
    """The text with another plain value at ``path``.

    Raises:
        KeyError: there is no such place.
    """
    node = _node(text, path)
    return text[: node.start_mark.index] + value + text[node.end_mark.index :]


def with_key(text: str, path: Place, key: str, value: str, *, after: str = "") -> str:
    """The text with one more key in the settings at ``path``: behind the key ``after``, else before all others.

    Raises:
        KeyError: there are no settings at ``path``, or no key ``after``.
    """
    node = _node(text, path)
    if not isinstance(node, yaml.MappingNode):
        raise KeyError(".".join(map(str, path)))
    if after:
        return _behind(text, node, _node(text, (*path, after)), f"{key}: {value}")
    if node.flow_style:
        place = node.start_mark.index + 1
        return text[:place] + f"{key}: {value}" + (", " if node.value else "") + text[place:]
    first = node.value[0][0].start_mark
    return text[: first.index] + f"{key}: {value}{_newline(text)}{' ' * first.column}" + text[first.index :]


def _behind(text: str, mapping: yaml.MappingNode, value: yaml.Node, entry: str) -> str:
    end = value.end_mark.index
    if mapping.flow_style:
        return f"{text[:end]}, {entry}{text[end:]}"
    newline = _newline(text)
    line_end = text.find("\n", end)
    indent = " " * mapping.value[0][0].start_mark.column
    if line_end < 0:
        return f"{text}{newline}{indent}{entry}{newline}"
    return f"{text[: line_end + 1]}{indent}{entry}{newline}{text[line_end + 1 :]}"


def _node(text: str, path: Place) -> yaml.Node:
    # The loader in Python, not the one in C: its marks count characters of the text.
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    for key in path:
        if isinstance(key, int):
            node = node.value[key] if isinstance(node, yaml.SequenceNode) and key < len(node.value) else None
            continue
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        node = next((value for name, value in pairs if name.value == key), None)
    if node is None:
        raise KeyError(".".join(map(str, path)))
    return node


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
