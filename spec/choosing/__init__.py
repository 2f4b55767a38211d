"""Processes or threads, what switching costs, kinds of work, and event-driven IO."""
