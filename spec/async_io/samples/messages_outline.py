"""A message loop in outline: none of the names that it calls is anywhere defined."""

loop = get_event_loop()  # noqa: F821
while True:
    process_event(loop.get_event())  # noqa: F821
