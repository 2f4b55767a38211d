"""With a call that sends a letter for its task, a queue of tasks sends mail while its master does other things."""

import smtplib

from concurrency_lib.task_server.mastering import Master
from spec.distributed.targets import tasking_letters
from spec.distributed.tasking import serving, working
from spec.distributed.tasking_mail import mail_server
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import has_threads
from spec.support.outcomes import raised_by

claim = Claim(
    zh="把任务换成“发一封信”，任务队列就能在主控做别的事情时发送邮件。",
    decides={"dist.email-queue": 506},
    ruling=HoldsIf(
        condition="the master does not wait for the results before it goes on",
        because="the document's master waits for a result for each task, and so until the last letter is sent; only "
        "one that goes on without them, and looks at them later, has its mail sent beside its own work",
        correction=Text(
            en="Submit the letters, go on, and collect the results later: a letter that was refused is among them, "
            "and one whose worker died may be sent twice.",
            zh="提交信件后先做别的事，以后再收集结果：被拒收的信会出现在结果里；工作者中途死去的，信有可能发两遍。",
        ),
        references=["https://docs.python.org/3/library/smtplib.html"],
    ),
    needs=[has_threads],
)

PEOPLE = ["ann@example.org", "bob@example.org", "eve@example.org"]


def letters_to(people, address):
    """Make a task for each letter."""
    return [(address, person, f"dear {person}") for person in people]


def test_the_master_goes_on_before_a_letter_is_sent(evidence):
    """A master has submitted its letters, and goes on, while the mail server has not taken any; then it takes all."""
    with mail_server() as (address, letters), serving() as served, working(served, 2), served.master() as master:
        letters.gate.clear()
        submitted = master.submit(tasking_letters.send, letters_to(PEOPLE, address))
        before = list(letters.arrived)
        letters.gate.set()
        refused = [result.value() for result in master.results()]
        evidence.figures("letters", {"submitted": submitted, "taken by then": len(before), "at last": len(refused)})

    assert (submitted, before) == (3, [])
    assert sorted(letters.arrived) == [(person, f"dear {person}") for person in PEOPLE]


def test_a_master_that_collects_waits_for_the_letters():
    """A master that collects each result, as the document's does, has them when the last letter is taken."""
    with mail_server() as (address, letters), serving() as served, working(served, 2), served.master() as master:
        list(master.map(tasking_letters.send, letters_to(PEOPLE, address)))
        arrived = len(letters.arrived)

    assert arrived == len(PEOPLE)


def test_a_letter_that_is_refused_is_heard_of():
    """A letter that the mail server refuses ends in an error of its own; the others are sent."""
    with mail_server() as (address, letters), serving() as served, working(served, 2), served.master() as master:
        people = [PEOPLE[0], "nobody@example.org", PEOPLE[1]]
        results = list(master.run(tasking_letters.send, letters_to(people, address)))
        errors = [raised_by(result.value) for result in sorted(results, key=lambda result: result.index)]

    assert [type(error) for error in errors] == [type(None), smtplib.SMTPRecipientsRefused, type(None)]
    assert sorted(person for person, _ in letters.arrived) == PEOPLE[:2]


@saboteur(caught_by=test_the_master_goes_on_before_a_letter_is_sent)
def letters_that_get_lost(patch):
    """A letter is not sent, and nobody is told."""
    patch.setattr(tasking_letters, "post", lambda *_: None)


@saboteur(caught_by=test_a_master_that_collects_waits_for_the_letters)
def results_before_they_are_there(patch):
    """The master is told of results at once."""
    patch.setattr(Master, "map", lambda master, *args: master.submit(*args) and [])
    patch.setattr(tasking_letters, "post", lambda *_: None)


@saboteur(caught_by=test_a_letter_that_is_refused_is_heard_of)
def refusals_kept_back(patch):
    """What the mail server says to a letter is not heard."""
    patch.setattr(tasking_letters, "send", tasking_letters.send_unheard)
