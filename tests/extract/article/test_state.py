"""The state that pages hand to their scripts, and the last resort: what scripts for statistics are told."""

from __future__ import annotations

import json
import re

import pytest

from tests.extract.article.reading import entry_of, names, page, story

STORY = {
    "headline": "The harbour bell returns",
    "publishedAt": "2025-02-06T17:52:00Z",
    "updated_at": 1738915200000,
    "authors": [{"displayName": "Ida Brandt", "url": "/people/ida"}, "Ola Nord"],
    "tags": [{"slug": "bells", "name": "Bells"}, {"slug": "divers", "label": "Divers"}],
    "primary_section": {"name": "City"},
    "standfirst": "After ninety-one years.",
    "leadImage": {
        "src": "/p/bell-on-quay.jpg",
        "width": 1600,
        "height": "900",
        "altText": "A bell",
        "credit": "Nils Holm",
    },
}
OTHER = {**STORY, "headline": "Ferry late again and again", "authors": ["Eve Other"]}
STATE = {"props": {"stories": [OTHER, {"story": STORY}], "menu": [{"title": "City"}] * 3, "nothing": [None, 7]}}
TEXT = json.dumps(STATE)
FLIGHT = json.dumps(f'1:HL["/a.css","style"]\n2b:["$","article",null,{TEXT}]\n3:I[12]\n')


def flat(value: object) -> list[object]:
    """The value as Nuxt 3 writes it: a list of all values, in which objects and lists hold the places of theirs."""
    values: list[object] = [["ShallowReactive", 1]]

    def placed(inner: object) -> int:
        at = len(values)
        values.append(None)
        if isinstance(inner, dict):
            values[at] = {key: placed(item) for key, item in inner.items()}
        elif isinstance(inner, list):
            values[at] = ["Reactive", placed({"items": inner})] if at == 1 else [placed(item) for item in inner]
        else:
            values[at] = ["Date", inner] if str(inner).startswith("2025-") else inner
        return at

    placed(value)
    return values


def called(state: object) -> str:
    """The value as Nuxt 2 writes it: an object of a function's parameters, which is called with its texts."""
    texts = ["Ida Brandt", "City", "Bells"]
    literal = re.sub(r'"(\w+)":', r"\1:", json.dumps(state, separators=(",", ":")).replace("null", "void 0"))
    for name, text in zip("abc", texts, strict=True):
        literal = literal.replace(json.dumps(text), name)
    return f"(function(a,b,c){{return {literal}}}({','.join(map(json.dumps, texts))}));"


@pytest.mark.parametrize(
    "script",
    [
        f'<script id="__NEXT_DATA__" type="application/json">{TEXT}</script>',
        f"<script>window.__PRELOADED_STATE__ = {TEXT};</script>",
        f'<script>var a=1;window["__STATE__"]={TEXT};b={{c:1}};</script>',
        f"<script>Fusion.globalContent={TEXT};Fusion.x={{}}</script>",
        f"<script>window.dataLayer=[{TEXT}]</script>",
        f"<script>window.__INITIAL_STATE__ = JSON.parse({json.dumps(TEXT)});</script>",
        f"<script>window.__INITIAL_STATE__=JSON.parse('{TEXT}')</script>",
        f'<script>self.__next_f.push([1,{FLIGHT[:300]}"])</script><script>self.__next_f.push([1,"{FLIGHT[300:]}])</script>',
        f"<script>window.__NUXT__={called(STATE)}</script>",
        f'<script type="application/json" id="__NUXT_DATA__">{json.dumps(flat(STATE))}</script>',
    ],
)
def test_the_story_is_the_object_with_the_headline(script: str) -> None:
    entry = entry_of(page(body="<h1>The harbour bell returns</h1>" + script))
    assert names(entry) == ["Ida Brandt", "Ola Nord"]
    assert entry.authors[0].url == "https://www.mole-post.example/people/ida"
    assert (entry.tags, entry.section, entry.summary) == (("Bells", "Divers"), "City", "After ninety-one years.")
    assert entry.provenance["published"] == "state .publishedAt"
    assert entry.updated is not None
    (image,) = entry.images
    assert (image.width, image.height, image.alt, image.credit) == (1600, 900, "A bell", "Nils Holm")


@pytest.mark.parametrize(
    "fields",
    [
        {"credits": {"by": [{"name": "Ida Brandt"}]}},
        {"byline": "By Ida Brandt"},
        {"author": {"node": 7, "fullName": "Ida Brandt"}},
        {"writers": {"by": [{"name": {"text": "Ida Brandt"}}]}},
    ],
)
def test_authors_stand_in_many_shapes(fields: dict[str, object]) -> None:
    state = {"title": "The harbour bell returns", "a": 1, "datePublished": {"utc": "2025-02-06T17:52:00Z"}, **fields}
    entry = entry_of(
        page(body=story() + f'<script type="application/json">{json.dumps({"x": state, "y": " " * 200})}</script>')
    )
    assert names(entry) == ["Ida Brandt"]
    assert entry.provenance["published"] == "state .datePublished"


@pytest.mark.parametrize(
    ("image", "url"),
    [
        ("/p/bell-on-quay.jpg", "/p/bell-on-quay.jpg"),
        ("bell", None),
        ([{"url": "/p/bell-on-quay.jpg"}], "/p/bell-on-quay.jpg"),
        ({"basic": {"url": "/p/bell-on-quay.jpg"}}, "/p/bell-on-quay.jpg"),
        ({"basic": {"type": "video"}}, None),
        ([], None),
    ],
)
def test_pictures_stand_in_many_shapes(image: object, url: str | None) -> None:
    state = {**STORY, "leadImage": image}
    entry = entry_of(
        page(body=f'<h1>The harbour bell returns</h1><script type="application/json">{json.dumps(state)}</script>')
    )
    assert [i.url for i in entry.images] == ([f"https://www.mole-post.example{url}"] if url else [])


@pytest.mark.parametrize(
    "text", ["window.a={" + '"author":' * 9000, '{"author": ' + "[" * 9000, "ublish" + "={[" * 5000]
)
def test_a_state_that_cannot_be_read_is_none(text: str) -> None:
    assert entry_of(page(body=f"{story()}<script>{text}</script>")).authors == ()


@pytest.mark.parametrize(
    "script",
    [
        "ga('set', {'contentAuthor': 'Ida Brandt', page: 1})",
        'var tracking = {author: "Ida Brandt"};',
        'push(["setContentAuthor", "Ida Brandt"])',
        'self.__next_f.push([1,"{\\"authors\\":[\\"Ida Brandt\\"]}"])',
    ],
)
def test_authors_that_scripts_are_told_are_the_last_resort(script: str) -> None:
    entry = entry_of(page(body=f"{story()}<script>{script}</script>"))
    assert (names(entry), entry.provenance["authors"]) == (["Ida Brandt"], "script author")
    assert names(entry_of(page(body=f"{story('<p class=byline>By Ola Nord</p>')}<script>{script}</script>"))) == [
        "Ola Nord"
    ]


def test_a_list_of_all_authors_is_no_byline() -> None:
    script = ";".join(f"author='{name} Other'" for name in ("Ann", "Bea", "Cia", "Dot", "Eve", "Fay", "Gil"))
    assert entry_of(page(body=f"{story()}<script>{script}</script>")).authors == ()
