"""Where the key comes from, and what a server does without one."""

from pathlib import Path

import pytest

from backend.adapters.cipher.data_key import DataKey, new_key
from backend.boot.ciphers import make_key_file, open_cipher, require_key
from backend.domain.unsealed import Unsealed
from backend.errors import ConfigError
from config import load_settings


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No key but those of the test."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATA_KEY", "DATA_KEYS_BEFORE", "ALLOW_CLEAR_DATA", "HOST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_KEY_FILE", str(tmp_path / "var" / "data.key"))
    return tmp_path / "var" / "data.key"


def test_the_first_start_on_a_machine_makes_a_key_for_its_user_only_and_the_next_one_keeps_it(nowhere: Path) -> None:
    settings = load_settings()
    assert make_key_file(settings) and nowhere.stat().st_mode & 0o777 == 0o600
    first = open_cipher(settings).key_id
    assert first and not make_key_file(settings) and open_cipher(settings).key_id == first


def test_a_key_of_the_settings_goes_before_the_file(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_key_file(load_settings())
    key, before = new_key(), new_key()
    monkeypatch.setenv("DATA_KEY", key)
    monkeypatch.setenv("DATA_KEYS_BEFORE", f" {before} ,")
    settings = load_settings()
    assert open_cipher(settings).key_ids == (DataKey.read(key, "").id, DataKey.read(before, "").id)
    assert key not in repr(settings) and before not in repr(settings)
    nowhere.unlink()
    assert not make_key_file(settings)


def test_without_a_key_nothing_is_sealed_on_this_machine_and_nobody_serves_beyond_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = load_settings()
    cipher = open_cipher(settings)
    assert isinstance(cipher, Unsealed)
    require_key(settings, cipher)
    monkeypatch.setenv("HOST", "0.0.0.0")
    with pytest.raises(ConfigError, match=r"DATA_KEY: expected a key .*ALLOW_CLEAR_DATA=true"):
        require_key(load_settings(), cipher)
    monkeypatch.setenv("ALLOW_CLEAR_DATA", "true")
    require_key(load_settings(), cipher)


def test_keys_from_before_without_one_for_now_are_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_KEYS_BEFORE", new_key())
    with pytest.raises(ConfigError, match="DATA_KEY: expected with DATA_KEYS_BEFORE"):
        open_cipher(load_settings())


def test_a_file_that_holds_no_key_is_said_to(nowhere: Path) -> None:
    nowhere.parent.mkdir()
    nowhere.write_text("not a key")
    with pytest.raises(ConfigError, match=r"DATA_KEY_FILE \(data.key\): expected 32 random bytes"):
        open_cipher(load_settings())
