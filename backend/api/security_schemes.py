"""What the API's document says of keys: so that people can sign in on its page, and programs know what to send."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import FastAPI

from backend.api.faults import fault_of, fault_schemas
from backend.api.rights import Rule, rule_for
from backend.domain.case_names import CaseNames

__all__ = ["describe_security"]

_SCHEMES: Mapping[str, Any] = {
    "key": {
        "type": "http",
        "scheme": "bearer",
        "description": "A key made with `ringmaster keys add`, or that of API_KEY. A server that listens on this "
        "machine only, and has no API_KEY, asks programs of this machine for none.",
    },
    "entra": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "A token of Entra ID for ENTRA_AUDIENCE, with an app role: viewer, operator, editor, admin.",
    },
    "acs": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "The token that Azure Communication Services sends with its callbacks.",
    },
    "event_grid": {
        "type": "apiKey",
        "in": "query",
        "name": "key",
        "description": "EVENT_GRID_KEY, where it is set; with EVENT_GRID_AUDIENCE a token of Entra ID, too.",
    },
    "livekit": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "The bare token of a webhook of LiveKit, about its body and signed with LIVEKIT_API_SECRET.",
    },
}
_PEOPLE = [{"key": []}, {"entra": []}]
_METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch"})
_REFUSALS = {"401": "no key, or one that does not hold", "403": "not with these roles or lines"}


_MOST = 8
_made: OrderedDict[object, dict[str, Any]] = OrderedDict()
"""Documents by what they tell of, the oldest first: one takes a second of the processor to make."""


def describe_security(app: FastAPI, names: Iterable[CaseNames]) -> None:
    """Name the schemes in the document, and at each route who may use it.

    Applications that have the same routes, and the same names of cases, have one document.
    """
    plain = app.openapi
    told = tuple((one.form, one.api, one.id, one.subject) for one in names)

    def openapi() -> dict[str, Any]:
        kind = (told, app.openapi_url, len(app.routes))
        if kind not in _made:
            _made[kind] = described()
        while len(_made) > _MOST:
            _made.popitem(last=False)
        return _made[kind]

    def described() -> dict[str, Any]:
        document = plain()
        components = document.setdefault("components", {})
        schemes = components.setdefault("securitySchemes", {})
        if not schemes:
            schemes.update(_SCHEMES)
            components["schemas"] = dict(sorted({**components.get("schemas", {}), **fault_schemas()}.items()))
            for path, methods in document["paths"].items():
                for method, operation in methods.items():
                    if method in _METHODS and (rule := rule_for(method.upper(), _filled(path), app.state.case_aliases)):
                        _describe(operation, rule)
        return document

    app.openapi = openapi  # type: ignore[method-assign]


def _describe(operation: dict[str, Any], rule: Rule) -> None:
    role = rule.role
    if role is None:
        operation["security"] = [{rule.right: []}] if rule.right in _SCHEMES else []
        return
    operation["security"] = _PEOPLE
    operation["x-role"] = role
    whole = ", for all lines" if rule.whole else ""
    operation["description"] = f"{operation.get('description', '')}\n\nRole: **{role}**{whole}.".strip()
    for status, what in _REFUSALS.items():
        operation["responses"].setdefault(status, fault_of(what))


def _filled(path: str) -> str:
    return path.replace("{", "").replace("}", "")
