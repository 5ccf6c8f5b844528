"""Settings: one small class a file, by concern. Environment first, ``.env`` second, defaults that run."""

from config.settings import Settings, load_places, load_settings

__all__ = ["Settings", "load_places", "load_settings"]
