"""Who speaks in Spanish of a report that was made already, and what only sounds like it."""

import pytest

from backend.language.es.reported import has_reported, means_the_old_one


@pytest.mark.parametrize(
    "text",
    [
        "ya hice un reporte la semana pasada, ¿qué ha pasado con eso?", "¿qué pasó con mi reclamo?", "ya lo reporté",
        "levanté un reporte hace dos semanas", "hablo sobre mi reclamo", "quiero saber el estatus de mi reclamo",
    ],
)  # fmt: skip
def test_who_has_reported_it_before(text: str) -> None:
    assert has_reported(text)


@pytest.mark.parametrize(
    "text",
    [
        "quiero hacer un reporte", "ya lo reporté a la policía", "hice un reporte con la policía", "me chocaron ayer",
        "quiero levantar un reclamo", "reporté el choque a tránsito", "mi reclamo anterior fue en 2019",
    ],
)  # fmt: skip
def test_who_reports_it_now(text: str) -> None:
    assert not has_reported(text)


@pytest.mark.parametrize(
    ("text", "old"), [("el anterior", True), ("no, el que ya hice", True), ("no", False), ("uno nuevo", False)]
)
def test_the_old_one(text: str, old: bool) -> None:
    assert means_the_old_one(text) is old
