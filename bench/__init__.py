"""Benchmarks: our engine, and others beside it, under one load of simulated callers."""
