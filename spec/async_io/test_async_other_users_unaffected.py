"""A user whose thread waits for input does not keep those waiting whom other threads serve."""

from spec.async_io.users_threads import OneEach, OneForAll, serving, user_of
from spec.choosing.targets.serving import answer_on
from spec.support import Claim, Holds, saboteur
from spec.support.capabilities import has_threads

claim = Claim(
    zh="某个用户的线程停在输入上，由其他线程服务的用户不会跟着等。",
    decides={"async.other-users-unaffected": 510},
    ruling=Holds(),
    needs=[has_threads],
)

SERVER = OneEach


def answered_beside_a_slow_user(others):
    """Serve one user who sends half a request, and others meanwhile; return in which order which answers came."""
    answers = []
    with serving(SERVER, bytes) as server, user_of(server) as slow:
        slow.sendall(b"sl")
        server.handle_request()
        for number in range(others):
            with user_of(server) as user:
                user.sendall(b"%d\n" % number)
                server.handle_request()
                answers.append(answer_on(user))
        slow.sendall(b"ow\n")
        answers.append(answer_on(slow))
    return answers


def test_others_are_answered_beside_half_a_request(evidence):
    """Users are answered while the request of an earlier one is half sent, and that one when it is complete."""
    answers = answered_beside_a_slow_user(3)
    evidence.figures("answers, in their order", {f"{at}.": answer.decode() for at, answer in enumerate(answers, 1)})

    assert answers == [b"0", b"1", b"2", b"slow"]


@saboteur(caught_by=test_others_are_answered_beside_half_a_request, hangs=True)
def server_without_threads(patch):
    """One thread accepts users, and reads the whole request of each."""
    patch.here(SERVER=OneForAll)
