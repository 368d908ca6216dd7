"""Feeds in object storage are whole objects with their types, written only when they change."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3  # type: ignore[import-untyped, unused-ignore]
import pytest
from moto.server import ThreadedMotoServer

from feedmaker.errors import OutputError
from feedmaker.write import Output, open_destination, render_feed
from feedmaker.write.bucket import Bucket
from tests.write.samples import ENTRY, feed

FILES = {"a.rss": b"<rss/>", "a.atom": b"<feed/>", "a.json": b"{}"}
PLACE = "s3://feeds/news"


@pytest.fixture(scope="module")
def storage() -> Iterator[str]:
    """The address of a storage server on loopback."""
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def client(storage: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The storage as others see it, with an empty bucket; keys and endpoint are in the environment."""
    for name, value in {
        "AWS_ENDPOINT_URL": storage,
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    client = boto3.client("s3")
    client.create_bucket(Bucket="feeds")
    yield client
    for key in keys(client):
        client.delete_object(Bucket="feeds", Key=key)
    client.close()


def keys(client: Any) -> list[str]:
    return [each["Key"] for each in client.list_objects_v2(Bucket="feeds").get("Contents", [])]


def content(client: Any, key: str) -> bytes:
    body: bytes = client.get_object(Bucket="feeds", Key=key)["Body"].read()
    return body


def test_files_are_published_below_the_prefix_with_their_types(client: Any) -> None:
    made = render_feed(feed(ENTRY))
    assert Bucket(PLACE).publish(made) == tuple(made)
    assert sorted(keys(client)) == sorted(f"news/{name}" for name in made)
    assert {name: content(client, f"news/{name}") for name in made} == made
    heads = [client.head_object(Bucket="feeds", Key=f"news/{name}") for name in made]
    assert [head["ContentType"] for head in heads] == [
        "application/rss+xml; charset=utf-8",
        "application/atom+xml; charset=utf-8",
        "application/feed+json",
    ]
    assert {head["CacheControl"] for head in heads} == {"no-cache"}


def test_a_bucket_needs_no_prefix(client: Any) -> None:
    Bucket("s3://feeds").publish(FILES)
    assert sorted(keys(client)) == sorted(FILES)
    assert Bucket("s3://feeds").has(FILES)


def test_files_with_the_same_bytes_are_not_written_again_even_by_the_next_run(client: Any) -> None:
    bucket = Bucket(PLACE)
    bucket.publish(FILES)
    before = {key: client.head_object(Bucket="feeds", Key=key)["LastModified"] for key in keys(client)}
    assert bucket.publish(FILES) == ()
    assert Bucket(PLACE).publish(FILES) == ()
    assert Bucket(PLACE).publish(FILES | {"a.json": b"[]"}) == ("a.json",)
    after = {key: client.head_object(Bucket="feeds", Key=key)["LastModified"] for key in keys(client)}
    assert {key for key in before if before[key] != after[key]} <= {"news/a.json"}
    assert content(client, "news/a.json") == b"[]"


def test_has_tells_of_every_file_also_of_those_of_an_earlier_run_but_of_no_other_prefix(client: Any) -> None:
    assert not Bucket(PLACE).has(FILES)
    Bucket(PLACE).publish(FILES)
    assert Bucket(PLACE).has(FILES)
    assert not Bucket(PLACE).has([*FILES, "b.rss"])
    assert not Bucket("s3://feeds/new").has(FILES)
    assert not Bucket("s3://feeds").has(FILES)


def test_removed_files_are_gone_and_those_that_are_not_there_are_passed_over(client: Any) -> None:
    bucket = Bucket(PLACE)
    bucket.publish(FILES)
    bucket.remove(("a.rss", "b.rss"))
    assert sorted(keys(client)) == ["news/a.atom", "news/a.json"]
    assert not bucket.has(["a.rss"])


@pytest.mark.parametrize("name", ["../a.rss", "inner/a.rss", ".a.rss", "A.rss"])
def test_a_name_that_is_no_plain_file_name_is_refused(client: Any, name: str) -> None:
    bucket = Bucket(PLACE)
    with pytest.raises(ValueError, match="is not a name for a file"):
        bucket.publish({"good.rss": b"x", name: b"x"})
    with pytest.raises(ValueError, match="is not a name for a file"):
        bucket.remove((name,))
    assert keys(client) == []


def test_a_bucket_that_does_not_exist_is_an_error_before_anything_is_published(client: Any) -> None:
    with pytest.raises(OutputError, match=r"The bucket s3://no-such-bucket/news cannot be written: .*Check its name"):
        Bucket("s3://no-such-bucket/news")


def test_storage_that_is_lost_on_the_way_is_an_error(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    bucket = Bucket(PLACE)
    client.delete_bucket(Bucket="feeds")
    with pytest.raises(OutputError, match="cannot be written"):
        bucket.publish(FILES)
    client.create_bucket(Bucket="feeds")
    assert not bucket.has(["a.rss"])


def test_storage_that_cannot_be_reached_is_an_error(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with pytest.raises(OutputError, match=r"cannot be written: .*127\.0\.0\.1"):
        Bucket(PLACE)


@pytest.mark.parametrize("missing", ["fsspec", "s3fs"])
def test_a_missing_extra_is_an_error_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(OutputError, match=r"s3://feeds/news needs .*: pip install 'feedmaker\[s3\]'"):
        Bucket(PLACE)


def test_settings_open_a_bucket_where_they_name_one_and_else_a_folder(client: Any, tmp_path: Path) -> None:
    assert isinstance(open_destination(tmp_path / "feeds", PLACE), Bucket)
    assert not (tmp_path / "feeds").exists()
    assert isinstance(open_destination(tmp_path / "feeds"), Output)
