"""A program that announces a lookup and calls nslookup shows the announcement, the answer and exit code 0."""

from spec.processes.dns import ZONE, has_nslookup, name_server
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import can_start_programs
from spec.support.programs import run, run_on_terminal, sample

claim = Claim(
    zh="程序先报出要执行的域名查询，再调用 nslookup：屏幕上依次是这行说明、查询的答复和退出码 0。",
    decides={"subprocess.sample4-output": (129, 136)},
    ruling=HoldsIf(
        condition="nslookup is installed, a name server knows the name, and standard output is a terminal",
        because="nslookup is no part of Python, nor of every system; it ends with 1 for a name that "
        "nobody knows; and into a pipe Python writes its own lines when it ends, long after nslookup has "
        "written the answer",
        correction=Text(
            en="In a pipe or a file the announcement stands after the answer, unless it is flushed before "
            "the call; exit code 1 tells of an unknown name.",
            zh="输出进入管道或文件时，说明会排到答复之后，除非调用前先刷新缓冲区；查不到名字时，退出码是 1。",
        ),
        references=[
            "https://docs.python.org/3/library/sys.html#sys.stdout",
            "https://bind9.readthedocs.io/en/latest/manpages.html",
        ],
    ),
    needs=[can_start_programs, has_nslookup],
)

LOOKUP = sample(__file__, "command_lookup")
KNOWN = ZONE
NAME = "www.example.test."  # with its last dot it is not looked for in the domains of this machine


def order_of(output, *parts):
    """Return the parts in the order in which the output has them; -1 for a part that it lacks."""
    return [output.find(part) for part in parts]


def test_announcement_answer_and_code_on_a_terminal(evidence):
    """On a terminal the announcement comes first, the name's address second and exit code 0 last."""
    with name_server(KNOWN) as server:
        ran = run_on_terminal(LOOKUP, server.port, NAME).show(evidence, "on a terminal")

    places = order_of(ran.output, "running nslookup", "192.0.2.10", "exit code 0")
    assert places == sorted(places)
    assert places[0] == 0


def test_announcement_comes_last_through_a_pipe(evidence):
    """Through a pipe the announcement comes after the answer, for which only the given name server was asked."""
    with name_server(KNOWN) as server:
        ran = run(LOOKUP, server.port, NAME).show(evidence, "into a pipe")
    evidence.figures("questions to the name server", {kind: name for name, kind in server.questions})

    assert (NAME, "A") in server.questions
    assert set(server.questions) <= {(NAME, "A"), (NAME, "AAAA")}
    places = order_of(ran.output, "192.0.2.10", "running nslookup", "exit code 0")
    assert -1 not in places
    assert places == sorted(places)


def test_name_that_nobody_knows_gives_exit_code_1(evidence):
    """A lookup of a name that the name server does not know ends with exit code 1."""
    with name_server(KNOWN) as server:
        ran = run(LOOKUP, server.port, "nobody.example.test.").show(evidence, "an unknown name")

    assert "NXDOMAIN" in ran.output
    assert ran.lines[-1] == "exit code 1"


@saboteur(caught_by=test_announcement_answer_and_code_on_a_terminal)
def name_server_that_knows_nothing(patch):
    """The name is unknown to the name server."""
    patch.here(KNOWN="")


@saboteur(caught_by=test_announcement_comes_last_through_a_pipe)
def announcement_that_is_flushed(patch):
    """The announcement leaves the program before the call."""
    patch.here(LOOKUP=LOOKUP.replacing("*command)", "*command, flush=True)"))


@saboteur(caught_by=test_name_that_nobody_knows_gives_exit_code_1)
def exit_code_that_nobody_looks_at(patch):
    """The program takes any end for a good one."""
    patch.here(LOOKUP=LOOKUP.replacing("subprocess.call(command)", "subprocess.call(command) and 0"))


@saboteur(caught_by=test_announcement_comes_last_through_a_pipe)
def lookup_of_another_name(patch):
    """The program looks for the name in a subdomain."""
    patch.here(LOOKUP=LOOKUP.replacing(", name,", ', f"other.{name}",'))
