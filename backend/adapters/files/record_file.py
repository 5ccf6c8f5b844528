"""Records of a book in a YAML or CSV file, and the secrets in them under a hash."""

import csv
import hashlib
import io
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import yaml

from backend.adapters.files.record_yaml import RecordFault, RecordLoader
from backend.domain.book_spec import HASHED
from backend.errors import ConfigError

__all__ = ["RecordFile", "hashed_value", "new_salt", "read_record_file", "written"]

_SALT = "salt"
_COST, _BLOCK = 2**14, 8
"""16 MiB and some 50 ms a hash."""


@dataclass(frozen=True, slots=True)
class RecordFile:
    """What a file holds. ``salt`` is empty where no secret is hashed."""

    records: Sequence[Mapping[str, Any]] = field(repr=False)
    salt: str = field(default="", repr=False)


def new_salt() -> str:
    """A salt for one file. Its secrets share it, so that what was said is hashed once and compared with all of them."""
    return secrets.token_hex(16)


def hashed_value(value: str, salt: str, key: str) -> str:
    """A value under the hash of a file: scrypt, with the file's salt and the server's key."""
    made = hashlib.scrypt(value.encode(), salt=f"{salt} {key}".encode(), n=_COST, r=_BLOCK, p=1, dklen=32)
    return HASHED + made.hex()


def written(records: Sequence[Mapping[str, Any]], salt: str) -> str:
    """A file's text."""
    body: dict[str, Any] = {_SALT: salt, "records": [dict(record) for record in records]}
    return yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=240)


def read_record_file(path: Path, setting: str, identifier: str) -> RecordFile:
    """The records of a file.

    Args:
        path: where it is; CSV when it is called so.
        setting: what names it, for messages.
        identifier: the field that says which record it is; every record must have one of its own.

    Raises:
        ConfigError: the file is missing or holds something else; the message says what and where, and no value.
    """
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        expected = f"expected a YAML or CSV file, {path} cannot be read ({error.strerror})"
        raise ConfigError(f"{setting}: {expected}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{setting}: {path} is not UTF-8 text") from error
    found = (_csv if path.suffix.lower() == ".csv" else _yaml)(text, path, setting)
    _check(found, path, setting, identifier)
    return found


def _csv(text: str, path: Path, setting: str) -> RecordFile:
    """Each row as a record. One that was cut otherwise than its head would put values under the wrong names."""
    rows = csv.DictReader(io.StringIO(text), strict=True)
    records: list[Mapping[str, Any]] = []
    try:
        names = [name for name in rows.fieldnames or () if name]
        if len(set(names)) < len(names):
            raise csv.Error("the first row names a column twice")
        for row in rows:
            if any(row.pop(None, ())):  # pyright: ignore[reportArgumentType, reportCallIssue], cells without a name
                raise csv.Error("the row has more cells than the first one")
            records.append({key: value for key, value in row.items() if key and value is not None})
    except csv.Error as error:
        raise ConfigError(f"{setting}: {path}:{rows.reader.line_num}: {error}") from error
    return RecordFile(records)


def _yaml(text: str, path: Path, setting: str) -> RecordFile:
    try:
        content = yaml.load(text, Loader=RecordLoader)  # noqa: S506, it is a safe one
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        why = error.problem if isinstance(error, RecordFault) else "is not YAML"
        raise ConfigError(f"{setting}: {path}:{mark.line + 1 if mark else 1} {why}") from error
    salt = str(content.get(_SALT, "")) if isinstance(content, dict) else ""
    lists = [entry for entry in content.values() if isinstance(entry, list)] if isinstance(content, dict) else [content]
    if len(lists) != 1 or not isinstance(lists[0], list) or not all(isinstance(row, dict) for row in lists[0]):
        raise ConfigError(f"{setting}: {path}: expected one list of records")
    return RecordFile(cast("list[dict[str, Any]]", lists[0]), salt)


def _check(found: RecordFile, path: Path, setting: str, identifier: str) -> None:
    seen: set[str] = set()
    for index, record in enumerate(found.records, 1):
        own = record.get(identifier)
        if not isinstance(own, str | int) or isinstance(own, bool) or not str(own):
            raise ConfigError(f"{setting}: {path}: record {index} has no {identifier}")
        if str(own) in seen:
            raise ConfigError(f"{setting}: {path}: record {index} has the {identifier} of another")
        seen.add(str(own))
        hashed = any(isinstance(value, str) and value.startswith(HASHED) for value in record.values())
        if hashed and not found.salt:
            raise ConfigError(f"{setting}: {path}: record {index} is hashed, and the file has no salt; import it again")
