"""`python -m spec.report` writes the page of a record, or says in one line why not."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from spec.report import write
from spec.report.__main__ import main
from spec.suite.report.records import small_record

ROOT = Path(__file__).parents[3]


@pytest.fixture
def record_file(tmp_path):
    """A file that holds a small record."""
    path = tmp_path / "run.json"
    path.write_text(json.dumps(small_record()), encoding="ascii")
    return path


def run_command(*arguments):
    """What the command did, run as a reader runs it."""
    return subprocess.run(
        [sys.executable, "-m", "spec.report", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_writes_the_page(record_file, tmp_path):
    """The command writes the page where it is told to, prints where, and exits with 0."""
    ended = run_command(record_file, "-o", tmp_path / "new" / "page.html")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.strip() == str(tmp_path / "new" / "page.html")
    assert (tmp_path / "new" / "page.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_page_lies_beside_the_record_unless_told(record_file):
    """Without a place to write to, the page lies beside its record."""
    assert main([str(record_file)]) == 0
    assert record_file.with_suffix(".html").exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is not JSON"),
        (b"\xff\xfe\xfd", "is not JSON"),
        (b"[" * 200_000, "is not JSON"),
        (b"[1]", "holds no JSON object"),
        (b'{"schema": 9}', "record has schema 9, this report reads 1"),
        (b'{"schema": 1, "run": {"gil": "\\ud800"}, "claims": []}', r"run.gil is '\ud800'"),
    ],
    ids=["empty", "bytes", "deep", "list", "schema", "surrogate"],
)
def test_bad_input_is_one_line_and_exit_2(content, message, tmp_path, capsys):
    """A file that holds no record is answered with one line on standard error and the exit code 2."""
    path = tmp_path / "bad.json"
    path.write_bytes(content)

    assert main([str(path)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert message in printed.err


def test_a_missing_file_is_one_line_and_exit_2(tmp_path):
    """A record that does not exist is answered with one line that names it."""
    ended = run_command(tmp_path / "none.json")

    assert ended.returncode == 2
    assert ended.stderr == f"spec.report: cannot read {tmp_path / 'none.json'}: No such file or directory\n"


def test_a_page_that_cannot_be_written_is_one_line_and_exit_2(record_file, tmp_path, capsys):
    """A page that has no place to be written to is answered with one line and the exit code 2."""
    assert main([str(record_file), "-o", str(tmp_path / "run.json" / "page.html")]) == 2
    assert capsys.readouterr().err.startswith("spec.report: cannot write ")


def test_a_page_is_replaced_whole_or_not_at_all(tmp_path):
    """A record that cannot be rendered leaves the earlier page as it was, and nothing else behind."""
    page = tmp_path / "page.html"
    write(small_record(), page)
    before = page.read_bytes()

    with pytest.raises(ValueError, match="schema 2"):
        write(small_record(schema=2), page)

    assert page.read_bytes() == before
    assert list(tmp_path.iterdir()) == [page]


def test_a_record_and_its_file_make_the_same_page(record_file, tmp_path):
    """Writing takes a record or the path of its file, and both make the same page."""
    from_file, from_value = (
        write(record_file, tmp_path / "a.html"),
        write(small_record(), tmp_path / "b.html"),
    )

    assert from_file.read_bytes() == from_value.read_bytes()
