"""Whole calls: a phone of the local Azure, the real SDKs, the real server."""

from pathlib import Path

import pytest
from house import LINE, House, house, persona

from backend.emulator.phone.caller import CallLimits, PersonaCaller

pytestmark = [pytest.mark.real, pytest.mark.timeout(170)]


async def phone_in(home: House, name: str):
    phone = home.azure.phones.dial(LINE)
    await phone.until_connected()
    report = await PersonaCaller(phone, persona(name), CallLimits()).run()
    return phone, report, await home.record(phone.connection_id)


@pytest.mark.parametrize("name", ["rear_end"])
async def test_a_recorded_caller_files_a_claim(name: str, tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        _, report, call = await phone_in(home, name)
        assert (call.outcome, call.agents) == ("completed", ["auth", "fnol_intake"])
        assert call.claim_id is not None
        claim = await home.services.claims.get(call.claim_id)
        print(report, claim)
        assert claim is not None
        assert claim.policy_id == "POL-A10001"
        assert claim.fields["vehicle_drivable"] is True
