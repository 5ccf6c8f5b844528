"""Joins the parts: settings go in, a server and its workers come out."""
