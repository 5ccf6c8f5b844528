"""What a bare program is given to do: just what was heard and said in the server."""

from pathlib import Path

from backend.domain.audio import PCM_16K
from bench.bare_work import BareWork, Said, pieces

_FRAME = PCM_16K.frame_bytes
_LOUD = b"\x00\x20" * (_FRAME // 2)


def test_every_sample_is_handed_over_in_pieces_as_long_as_they_may_be() -> None:
    caller = bytes(_FRAME * 100) + _LOUD * 60 + bytes(_FRAME * 100)
    given = list(pieces(caller))
    assert len(given) == 260, "one for each frame, though most of them are nothing"
    handed = b"".join(given)
    assert caller.startswith(handed)
    assert len(caller) - len(handed) < 10 * _FRAME, "what is still being gathered"
    lengths = [len(piece) // _FRAME for piece in given]
    assert max(lengths[:100]) == 10, "200 ms of silence"
    assert max(lengths[101:150]) == 2, "40 ms of the first words"
    assert lengths[-60:].count(10) == 5, "silence again, once the final has come"


def test_it_is_given_to_another_process(tmp_path: Path) -> None:
    work = BareWork([_LOUD * 50, bytes(_FRAME * 50)], [Said(0.5, "Good morning.")], voices=3, idle=4)
    work.write(tmp_path)
    assert BareWork.read(tmp_path) == work
    assert work.seconds == 1.0
