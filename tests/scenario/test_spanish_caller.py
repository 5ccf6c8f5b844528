"""A whole caller in Spanish, on the shipped line: verified, understood, filed."""

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from shipped_store import shipped_store

from backend.agents.store import AgentStore
from backend.domain.model import ModelRequest
from backend.rehearsal.rehearsed_call import RehearsalParts, RehearsedCall
from backend.rehearsal.tools import memory_tools
from backend.testing.books import MemoryBooks
from backend.testing.model import Reply, ScriptedModel

ROOT = Path(__file__).resolve().parents[2]
MONDAY = datetime(2026, 7, 6, 14, 20)
ANSWERS: Mapping[str, tuple[str, ...]] = {
    "full_name": ("roberto johnson pero en la póliza dice robert johnson", "robert johnson"),
    "zip_code": ("ocho cero dos cero dos", "ochenta doscientos dos"),
    "last4": ("uno uno ocho nueve", "once ochenta y nueve"),
    "incident_description": (
        "mi hijo se resbaló con la lluvia y le pegó a una señal de tránsito",
        "se patinó el carro y chocó con una señal",
    ),
    "loss_date": ("el viernes", "el viernes tres de julio"),
    "loss_time": ("a las nueve y media de la noche", "nueve y media de la noche más o menos"),
    "loss_location": ("avenida colfax denver colorado", "en la avenida colfax en denver"),
    "vehicle": ("un chevrolet malibu del dos mil dieciocho", "el malibu el chevy dos mil dieciocho"),
    "driver_name": ("mi hijo luis yo estaba en la casa", "no era yo era mi hijo luis johnson"),
    "driver_relationship": ("es mi hijo", "mi hijo"),
    "vehicles_involved": ("solamente el mío", "uno nada más"),
    "vehicle_drivable": ("no se lo llevó la grúa", "no ya no camina"),
    "injuries": ("no gracias a dios nadie", "nadie salió lastimado"),
    "trip_purpose": ("venía de la casa de su novia", "personal"),
    "passengers": ("no iba solo", "nadie"),
}
YES = ("sí correcto", "sí todo está bien")
MUST = {
    "loss_date": "2026-07-03", "loss_time": "21:30", "driver_relationship": "child", "vehicles_involved": 1,
    "vehicle_drivable": False, "trip_purpose": "personal", "passengers": [],
}  # fmt: skip


@pytest.fixture(scope="module")
def store() -> AgentStore:
    return shipped_store(memory_tools().names)


def _hands_on(open_part: list[str]) -> ScriptedModel:
    """A model that only passes the caller's words on, to the part that was asked for."""

    def reply(request: ModelRequest) -> Reply:
        tools, last = {tool.name for tool in request.tools}, request.messages[-1]
        if last.role == "tool" or not open_part:
            going_on = {"hand_off_to_fnol_intake", "record_fnol"} & tools
            if "hand_off_to_fnol_intake" in tools and '"verified": true' in last.content:
                return Reply(calls={"hand_off_to_fnol_intake": {"reason": "un accidente"}})
            return Reply(calls={"verify_caller": {}}) if "verify_caller" in tools and not going_on else Reply("Sí.")
        name, said = open_part[0], last.content
        if name == "opening":
            return Reply(calls={"verify_caller": {}})
        if name in ("full_name", "zip_code", "last4"):
            return Reply(calls={"verify_caller": {name: said}})
        if name == "confirmation":
            return Reply(calls={"file_claim": {}})
        if name == "injuries" and "check_safety" in tools:
            return Reply(calls={"check_safety": {name: said}})
        return Reply(calls={"record_fnol": {name: said}})

    return ScriptedModel(reply)


async def _called(store: AgentStore, way: int) -> tuple[RehearsedCall, list[str]]:
    """One call of Roberto Johnson, who answers each question in the first or the second of his ways."""
    open_part: list[str] = ["opening"]
    books = MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml")
    room = RehearsedCall(RehearsalParts(store, _hands_on(open_part), books), store.lines["insurance"], MONDAY)
    room.session.language = "es-US"
    room.open()
    heard: list[str] = []
    said = "buenas tardes mi hijo tuvo un accidente con mi carro"
    for _ in range(40):
        since = len(room.history)
        await room.say(said)
        heard += room.said(since)
        if room.session.case_number or room.ending is not None:
            break
        part = (room.session.expects or "").split(":")[0]
        open_part[:] = [part if part in ANSWERS else "confirmation"]
        said = ANSWERS[part][way] if part in ANSWERS else YES[way]
    return room, heard


@pytest.mark.parametrize("way", [0, 1])
async def test_a_spanish_caller_files_a_report(store: AgentStore, way: int) -> None:
    room, heard = await _called(store, way)
    assert room.session.case_number, heard[-3:]
    (case,) = room.cases.filed
    fields: Mapping[str, Any] = case.fields
    assert {name: fields[name] for name in MUST} == MUST
    assert fields["injuries"]["injured"] is False
    assert "colfax" in fields["loss_location"]["street"].lower()
    assert fields["loss_location"]["city"] == "Denver"
    assert fields["vehicle"]["model"] == "Malibu"
    assert fields["driver_name"].startswith("Luis")
    assert case.subject == "POL-E55672"
    spoken = " ".join(heard).lower()
    assert not re.search(r"\b(?:the|you|your|what|thank)\b", spoken)
