"""Loads PocketSphinx when it is imported: in the process from which those that listen are forked (``workers``)."""

from contextlib import suppress

from local_azure.speech import sphinx_worker

with suppress(Exception):  # whoever is forked tries for itself, and its fault is told
    sphinx_worker.load()
