"""A run record as one HTML page.

The page asks nothing of the network: style, script and icon are in it, and its content security policy admits
no others. Whatever text the record holds, the page is valid UTF-8 and the text is shown, never obeyed.
"""

import base64
import contextlib
import hashlib
import json
import os
import uuid
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from spec.report import drawing, formats, model, page
from spec.report.bilingual import catalogue, language_of
from spec.report.reading import RecordError
from spec.report.reading_record import read_record

_FILTERS = (
    formats.duration,
    formats.figure,
    formats.span_of_lines,
    formats.anchor,
    formats.slug,
    formats.moment,
    formats.reference,
    language_of,
)

TEMPLATES = Path(__file__).parent / "templates"


def render(record: Mapping[str, object]) -> str:
    """The page of a run record, or a `RecordError` that says in one line why it is none."""
    run = read_record(record)
    return (
        _environment()
        .get_template("page.html")
        .render(
            record=run,
            must=page.must_know(run),
            groups=page.groups(run),
            chapters=page.chapters(run),
            outcome=page.outcome_word(run),
        )
    )


def write(record: Mapping[str, object] | str | os.PathLike[str], html_path: str | os.PathLike[str]) -> Path:
    """Render a record, or the JSON file that holds it, into `html_path`, which is never seen half written."""
    held = record if isinstance(record, Mapping) else load(record)
    return _replace(Path(html_path), render(held).encode("utf-8", "backslashreplace"))


def load(record_path: str | os.PathLike[str]) -> Mapping[str, object]:
    """The JSON object in the file, or a `RecordError` that says in one line why there is none."""
    try:
        record = json.loads(Path(record_path).read_bytes())
    except OSError as error:
        raise RecordError(f"cannot read {os.fspath(record_path)}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise RecordError(f"not a run record: {os.fspath(record_path)} is not JSON: {error}") from error
    if not isinstance(record, Mapping):
        raise RecordError(f"not a run record: {os.fspath(record_path)} holds no JSON object")
    return record


def _replace(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink()
    return path


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    style, script = _asset("page.css"), _asset("page.js")
    environment.globals.update(style=style, script=script, style_hash=_digest(style), script_hash=_digest(script))
    environment.globals.update(verdicts=model.VERDICTS, rulings=model.RULINGS, w=catalogue())
    environment.globals.update(page=page, drawing=drawing)
    environment.filters.update({each.__name__: each for each in _FILTERS})
    # The marks of all outcomes are few, and a page holds them thousands of times.
    environment.globals["mark"] = cache(vars(environment.get_template("parts.html").module)["mark"])
    return environment


def _asset(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8").strip()


def _digest(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode("ascii")
