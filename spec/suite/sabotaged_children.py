"""A claim with a saboteur for every way of making a child."""

from __future__ import annotations

SABOTEUR = '''
@saboteur(caught_by={caught_by})
def {name}(patch):
    """The thing is broken."""
    {body}
'''

CHILDREN = '''
import multiprocessing
from spec.suite import targets


def thing_of_a_child(context):
    here, there = context.Pipe(duplex=False)
    with here, there:
        child = context.Process(target=targets.send_thing, args=(there,))
        child.start()
        found = here.recv()
        child.join()
    return found


def test_mp_context(mp_context):
    """{name}: a child of the run's context finds the thing whole."""
    assert thing_of_a_child(mp_context) == "whole"


def test_clean_room(clean_room):
    """{name}: a subject of the clean room finds the thing whole."""
    assert clean_room.run(targets.thing) == "whole"
'''

EACH_METHOD = '''

@pytest.mark.parametrize("every_context", ["{method}"], indirect=True)
def test_{method}(every_context):
    """{{name}}: a child made by {method} finds the thing whole."""
    assert thing_of_a_child(every_context) == "whole"
'''

METHODS = ("fork", "forkserver", "spawn")


def children():
    """Return the claim's body: a requirement and a saboteur for each way."""
    body = CHILDREN + "".join(EACH_METHOD.format(method=method) for method in METHODS)
    for name in (*METHODS, "mp_context", "clean_room"):
        patching = "patch.in_child(targets.break_thing)"
        body += SABOTEUR.format(caught_by=f"test_{name}", name=f"in_{name}", body=patching)
    return body
