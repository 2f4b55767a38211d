"""The executable specification: chapters of claims, and what they are told with."""
