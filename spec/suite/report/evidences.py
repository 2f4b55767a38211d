"""One piece of evidence of each kind, small enough to read."""

FIGURES = {
    "kind": "figures",
    "title": "what the two loops used",
    "rows": [
        {"name": "processor time by wall time", "value": 1.0049215, "unit": ""},
        {"name": "turns", "value": 18412, "unit": "1/s"},
        {"name": "decided by", "value": "an interval of 95 %", "unit": ""},
    ],
}

TIMELINE = {
    "kind": "timeline",
    "title": "who held the lock",
    "unit": "s",
    "lanes": [
        {
            "name": "Thread-1 (pay)",
            "spans": [
                {"label": "holds the lock", "start": 0.0, "end": 0.02},
                {"label": "waits", "start": 0.03, "end": 0.05},
            ],
            "events": [{"label": "reads balance", "at": 0.005}, {"label": "writes balance", "at": 0.015}],
        },
        {
            "name": "Thread-2 (pay)",
            "spans": [
                {"label": "waits", "start": 0.001, "end": 0.02},
                {"label": "holds the lock", "start": 0.02, "end": 0.05},
            ],
            "events": [{"label": "both have read", "at": 0.0301}],
        },
    ],
}

TALLY = {
    "kind": "tally",
    "title": "where the balance ended",
    "rows": [
        {"outcome": "0", "count": 19988, "grade": "acceptable", "says": "No change was lost."},
        {"outcome": "5", "count": 12, "grade": "interesting", "says": "One withdrawal was lost."},
        {"outcome": "other", "count": 0, "grade": "forbidden", "says": "A value that no schedule explains."},
    ],
}

INTERLEAVING = {
    "kind": "interleaving",
    "title": "the schedule that loses a change",
    "threads": ["A", "B"],
    "steps": [
        {"thread": "A", "where": "bank.py:7", "source": "before = balance", "operation": "reads balance: 0"},
        {"thread": "B", "where": "bank.py:7", "source": "before = balance", "operation": "reads balance: 0"},
        {
            "thread": "B",
            "where": "bank.py:8",
            "source": "balance = before + 5",
            "operation": "writes balance: 5",
            "lost_to": 4,
        },
        {
            "thread": "A",
            "where": "bank.py:8",
            "source": "balance = before - 5",
            "operation": "writes balance: -5",
        },
    ],
}

TRANSCRIPT = {
    "kind": "transcript",
    "title": "the sample as it runs today",
    "command": "python sample.py",
    "text": "Process (4711) start...\nI (4711) just created a child process (4712).\n",
    "exit": "exit code 0",
}

SERIES = {
    "kind": "series",
    "title": "what a switch costs as tasks are added",
    "x": {"name": "tasks", "unit": ""},
    "y": {"name": "time a switch", "unit": "µs"},
    "lines": [
        {"name": "threads", "points": [[1, 3.1], [10, 4.4], [100, 6.2], [1000, 9.7]]},
        {"name": "coroutines", "points": [[1, 0.9], [10, 0.9], [100, 1.0], [1000, 1.1]]},
    ],
}

EVERY_KIND = (FIGURES, TIMELINE, TALLY, INTERLEAVING, TRANSCRIPT, SERIES)
