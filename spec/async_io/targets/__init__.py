"""What runs in the children of this chapter: light modules, importable by name under every start method.

Sabotage of a child stands beside what it breaks, and takes a `Patch`.
"""
