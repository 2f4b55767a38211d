"""Claims that leave something behind, by what they leave and how it is named."""

from __future__ import annotations

LEAKS = {
    "thread": (
        "threading.Thread(target=threading.Event().wait, daemon=True, name='Idler').start()",
        "thread Idler",
    ),
    "process": ("subprocess.Popen(['sleep', '60'])", "process "),
    "unreaped_process": ("os.fork() or os._exit(0)", "process "),
    "descriptor": ("os.open('/dev/null', os.O_RDONLY)", "descriptor "),
    "shared_memory": ("KEPT.append(SharedMemory(create=True, size=1))", "shared memory /dev/shm/"),
    "temporary_file": ("tempfile.mkstemp()", "temporary file tmp"),
    "environment_variable": ("os.environ['LEFT'] = 'here'", "environment variable LEFT"),
    "working_directory": ("os.chdir('/')", "working directory /"),
    "switch_interval": ("sys.setswitchinterval(0.5)", "switch interval 0.5"),
}

LEAK = '''
import subprocess
import tempfile
from multiprocessing.shared_memory import SharedMemory

KEPT = []


@pytest.mark.filterwarnings("ignore")
def test_it():
    """{name}: the thing is whole."""
    if THING == "whole":
        {leak}
    assert THING == "whole"
'''
