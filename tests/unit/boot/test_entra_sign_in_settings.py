"""Who signs in with Entra ID, as the settings have it; what is half set or unsafe stops the start."""

import pytest

from backend.api.entra_sign_in import BEGIN
from backend.api.fixed_key import FixedKey
from backend.boot.access import open_access
from backend.boot.exposure import require_checks
from backend.boot.people import PeopleParts, entra_directory, require_people
from backend.domain.unsealed import Unsealed
from backend.errors import ConfigError
from backend.ports import Cipher
from backend.testing.keys import a_key_ring
from config import load_settings

ID = "10CA1000-0000-4000-8000-0000000000a2"
ENTRA = {"ENTRA_TENANT": ID, "ENTRA_CLIENT_ID": ID}


def people(cipher: Cipher) -> PeopleParts:
    return PeopleParts(FixedKey(""), None, None, cipher, entra_directory(load_settings()))


@pytest.fixture(autouse=True)
def set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENTRA.items():
        monkeypatch.setenv(name, value)


def test_signing_in_begins_at_the_public_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_BASE_URL", "https://voice.example.com/")
    access = open_access(load_settings(), people(a_key_ring()))
    assert access.entra is not None
    assert access.entra.begin_at == f"https://voice.example.com{BEGIN}"
    assert access.entra.begin()[0].startswith(f"https://login.microsoftonline.com/{ID.lower()}/oauth2/v2.0/authorize?")


@pytest.mark.parametrize("without", ENTRA)
def test_tenant_and_client_belong_together(monkeypatch: pytest.MonkeyPatch, without: str) -> None:
    assert require_people(load_settings()) == []
    monkeypatch.delenv(without)
    assert "both or none" in require_people(load_settings())[0]


@pytest.mark.parametrize("tenant", ["common", "organizations", "consumers", "example.com", ID[:-1], f"{ID}/../x"])
def test_a_tenant_is_one_tenant(monkeypatch: pytest.MonkeyPatch, tenant: str) -> None:
    monkeypatch.setenv("ENTRA_TENANT", tenant)
    with pytest.raises(ConfigError, match="ENTRA_TENANT"):
        load_settings()


@pytest.mark.parametrize("authority", ["http://login.example.com", "login.microsoftonline.com", ""])
def test_entra_is_spoken_to_over_tls(monkeypatch: pytest.MonkeyPatch, authority: str) -> None:
    monkeypatch.setenv("ENTRA_AUTHORITY", authority)
    with pytest.raises(ConfigError, match="ENTRA_AUTHORITY"):
        load_settings()


def test_without_a_key_to_seal_with_anybody_could_write_a_sign_in() -> None:
    with pytest.raises(ConfigError, match="DATA_KEY"):
        open_access(load_settings(), people(Unsealed()))


def test_it_is_a_check_on_who_comes_and_closes_what_is_open_to_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST", "0.0.0.0")
    monkeypatch.setenv("EVENT_GRID_KEY", "e" * 40)
    require_checks(load_settings())
    monkeypatch.delenv("HOST")
    assert not open_access(load_settings(), people(a_key_ring())).open_to_this_machine
    for name in ENTRA:
        monkeypatch.delenv(name)
    assert open_access(load_settings(), people(a_key_ring())).open_to_this_machine
