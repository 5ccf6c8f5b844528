"""The table of ``make threads``."""

from bench.sdk_threads import table


def test_server_and_bare_program_stand_beside_each_other() -> None:
    usual = {"loop_s": 0.5, "python_s": 0.1, "sdk_s": 0.6, "bare_sdk_s": 0.5, "call_mb": 1.4, "bare_call_mb": 1.0}
    told = table([usual, usual | {"sdk_s": 0.5}, usual | {"sdk_s": 0.55}], calls=20, seconds=10)
    assert "20 calls for 10 s" in told
    assert told.splitlines()[-4:] == [
        "| round 1 | 0.500 | 0.100 | 0.600 | 0.500 | 1.200 | 1.400 | 1.000 |",
        "| round 2 | 0.500 | 0.100 | 0.500 | 0.500 | 1.000 | 1.400 | 1.000 |",
        "| round 3 | 0.500 | 0.100 | 0.550 | 0.500 | 1.100 | 1.400 | 1.000 |",
        "| medians | 0.500 | 0.100 | 0.550 | 0.500 | 1.100 | 1.400 | 1.000 |",
    ]
