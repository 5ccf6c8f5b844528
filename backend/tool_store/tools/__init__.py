"""The tools that ship. One file a subject."""
