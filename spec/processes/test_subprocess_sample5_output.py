"""A program that feeds nslookup its commands prints the mail exchanger of a domain and exit code 0."""

from spec.processes.dns import ZONE, has_nslookup, name_server
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import can_start_programs
from spec.support.programs import run, sample

claim = Claim(
    zh="程序把命令逐行喂给 nslookup，最后打印出该域的邮件交换记录和退出码 0。",
    decides={"subprocess.sample5-output": (140, 150)},
    ruling=HoldsIf(
        condition="nslookup is installed, and a name server has such a record",
        because="the answer is nslookup's and the name server's, not Python's; and what a program "
        "complains of goes into a pipe whose content is collected and never shown",
        correction=Text(
            en="Look at the second value that communicate returns, or leave stderr alone: errors written "
            "there are otherwise lost.",
            zh="communicate 返回的第二个值也要看，或者干脆不要重定向 stderr，否则写到那里的错误信息就丢了。",
        ),
        references=[
            "https://docs.python.org/3/library/subprocess.html#subprocess.Popen.communicate",
            "https://bind9.readthedocs.io/en/latest/manpages.html",
        ],
    ),
    needs=[can_start_programs, has_nslookup],
)

DOMAIN = "example.test."  # with its last dot it is not looked for in the domains of this machine
SESSION = sample(__file__, "command_session")
WITHOUT_TYPE = SESSION.replacing('"set type=MX", ', "")
COMPLAINT = SESSION.replacing('["nslookup"]', '["sh", "-c", "echo answered; echo complained >&2"]')


def run_session(program, domain=DOMAIN):
    """Return how a session went, and what the name server was asked in it."""
    with name_server(ZONE) as server:
        return run(program, server.port, domain), server.questions


def test_mail_exchanger_and_exit_code_0(evidence):
    """The session prints the announcement, the mail exchanger's record and exit code 0, in this order."""
    ran, questions = run_session(SESSION)
    ran.show(evidence, "the session")

    announcement, *answers, code = ran.lines
    assert (announcement, code) == ("running nslookup", "exit code 0")
    assert any("mail exchanger = 10 mail.example.test" in line for line in answers)
    assert questions == [(DOMAIN, "MX")]


def test_no_mail_exchanger_unless_asked_for(evidence):
    """A session that does not ask for mail exchangers prints none."""
    ran, questions = run_session(WITHOUT_TYPE)
    ran.show(evidence, "without the type of record")

    assert "Can't find example.test" in ran.output
    assert "mail exchanger" not in ran.output
    assert "MX" not in {kind for _, kind in questions}


def test_unknown_domain_gives_exit_code_1(evidence):
    """A session about a domain that the name server does not know prints exit code 1."""
    ran, _ = run_session(SESSION, "nobody.test.")
    ran.show(evidence, "an unknown domain")

    assert "NXDOMAIN" in ran.output
    assert ran.lines[-1] == "exit code 1"


def test_collected_errors_are_not_shown(evidence):
    """What the started program writes to its standard error appears in no stream of this program."""
    ran = run(COMPLAINT, "0", DOMAIN).show(evidence, "a program that complains")

    assert "answered" in ran.lines
    assert "complained" not in ran.output + ran.errors


@saboteur(caught_by=test_mail_exchanger_and_exit_code_0)
def session_that_leaves_out_the_type(patch):
    """The type of record is not told."""
    patch.here(SESSION=WITHOUT_TYPE)


@saboteur(caught_by=test_no_mail_exchanger_unless_asked_for)
def nslookup_that_asks_for_mail_exchangers_anyway(patch):
    """The type of record is told after all."""
    patch.here(WITHOUT_TYPE=SESSION)


@saboteur(caught_by=test_unknown_domain_gives_exit_code_1)
def session_about_another_domain(patch):
    """The program asks about a domain of its own choice."""
    patch.here(SESSION=SESSION.replacing(", domain,", ', "example.test.",'))


@saboteur(caught_by=test_collected_errors_are_not_shown)
def standard_error_that_is_left_alone(patch):
    """The started program writes its errors where this one does."""
    patch.here(COMPLAINT=COMPLAINT.replacing(", stderr=PIPE", ""))
