"""The console: pages in a browser for those who run phone lines. Sources in ``src``, what is served in ``built``."""
