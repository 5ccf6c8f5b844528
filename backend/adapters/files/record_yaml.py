"""YAML of records: every value is what was written.

YAML 1.1 makes 750 of 12:30, 269 of 0415 and a truth value of NO. Here a plain number stays a number, true and false
stay what they are, and anything else that YAML would read as a number, a day or a moment is the text that was written.
What could be meant either way is a fault.
"""

import re
from collections.abc import Hashable
from decimal import Decimal
from typing import Any

import yaml

from backend.yaml_loader import SafeLoader

__all__ = ["RecordFault", "RecordLoader"]

_OURS = "tag:yaml.org,2002:"
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,14})")
"""No longer than what other programs that read JSON hold exactly."""
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")


class RecordFault(yaml.constructor.ConstructorError):
    """What is YAML, and no record."""

    def __init__(self, why: str, node: yaml.Node) -> None:
        super().__init__(None, None, why, node.start_mark)


class RecordLoader(SafeLoader):
    """The safe loader, in C where there is one."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        """A record, or a part of one: its names are texts, and none comes twice."""
        if not isinstance(node, yaml.MappingNode):  # somebody has said so of a list, or of a word
            raise RecordFault("has something else than fields where it says !!map", node)
        names: set[str] = set()
        for name, _ in node.value:
            if not isinstance(name, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a name that is no word", name.start_mark)
            if name.value in names:
                raise RecordFault("names a field twice in one record", name)
            names.add(name.value)
        self.flatten_mapping(node)
        return {str(name.value): self.construct_object(value, deep=deep) for name, value in node.value}

    def read_number(self, node: Any) -> int | str:
        """A whole number that is written as one."""
        text = str(self.construct_scalar(node))
        return int(text) if _WHOLE.fullmatch(text) else text

    def read_decimal(self, node: Any) -> float | str:
        """A number with a point that says exactly what is written."""
        text = str(self.construct_scalar(node))
        if not _DECIMAL.fullmatch(text):
            return text
        return float(text) if Decimal(repr(float(text))) == Decimal(text) else text

    def read_truth(self, node: Any) -> bool:
        """True or false, in no other words."""
        text = str(self.construct_scalar(node)).lower()
        if text not in ("true", "false"):
            raise RecordFault("has a yes, no, on or off without quotes; write true or false, or put it in quotes", node)
        return text == "true"

    def read_nothing(self, node: Any) -> None:
        """Nothing; but somebody may be called Null."""
        if (text := str(self.construct_scalar(node))) not in ("", "~", "null"):
            raise RecordFault(f"has a {text} without quotes; leave it empty, or put it in quotes", node)

    def read_day(self, node: Any) -> str:
        """A day or a moment, as it is written, where there is one."""
        text = str(self.construct_scalar(node))
        try:
            self.construct_yaml_timestamp(node)
        except (ValueError, AttributeError, ArithmeticError) as error:  # what has another shape is an AttributeError
            raise RecordFault("has a day that is none", node) from error
        return text

    def read_text(self, node: Any) -> str:
        """What YAML has a meaning for that is none in a record."""
        return str(self.construct_scalar(node))

    def refuse(self, node: Any) -> Any:
        """A kind that no record has."""
        tag = str(node.tag)
        raise RecordFault(f"uses the tag {tag.removeprefix(_OURS)}; tags are not allowed", node)


for _kind, _read in (
    ("int", RecordLoader.read_number),
    ("float", RecordLoader.read_decimal),
    ("bool", RecordLoader.read_truth),
    ("null", RecordLoader.read_nothing),
    ("timestamp", RecordLoader.read_day),
    ("value", RecordLoader.read_text),
    ("merge", RecordLoader.read_text),
    ("binary", RecordLoader.refuse),
    ("omap", RecordLoader.refuse),
    ("pairs", RecordLoader.refuse),
    ("set", RecordLoader.refuse),
):
    RecordLoader.add_constructor(_OURS + _kind, _read)
