"""Runtimes that break one promise each."""
