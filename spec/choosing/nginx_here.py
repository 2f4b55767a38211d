"""Whether Nginx can be run here, and what is shown of it."""

from __future__ import annotations

from collections import Counter

from spec.choosing.targets import nginx, nginx_configured
from spec.support import Condition
from spec.support.evidence import Evidence

can_run_nginx = Condition("Nginx can be run here", nginx_configured.refusal)


def show_processes(evidence: Evidence, title: str, seen: nginx.Seen) -> None:
    """Show of which processes Nginx is made, and how many requests each answered."""
    answered = Counter(seen.by)
    roles = {seen.started: "the process that was started"} | dict.fromkeys(seen.children, "its child")
    rows = {f"{role}, {pid}": (answered[pid], "requests answered") for pid, role in roles.items()}
    evidence.figures(title, rows | ({"waits with": ", ".join(seen.waits_with)} if seen.waits_with else {}))
