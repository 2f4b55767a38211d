"""Whether a run may make hosts of its own, and whether there is an interpreter of another version."""

from __future__ import annotations

from spec.distributed.tasking_commands import another_interpreter
from spec.support.capabilities import refusal_of
from spec.support.claims import Condition

can_make_hosts = Condition(
    "this run may make network namespaces, and a cable between two of them",
    lambda: refusal_of("from spec.distributed.targets import hosts\nwith hosts.two_hosts(): pass"),
)
can_see_sockets = Condition(
    "ss of iproute2 tells of the sockets of a network",
    lambda: refusal_of("import subprocess\nsubprocess.run(['ss', '-tnoH'], check=True, capture_output=True)"),
)
can_leave_the_network = Condition(
    "this run may put a process into a network namespace of its own",
    lambda: refusal_of("from spec.distributed.targets import networks\nnetworks.leave_the_network()"),
)
has_another_interpreter = Condition(
    "there is an interpreter of another version of Python",
    lambda: "" if another_interpreter()[0] else "none of python3.11 to python3.15 is another version, and runs",
)
