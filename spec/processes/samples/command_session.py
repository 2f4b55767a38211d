"""Starts nslookup, then tells it what to ask; the arguments are a name server's port and a domain."""

import subprocess
import sys
from subprocess import PIPE

port, domain = sys.argv[1:]
session = ["server 127.0.0.1", f"set port={port}", "set type=MX", domain, "exit"]
print("running nslookup")
started = subprocess.Popen(["nslookup"], stdin=PIPE, stdout=PIPE, stderr=PIPE)
answers, complaints = started.communicate("".join(f"{line}\n" for line in session).encode())
print(answers.decode())
print("exit code", started.returncode)
