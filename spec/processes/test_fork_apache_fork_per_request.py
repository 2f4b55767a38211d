"""Apache's classic process model forks for each request that comes in."""

import collections

from spec.processes.targets import fork_apache, fork_servers
from spec.support import Claim, Condition, Refuted, Text, documents_word, saboteur
from spec.support.capabilities import has_proc

can_run_apache = Condition("Apache with its prefork module can be run here", fork_apache.refusal)

claim = Claim(
    zh="Apache 的经典多进程模式，是每来一个请求就为它 fork 一个新进程。",
    decides={"fork.apache-fork-per-request": 61},
    ruling=Refuted(
        because="the model is called prefork because the children are forked before any request comes; "
        "they accept requests by themselves, one after another, and the parent only keeps their "
        "number right. Since 2.4 the default is another model still, with threads",
        correction=Text(
            en="Apache's prefork module forks children ahead of time, and each of them serves many requests.",
            zh="Apache 的 prefork 模块会提前 fork 出一批子进程，由它们自己接受连接，每个都先后处理许多请求。",
        ),
        references=["https://httpd.apache.org/docs/2.4/mod/prefork.html"],
    ),
    needs=[has_proc, can_run_apache],
)

REQUESTS = 10
SERVER = fork_apache.serve_with_apache
MODEL = fork_servers.fork_ahead


def show(evidence, title, served):
    """Show how many requests each process served."""
    requests = {
        f"process {pid}": (number, "requests") for pid, number in sorted(collections.Counter(served.by).items())
    }
    there = {"children before the first request": len(served.before)}
    evidence.figures(title, there | requests | {"children forked since": len({*served.after} - {*served.before})})


@documents_word(match="served by children from before")
def test_each_request_has_a_child_of_its_own(clean_room):
    """Apache serves each request in a child that it forks for it."""
    served = clean_room.run(SERVER, REQUESTS)

    assert served.each_by_a_child_made_for_it, "served by children from before, several requests each"


def test_children_from_before_serve_all_requests(clean_room, evidence):
    """The children that Apache has before the first request serve all, and none is forked since."""
    served = clean_room.run(SERVER, REQUESTS)
    show(evidence, "who served Apache's requests", served)

    assert len(served.by) == REQUESTS
    assert {*served.by} <= {*served.before}
    assert served.after == served.before


def test_two_acceptors_serve_eight_requests(clean_room, evidence):
    """The same model in Python: two children that accept on one socket serve eight requests between them."""
    served = clean_room.run(MODEL, 8)
    show(evidence, "who served the model's requests", served)

    assert len(served.before) == 2
    assert {*served.by} <= {*served.before}
    assert served.after == served.before


@saboteur(caught_by=test_each_request_has_a_child_of_its_own, restores=True)
def server_that_forks_for_each(patch):
    """In Apache's place stands a server that forks for each request."""
    patch.here(SERVER=fork_servers.fork_for_each, REQUESTS=4)


@saboteur(caught_by=test_children_from_before_serve_all_requests)
def children_made_on_demand(patch):
    """The children are forked as requests come in."""
    patch.here(SERVER=fork_servers.fork_for_each, REQUESTS=4)


@saboteur(caught_by=test_two_acceptors_serve_eight_requests)
def listener_that_serves(patch):
    """The process that listens serves as well."""
    patch.here(MODEL=fork_servers.serve_in_the_listener)
