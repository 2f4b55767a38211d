"""Receives a guest, whom every function looks up by its thread; what a guest is, and the import, are not here."""

# ruff: noqa: F821 - a fragment on purpose

guests = {}


def receive(name):
    guest = Guest(name)
    # stored once, under the thread that receives this guest
    guests[threading.current_thread()] = guest
    show_around()
    serve_dinner()


def show_around():
    # nobody says whom: the thread that asks is the key
    guest = guests[threading.current_thread()]
    greet(guest)


def serve_dinner():
    guest = guests[threading.current_thread()]
    pour_tea(guest)
