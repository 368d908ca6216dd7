"""Save a page as a new golden case, with what is read from it now as its expectation, for a person to review.

    python -m tests.save_case FILE_OR_ADDRESS SITE/CASE [--kind listing] [--url URL] [--now TIME] [--about TEXT]

What is saved is what the program finds, right or wrong: correct expected.json by hand until it says what a reader
wants, and cut page.html down to what shows it.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from feedmaker.errors import FeedmakerError
from tests.test_cases import CASES, Kind, read_case


@click.command(help=__doc__)
@click.argument("page")
@click.argument("name", metavar="SITE/CASE")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), default=Kind.ARTICLE.value, show_default=True)
@click.option("--url", help="The address that a saved file was served from.")
@click.option("--now", type=datetime.fromisoformat, help="The moment of reading, ISO 8601. [default: now]")
@click.option("--source", type=json.loads, default="{}", help="Options of a source as JSON, such as its items.")
@click.option("--content", is_flag=True, help="Read the article's text too.")
@click.option("--cases", type=click.Path(path_type=Path), default=CASES, help="The folder of all cases.")
@click.option("--about", default="", help="What the case shows, in a sentence.")
def save_case(
    page: str,
    name: str,
    kind: str,
    url: str | None,
    now: datetime | None,
    source: dict[str, Any],
    content: bool,
    cases: Path,
    about: str,
) -> None:
    folder = cases / name
    if len(Path(name).parts) != 2 or folder.exists():
        raise click.UsageError(f"Expected a new folder SITE/CASE below {cases}, found {name}.")
    body, headers, address = _fetched(page) if urlsplit(page).scheme in ("http", "https") else _from_file(page, url)
    meta = {
        "about": about,
        "kind": kind,
        "url": url or address,
        "now": _aware(now).isoformat(),
        "headers": headers,
        **({"content": True} if content else {}),
        **({"source": source} if source else {}),
    }
    try:
        expected = read_case(body, meta)
    except FeedmakerError as error:
        raise click.ClickException(str(error)) from error
    folder.mkdir(parents=True)
    (folder / "page.html").write_bytes(body)
    _write_json(folder / "meta.json", meta)
    _write_json(folder / "expected.json", expected)
    click.echo(f"Review {folder / 'expected.json'} field by field before you commit it.")


def _fetched(address: str) -> tuple[bytes, dict[str, str], str]:
    import requests

    response = requests.get(address, timeout=30)
    response.raise_for_status()
    kept = ("Content-Type", "Last-Modified", "Content-Language")
    return response.content, {k.lower(): response.headers[k] for k in kept if k in response.headers}, response.url


def _from_file(path: str, url: str | None) -> tuple[bytes, dict[str, str], str]:
    if url is None:
        raise click.UsageError("Say with --url which address the saved page was served from.")
    return Path(path).read_bytes(), {}, url


def _aware(now: datetime | None) -> datetime:
    now = now or datetime.now(UTC).replace(microsecond=0)
    return now if now.tzinfo else now.replace(tzinfo=UTC)


def _write_json(file: Path, value: object) -> None:
    file.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    save_case()
