"""Says days and times of day in Spanish."""

from datetime import date, time
from typing import Any

from backend.language.asked import Asked

__all__ = ["say_date", "say_time"]

_NEAR = 300
"""Days within which the year goes without saying."""
_WEEKDAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
    "diciembre",
)  # fmt: skip
_DAWN, _NOON, _DUSK = 5, 12, 19


def say_date(value: Any, asked: Asked) -> str:
    """``"miércoles 18 de noviembre"``; with its year when far away."""
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return str(value)
    number = "primero" if day.day == 1 else str(day.day)
    far = abs((day - asked.now.date()).days) > _NEAR
    return f"{_WEEKDAYS[day.weekday()]} {number} de {_MONTHS[day.month - 1]}" + (f" de {day.year}" if far else "")


def say_time(value: Any, asked: Asked) -> str:
    """``"las 5:30 de la tarde"``, ``"mediodía"``: with its part of the day, so that no half of it is in doubt."""
    try:
        moment = time.fromisoformat(str(value))
    except ValueError:
        return str(value)
    if moment.minute == 0 and moment.hour in (0, _NOON):
        return "medianoche" if moment.hour == 0 else "mediodía"
    hour = moment.hour % _NOON or _NOON
    clock = f"{hour}:{moment.minute:02d}" if moment.minute else str(hour)
    return f"{'la' if hour == 1 else 'las'} {clock} {_part(moment.hour)}"


def _part(hour: int) -> str:
    if hour < _NOON:
        return "de la noche" if hour == 0 else "de la madrugada" if hour < _DAWN else "de la mañana"
    return "de la tarde" if hour < _DUSK else "de la noche"
