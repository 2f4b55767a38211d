"""A worker gets in with the master's port and the master's key; with any other it does not."""

from multiprocessing import AuthenticationError

from hypothesis.strategies import binary, integers

from spec.distributed.managing import KEY, LOOPBACK, connect, ended_in, reserved_port, served, shown
from spec.distributed.targets.managing import connected
from spec.processes.multiprocessed import can_start_processes
from spec.support import Claim, HoldsIf, Text, saboteur
from spec.support.properties import for_any

claim = Claim(
    zh="工作进程的端口和密钥与主控一致才连得上，换成别的就不行。",
    decides={"dist.port-key-match": 485},
    ruling=HoldsIf(
        condition="two keys count as one where they differ in nothing but zero bytes at their end",
        because="the key enters an HMAC, which fills keys up to 64 bytes with zeros; any other difference is "
        "refused, and so is a worker without a key, which offers that of its own process",
        correction=Text(
            en="Take random bytes for a key, 16 at the least: then no other key is equal to it.",
            zh="密钥请用随机字节，至少 16 个：这样就没有别的密钥能与它等同。",
        ),
        references=[
            "https://docs.python.org/3/library/multiprocessing.html#authentication-keys",
            "https://www.rfc-editor.org/rfc/rfc2104",
        ],
    ),
    needs=[can_start_processes],
)

BLOCK = 64  # bytes: what an HMAC fills its key up to


def other_port():
    return reserved_port()


def test_the_masters_port_and_key_let_in(mp_context, evidence):
    """The right pair is let in; a wrong port, a wrong key and no key are refused, each by an error of its kind."""
    with served(mp_context, address=(LOOPBACK, 0)) as manager, other_port() as port:
        outcomes = {
            "right port, right key": ended_in(connect, manager.address),
            "wrong port": ended_in(connect, (LOOPBACK, port)),
            "wrong key": ended_in(connect, manager.address, b"abc"),
            "no key": ended_in(connect, manager.address, None),
        }
    evidence.figures("connecting with", {given: shown(outcome) for given, outcome in outcomes.items()})

    assert [type(outcome) for outcome in outcomes.values()] == [
        type(None),
        ConnectionRefusedError,
        AuthenticationError,
        AuthenticationError,
    ]


def test_any_other_key_is_refused(mp_context):
    """Any key that differs in more than zero bytes at its end is refused with AuthenticationError."""
    with served(mp_context) as manager:

        @for_any(binary(max_size=BLOCK), examples=20)
        def is_refused(key):
            right = key.rstrip(b"\0") == KEY.rstrip(b"\0")

            assert isinstance(ended_in(connect, manager.address, key), AuthenticationError) != right


def test_zero_bytes_at_the_end_do_not_count(mp_context):
    """A key that is the master's and then zero bytes, up to 64 bytes in all, is let in."""
    with served(mp_context) as manager:

        @for_any(integers(1, BLOCK - len(KEY)), examples=5)
        def is_let_in(zeros):
            assert ended_in(connect, manager.address, KEY + bytes(zeros)) is None


@saboteur(caught_by=test_the_masters_port_and_key_let_in)
def server_with_a_second_door(patch):
    """Whatever address and key a worker brings, it is let in."""
    patch.here(connect=lambda *_: None)


@saboteur(caught_by=test_any_other_key_is_refused)
def server_that_looks_at_no_key(patch):
    """The key that a worker brings is taken for the right one."""
    patch.here(connect=lambda address, _: connected(address, KEY))


@saboteur(caught_by=test_zero_bytes_at_the_end_do_not_count)
def server_that_looks_at_every_byte(patch):
    """A key counts with all its bytes, the zeros among them."""
    patch.here(connect=lambda address, key: connected(address, key + b"."))
