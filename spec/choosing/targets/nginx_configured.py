"""How Nginx is told what to do, and whether it can be told so here."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from spec.processes.targets.fork_servers import LOOPBACK
from spec.support.deadlines import deadline
from spec.support.sabotage import Patch

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or "nginx"
NOBODY = 65534

# The answer is the id of the process that makes it.
CONFIGURATION = """
daemon off;
master_process {master};
worker_processes {workers};
pid {folder}/pid;
error_log {folder}/errors;
events {{ worker_connections 300; }}
http {{
    access_log off;
    client_body_temp_path {folder}/1;
    proxy_temp_path {folder}/2;
    fastcgi_temp_path {folder}/3;
    uwsgi_temp_path {folder}/4;
    scgi_temp_path {folder}/5;
    server {{
        listen {host}:{port};
        location / {{ return 200 $pid; }}
    }}
}}
"""


def refusal() -> str:
    """Ask Nginx whether it can be configured like that; return its last word, empty where it can."""
    with tempfile.TemporaryDirectory() as name:
        try:
            done = subprocess.run(
                [NGINX, "-e", "stderr", "-t", "-c", configure(Path(name), 8080, "1", "on")],
                capture_output=True,
                text=True,
                timeout=deadline(),
                check=False,
            )
        except (OSError, KeyError, subprocess.TimeoutExpired) as error:
            return str(error)
    return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["nginx -t refuses"])[-1]


def configure(folder: Path, port: int, workers: str, master: str) -> Path:
    """Write Nginx's configuration."""
    file = folder / "configuration"
    told = CONFIGURATION.format(folder=folder, host=LOOPBACK, port=port, workers=workers, master=master)
    file.write_text(told + unprivileged())
    return file


def unprivileged() -> str:
    """Say that the workers are nobody, where Nginx would have to be told."""
    if os.geteuid() != 0:
        return ""
    return f"user {pwd.getpwuid(NOBODY).pw_name} {grp.getgrgid(NOBODY).gr_name};\n"


def no_master(patch: Patch) -> None:
    """Have Nginx do without its master."""
    told_instead(patch, "master_process {master}", "master_process off")


def always_a_master(patch: Patch) -> None:
    """Have Nginx keep its master."""
    told_instead(patch, "master_process {master}", "master_process on")


def one_worker_more(patch: Patch) -> None:
    """Have Nginx start one worker more than there are cores."""
    told_instead(patch, "worker_processes {workers}", f"worker_processes {(os.cpu_count() or 1) + 1}")


def told_instead(patch: Patch, old: str, new: str) -> None:
    """Put a passage of the configuration in other words."""
    patch.setattr(sys.modules[__name__], "CONFIGURATION", CONFIGURATION.replace(old, new))
