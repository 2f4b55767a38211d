"""What the claims about Windows need: they are specified here, and observed where the system is that one."""

from spec.support import Condition


def _windows() -> str:
    try:
        import _winapi  # noqa: F401, PLC0415 - whether it can be imported is the question
    except ImportError as error:
        return f"this is not Windows: {error}"
    return ""


is_windows = Condition("this is Windows", _windows)
