"""What the explorer of interleavings promises, and that it keeps it."""
