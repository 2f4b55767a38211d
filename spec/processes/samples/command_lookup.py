"""Announces a lookup, runs it and tells how it ended; the arguments are a name server's port and a name."""

import subprocess
import sys

port, name = sys.argv[1:]
command = ["nslookup", f"-port={port}", name, "127.0.0.1"]
print("running", *command)
code = subprocess.call(command)
print("exit code", code)
