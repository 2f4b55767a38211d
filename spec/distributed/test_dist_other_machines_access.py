"""What listens at an address of its machine can be used from other machines, by whoever has the key."""

import stat

import pytest

from concurrency_lib.task_server import BadKey, TaskServer, find_key, keys
from concurrency_lib.task_server.__main__ import announced, parser
from concurrency_lib.task_server.serving import Serving
from spec.distributed import tasking_keys
from spec.distributed.hosts_probed import can_make_hosts
from spec.distributed.targets import hosts_at_work, tasking_ends
from spec.distributed.tasking import KEY, LOOPBACK
from spec.support import Claim, Holds, needs, saboteur
from spec.support.capabilities import can_fork

claim = Claim(
    zh="在本机某个地址上监听的东西，别的机器上持有密钥的进程就能使用。",
    decides={"dist.other-machines-access": 422},
    ruling=Holds(),
    needs=[can_fork],
)

ANYWHERE = ("0.0.0.0", 0)  # of which is only spoken
ANOTHER = ("127.0.0.2", 0)  # not open to anybody either
understood = parser


@needs(can_make_hosts)
def test_another_host_does_the_tasks(clean_room, evidence):
    """A worker of another host does the tasks of a server that listens at an address of its host's network."""
    values, accepted = clean_room.run(hosts_at_work.tasks_across_hosts, [-1, 2, -3])
    evidence.figures("across two hosts", {"values": str(values), "results accepted from the other host": accepted})

    assert values == [1, 2, 3]
    assert accepted == 3


def test_an_unrelated_process_has_access(clean_room):
    """A process that was told only an address and a key uses a manager's queue that another process made."""
    exitcode, left = clean_room.run(tasking_ends.left_by_a_dead_worker)

    assert (exitcode, left) == (-9, 0)


@needs(can_make_hosts)
def test_loopback_is_for_its_own_host(clean_room):
    """A server that listens at loopback is out of reach for the other host, and within reach on its own."""
    other, own = clean_room.run(hosts_at_work.reach_loopback)

    assert other.startswith("ConnectionRefusedError")
    assert own == "connected"


def test_a_server_listens_at_loopback_unless_told():
    """The library's server listens at loopback if it is given no address."""
    with TaskServer(key=KEY) as served:
        host, _ = served.address

    assert host == LOOPBACK[0]


def test_a_missing_key_is_made_for_its_owner(tmp_path):
    """A key that is missing is made, long, stored with mode 600, and found again."""
    path = tmp_path / "new" / "key"
    made = find_key(path, make=True)

    assert len(made) >= 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert find_key(path) == find_key(path, make=True) == made
    assert list(path.parent.iterdir()) == [path]
    assert not keys.make_key(path)
    assert find_key(path) == made


def test_two_made_keys_differ(tmp_path):
    """No two keys that are made are the same."""
    assert find_key(tmp_path / "one", make=True) != find_key(tmp_path / "other", make=True)


@pytest.mark.parametrize("what", tasking_keys.NO_SECRETS)
def test_a_key_that_is_no_secret_is_refused(tmp_path, monkeypatch, what):
    """A key is refused by name if it is missing, readable by others, or, wherever it is from, under sixteen bytes."""
    error, name = tasking_keys.refusal_of(what, tmp_path, monkeypatch)

    assert isinstance(error, BadKey)
    assert str(error).startswith(f"{name}: {tasking_keys.NO_SECRETS[what]}")


def test_a_key_in_the_environment_counts(monkeypatch, tmp_path):
    """The key of the environment is used unless a file is named."""
    monkeypatch.setenv("TASK_SERVER_KEY", "from the environment")
    named = find_key(tmp_path / "key", make=True)

    assert tasking_keys.unnamed_key() == b"from the environment" != named


def test_no_option_takes_a_key():
    """There is no option by which a key could be given on a command line, and the help warns of who has it."""
    told = " ".join(understood().format_help().split())
    options = tasking_keys.options_of(understood())

    assert "Warning: whoever has the key can run code" in told
    assert {option for option in options if "key" in option} == {"--key-file"}


def test_a_server_open_to_others_says_so():
    """A server that listens beyond loopback warns, as it starts, that whoever has the key can run code."""
    assert any(line.startswith("warning: whoever has the key") for line in announced(ANYWHERE))
    assert not any("warning" in line for line in announced(LOOPBACK))


@saboteur(caught_by=test_another_host_does_the_tasks)
def server_out_of_reach(patch):
    """The server listens at loopback, whatever address it is given."""
    patch.in_child(hosts_at_work.loopback_for_all)


@saboteur(caught_by=test_an_unrelated_process_has_access)
def queue_seen_but_not_taken_from(patch):
    """What another process takes stays where it is."""
    patch.in_child(tasking_ends.lost_tasks_found_again)


@saboteur(caught_by=test_loopback_is_for_its_own_host)
def server_within_everybodys_reach(patch):
    """The server listens at every address of its host."""
    patch.in_child(hosts_at_work.open_to_everybody)


@saboteur(caught_by=test_a_missing_key_is_made_for_its_owner)
def key_for_everybody(patch):
    """A new key is stored for all to read."""
    make = keys.make_key
    patch.setattr(keys, "make_key", lambda path: (make(path), path.chmod(0o644)))
    patch.setattr(keys, "read_key", lambda path: path.read_bytes().strip())


@saboteur(caught_by=test_two_made_keys_differ)
def key_that_is_always_the_same(patch):
    """Every new key is the same."""
    patch.setattr(keys, "make_key", lambda path: (path.write_bytes(KEY), path.chmod(0o600)))


@saboteur(caught_by=test_a_key_that_is_no_secret_is_refused)
def any_key_will_do(patch):
    """Whatever a file has is taken for a key, and of a missing one nothing."""
    patch.setattr(keys, "read_key", lambda path: path.read_bytes() if path.exists() else b"")


@saboteur(caught_by=test_a_key_in_the_environment_counts)
def environment_unheeded(patch):
    """The environment's key is not looked for."""
    patch.setattr(keys, "VARIABLE", "SOMETHING_ELSE")


@saboteur(caught_by=test_a_key_that_is_no_secret_is_refused)
def short_key_that_will_do(patch):
    """A key of one byte is long enough."""
    patch.setattr(keys, "LEAST", 1)


@saboteur(caught_by=test_a_server_listens_at_loopback_unless_told)
def server_at_an_address_of_its_choice(patch):
    """A server that is given no address listens at another than loopback's first."""
    begin = Serving.__init__
    patch.setattr(Serving, "__init__", lambda self, _, *rest, **options: begin(self, ANOTHER, *rest, **options))


@saboteur(caught_by=test_a_server_open_to_others_says_so)
def server_that_says_where_and_no_more(patch):
    """Wherever it listens, the server says only where."""
    patch.here(announced=lambda where: [f"serving at {where[0]}"])


@saboteur(caught_by=test_no_option_takes_a_key)
def key_on_the_command_line(patch):
    """The key may be given as an option."""
    patch.here(understood=tasking_keys.parser_that_takes_keys)
