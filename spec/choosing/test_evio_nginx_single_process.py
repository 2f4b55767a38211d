"""For one core Nginx has one process that serves."""

from spec.choosing.nginx_here import can_run_nginx, show_processes
from spec.choosing.targets import nginx, nginx_configured
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.capabilities import can_fork, has_proc

claim = Claim(
    zh="只给一个核心时，Nginx 只有一个进程在服务。",
    decides={"evio.nginx-single-process": 410},
    ruling=HoldsIf(
        condition="its master process, which serves nobody, is not counted or is turned off",
        because="the process that is started reads the configuration, opens the port and keeps its workers; with one "
        "worker there are two processes",
        correction=Text(
            en="Nginx is a master and its workers. Only the workers serve, and one of them is enough for one core.",
            zh="Nginx 由一个主进程和若干工作进程组成，只有工作进程才处理请求；一个核心配一个工作进程就够了。",
        ),
        references=[
            "https://nginx.org/en/docs/beginners_guide.html",
            "https://nginx.org/en/docs/ngx_core_module.html#master_process",
        ],
    ),
    needs=[can_fork, has_proc, can_run_nginx],
)


def test_a_master_and_one_worker(clean_room, evidence):
    """With one worker Nginx is made of two processes, and the master is not the one that answers."""
    seen = clean_room.run(nginx.processes, "1", "on")
    show_processes(evidence, "Nginx with one worker", seen)

    assert len(seen.children) == 1
    assert list(seen.by) == list(seen.children)


def test_without_a_master_there_is_one_process(clean_room, evidence):
    """With its master turned off Nginx is a single process, which answers."""
    seen = clean_room.run(nginx.processes, "1", "off")
    show_processes(evidence, "Nginx without a master", seen)

    assert (list(seen.children), list(seen.by)) == ([], [seen.started])


@saboteur(caught_by=test_a_master_and_one_worker)
def master_that_serves(patch):
    """Nginx does without its master."""
    patch.in_child(nginx_configured.no_master)


@saboteur(caught_by=test_without_a_master_there_is_one_process)
def master_that_cannot_be_turned_off(patch):
    """Nginx has a master, whatever it is told."""
    patch.in_child(nginx_configured.always_a_master)
