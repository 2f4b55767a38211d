"""Receives a guest, whom every function is handed; what a guest is, and two of the functions, are not here."""

# ruff: noqa: F821 - a fragment on purpose


def receive(name):
    guest = Guest(name)
    # everything that is called from here must be told which guest it is for
    show_around(guest)
    serve_dinner(guest)


def show_around(guest):
    greet(guest)
    pour_tea(guest)


def serve_dinner(guest):
    pour_tea(guest)
    pour_tea(guest)
