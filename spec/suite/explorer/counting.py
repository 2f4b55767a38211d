"""Schedules counted by hand: every word of steps is written down, and the words that are alike are put together."""

from __future__ import annotations


def reads_and_writes(steps):
    """Count the classes of interleavings of two workers with these steps, and those that lose an update.

    An interleaving is a word with the steps of each in their order. Two are alike if one becomes the other by
    swapping neighbouring reads of different workers. So a class is the word whose neighbouring reads stand in
    order of worker.
    """
    found = {}

    def go(word, places):
        if places == (len(steps), len(steps)):
            found[normal(word)] = ends_wrong(word)
        for worker in (0, 1):
            if places[worker] < len(steps):
                moved = (places[0] + (worker == 0), places[1] + (worker == 1))
                go((*word, (worker, steps[places[worker]])), moved)

    go((), (0, 0))
    return len(found), sum(found.values())


def normal(word):
    """Sort each group of neighbouring reads by worker."""
    groups = [[]]
    for step in word:
        if step[1] == "w" or (groups[-1] and groups[-1][-1][1] == "w"):
            groups.append([])
        groups[-1].append(step)
    return tuple(step for group in groups for step in sorted(group))


def ends_wrong(word):
    """Tell whether adding 5 and 8 and taking them away, in this order of steps, leaves anything but 0."""
    shared, own, done = 0, [0, 0], [0, 0]
    for worker, step in word:
        if step == "r":
            own[worker] = shared
        else:
            shared = own[worker] + (5, 8)[worker] * (1 if done[worker] % 2 == 0 else -1)
            done[worker] += 1
    return shared != 0
