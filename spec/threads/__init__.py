"""Threads, locks, the global interpreter lock, and what belongs to one thread alone."""
