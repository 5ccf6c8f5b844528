"""No secret shows itself by accident: fields of values that hold one are left out of ``repr``."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from backend.adapters.openai.chat_model import ModelAddress
from backend.adapters.redis.lease import Lease
from backend.api.services import Access
from backend.domain.exchange import Request

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ("str", "bytes", "str | None")
SECRETS = {"api_key", "access_key", "secret", "token", "password", "event_grid_key", "salt", "hash", "credential"}

NAMED = re.compile(rf"^ +(?:{'|'.join(sorted(SECRETS))}) *:", re.MULTILINE)
"""What a field of such a name looks like: few modules have any, and only those are parsed."""


def shown() -> Iterator[str]:
    """Fields of dataclasses that have a secret's name and are in ``repr``."""
    for path in sorted(ROOT.glob("backend/**/*.py")):
        if "emulator" in path.parts:
            continue  # the local Azure's keys are no secrets
        text = path.read_text("utf-8")
        for node in ast.walk(ast.parse(text)) if NAMED.search(text) else ():
            if isinstance(node, ast.ClassDef) and any("dataclass" in ast.unparse(one) for one in node.decorator_list):
                if any("repr=False" in ast.unparse(one) for one in node.decorator_list):
                    continue
                for field in node.body:
                    if isinstance(field, ast.AnnAssign) and ast.unparse(field.target) in SECRETS:
                        given = ast.unparse(field.value) if field.value else ""
                        if "repr=False" not in given and ast.unparse(field.annotation) in (
                            "str",
                            "bytes",
                            "str | None",
                        ):
                            yield f"{path.relative_to(ROOT)}:{field.lineno} {node.name}.{ast.unparse(field.target)}"


def test_no_field_of_a_secret_is_in_repr() -> None:
    assert list(shown()) == []


def test_what_holds_keys_shows_none() -> None:
    held = [ModelAddress(api_key="sesame"), Access(api_key="sesame", event_grid_key="sesame")]
    held += [Request(do="callback", token="sesame"), Lease("c1", 1, "sesame")]
    assert not any("sesame" in repr(one) for one in held)
