"""What infra/main.bicep comes to: the container, its environment, and what is left open for Azure to say."""

import json
import re
from collections.abc import Mapping
from typing import Any

from bicep_files import INFRA, Open, Scope

GIVEN = {
    "environmentName": "test",
    "location": "eastus2",
    "eventGridApplicationId": "e7a1c0de-0000-4000-8000-000000000a99",
}


def main(**more: Any) -> Scope:
    """The main file with the parameters of a first provisioning."""
    return Scope(INFRA / "main.bicep", {**GIVEN, **more})


def app(**more: Any) -> Mapping[str, Any]:
    """The container app's properties."""
    body: Mapping[str, Any] = main(**more).name("app").scope.resource("app")
    return body["properties"]


def container(**more: Any) -> Mapping[str, Any]:
    """The one container."""
    (only,) = app(**more)["template"]["containers"]
    return only


def environment(**more: Any) -> dict[str, str]:
    """Variables of the container: as written, or ``<...>`` where Azure knows, or ``secret:NAME``."""
    found: dict[str, str] = {}
    for entry in container(**more)["env"]:
        assert entry["name"] not in found, f"{entry['name']} is set twice"
        found[entry["name"]] = f"secret:{entry['secretRef']}" if "secretRef" in entry else str(entry["value"])
    return found


def secrets(**more: Any) -> dict[str, str]:
    """Secrets of the app by name, with where each comes from."""
    return {one["name"]: str(one["keyVaultUrl"]) for one in app(**more)["configuration"]["secrets"]}


def is_open(value: object) -> bool:
    """Does Azure have a word in it?"""
    return isinstance(value, Open) or bool(re.search(r"<[\w.]+", str(value))) or str(value).startswith("secret:")


MODELS = json.loads((INFRA / "models.json").read_text("utf-8"))
