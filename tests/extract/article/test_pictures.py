"""The lead picture, its real address, and what the page says beneath it."""

from __future__ import annotations

import pytest

from feedmaker.model import Image
from tests.extract.article.reading import URL, entry_of, ld, page, story

SITE = "https://www.mole-post.example"


def images(body: str = "", head: str = "") -> tuple[Image, ...]:
    return entry_of(page(head, body)).images


def lead(body: str = "", head: str = "") -> str | None:
    return next((image.url.removeprefix(SITE) for image in images(body, head)), None)


def og(url: str) -> str:
    return f'<meta property="og:image" content="{url}">'


@pytest.mark.parametrize(
    "image",
    [
        '<img src="/p/bell-on-quay.jpg">',
        '<img src="/i/placeholder.png" data-src="/p/bell-on-quay.jpg">',
        '<img src="data:image/gif;base64,R0" data-lazy-srcset="/p/bell-on-quay.jpg 640w">',
        '<img data-anything-lazyload="/p/bell-on-quay.jpg">',
        '<img srcset="/p/bell-small.jpg 320w, /p/bell-on-quay.jpg 1280w, /p/bell-print.jpg 6000w">',
        '<img srcset="/p/bell-small.jpg, /p/bell-on-quay.jpg 2x">',
        '<picture><source srcset="/p/bell-on-quay.jpg 1x"><img src="/i/blank.gif" alt=""></picture>',
        '<picture><source srcset="/p/a.jpg 400w"><source srcset="/p/bell-on-quay.jpg 800w"><img alt=""></picture>',
        '<noscript><img src="/p/bell-on-quay.jpg"></noscript>',
        '<img src="/_next/image?url=%2Fp%2Fbell-on-quay.jpg&amp;w=640&amp;q=75">',
        '<a href="/p/bell-on-quay-full.jpg"><img src="/p/bell-on-quay.jpg"></a>',
        '<img src="/p/bell-on-quay.jpg" width="16" height="9">',
    ],
)
def test_the_real_address_of_a_picture_is_found(image: str) -> None:
    assert lead(story(f"<figure>{image}</figure>")) == "/p/bell-on-quay.jpg"


@pytest.mark.parametrize(
    "image",
    [
        '<img src="/i/logo.png">',
        '<img src="/p/ida.jpg" class="avatar">',
        '<img src="/p/ida.jpg" width="80" height="80">',
        '<img src="https://count.example/hit?r=1" width="1" height="1">',
        '<img src="/p/chart.svg">',
        '<img src="data:image/png;base64,xx">',
        '<img src="">',
        '<a href="/city/another-story.html"><img src="/p/another-story.jpg"></a>',
        '<aside><img src="/p/another-story.jpg"></aside>',
        '<div class="teaser-list related"><img src="/p/another-story.jpg"></div>',
        '<img src="http://[broken/p.jpg">',
    ],
)
def test_what_is_no_picture_of_the_story_is_none(image: str) -> None:
    assert lead(story(image)) is None


def test_a_declared_picture_that_the_page_shows_is_the_lead() -> None:
    body = story('<img src="/p/other-77.jpg"><img src="/p/4711-bell-on-quay_600.jpg">')
    assert lead(body, og("/cdn/1200x630/4711-bell-on-quay_1200.jpg")) == "/cdn/1200x630/4711-bell-on-quay_1200.jpg"


def test_a_card_that_the_page_does_not_show_gives_way_to_the_picture_it_shows() -> None:
    body = story('<figure><img src="/p/bell-on-quay.jpg"><figcaption>The bell.</figcaption></figure>')
    assert lead(body, og("/cards/5521-with-text.png")) == "/p/bell-on-quay.jpg"


def test_a_declared_picture_is_enough_where_the_page_shows_none_at_its_opening() -> None:
    end = '<img src="/p/another-scene.jpg">'
    assert lead(story(end=end), og("/p/bell-on-quay.jpg")) == "/p/bell-on-quay.jpg"
    assert lead(story(end=end)) == "/p/another-scene.jpg"


def test_a_picture_right_above_the_headline_counts_as_opening() -> None:
    body = f'<article><img src="/p/bell-on-quay.jpg">{story()}</article>'.replace("<main><article>", "").replace(
        "</article></main>", ""
    )
    assert lead(body) == "/p/bell-on-quay.jpg"


def test_a_declared_picture_across_the_page_above_the_story_leads_it() -> None:
    teaser = '<div class="teaser"><a href="/other-story"><img src="/p/other-story-33.jpg"></a></div>'
    wide = f'<div>{teaser}<figure class="teaser-image"><img src="/p/471100-bell-on-quay_680.jpg"></figure></div>'
    body = wide + story('<figure><img src="/p/4812-second-view.jpg"><figcaption>Later.</figcaption></figure>')
    assert lead(body, og("/p/471100-bell-on-quay_meta.jpg")) == "/p/471100-bell-on-quay_meta.jpg"
    assert lead(body) == "/p/4812-second-view.jpg"


def test_a_videos_still_leads_only_where_no_picture_is_declared() -> None:
    still = '<div class="mod-video"><div><img src="https://video.example/9/poster.jpg"></div></div>'
    assert lead(story(still), og("/p/bell-on-quay.jpg")) == "/p/bell-on-quay.jpg"
    assert lead(story(still)) == "https://video.example/9/poster.jpg"


def test_a_portrait_named_after_a_person_does_not_lead() -> None:
    portrait = '<img src="/p/portrait-of-her.jpg" alt="Ada Quill">'
    assert lead(story(portrait), og("/p/bell-on-quay.jpg")) == "/p/bell-on-quay.jpg"
    captioned = f"<figure>{portrait}<figcaption>Ada Quill dived first.</figcaption></figure>"
    assert lead(story(captioned), og("/cards/5521-with-text.png")) == "/p/portrait-of-her.jpg"


def test_a_crop_with_something_laid_over_comes_behind_a_clean_one() -> None:
    head = og("/p/4711.jpg?overlay=text") + ld({"@type": "NewsArticle", "headline": "x", "image": "/p/4711.jpg"})
    assert lead(story('<img src="/p/4711.jpg?w=600">'), head) == "/p/4711.jpg"


def test_smaller_renditions_of_the_lead_are_no_further_pictures() -> None:
    head = ld(
        {"@type": "NewsArticle", "headline": "x", "image": ["/p/bell-on-quay.jpg", "/p/bell-on-quay-150x150.jpg"]}
    )
    assert [image.url for image in images(story(), head)] == [SITE + "/p/bell-on-quay.jpg"]


def test_other_pictures_follow_the_lead_once_each() -> None:
    end = '<img src="/p/second-view.jpg"><img src="/p/second-view-640x360.jpg">'
    urls = [image.url.removeprefix(SITE) for image in images(story('<img src="/p/bell-on-quay.jpg">', end))]
    assert urls == ["/p/bell-on-quay.jpg", "/p/second-view.jpg"]


def test_an_address_that_is_none_is_no_picture() -> None:
    assert lead(story('<img src="https://[p.example/a.jpg">'), og("https://[p.example/b.jpg")) is None


def test_the_page_itself_is_no_picture() -> None:
    assert lead(head=og(URL + "#primaryimage") + og(SITE + "/")) is None


@pytest.mark.parametrize(
    "figure",
    [
        "<figure>{}<figcaption>The bell. © Nils Holm</figcaption></figure>",
        "<figure>{}<figcaption>The bell. <small class='credit'>© Nils Holm</small></figcaption></figure>",
        "<figure>{}<span class='copyright'>© Nils Holm</span><figcaption>The bell.</figcaption></figure>",
        "<div><div>{}</div><p class='bildtext'>The bell. <span class='foto'>© Nils Holm</span></p></div>",
        "<div>{}<div class='image-caption'>The bell.</div><div class='image-credit'>The bell. © Nils Holm</div></div>",
    ],
)
def test_caption_and_credit_are_told_apart(figure: str) -> None:
    (image,) = images(story(figure.format('<img src="/p/bell-on-quay.jpg" alt="A bell" width="960" height="540">')))
    assert (image.caption, image.credit, image.alt) == ("The bell.", "© Nils Holm", "A bell")
    assert (image.width, image.height) == (960, 540)


def test_a_caption_beside_several_pictures_belongs_to_none() -> None:
    gallery = '<div><img src="/p/first-view.jpg"><img src="/p/second-view.jpg"><p class="caption">Both.</p></div>'
    assert [image.caption for image in images(story(gallery))] == [None, None]


def test_what_is_said_beneath_a_picture_goes_with_its_declared_form() -> None:
    figure = '<figure><img src="/p/4711-bell.jpg" alt="A bell"><figcaption>Foto: Nils Holm</figcaption></figure>'
    image = images(story(figure), og("/big/4711-bell.jpg"))[0]
    assert (image.url, image.alt, image.caption, image.credit) == (
        SITE + "/big/4711-bell.jpg",
        "A bell",
        None,
        "Foto: Nils Holm",
    )


def test_sizes_follow_the_rendition_that_is_chosen() -> None:
    (image,) = images(story('<img srcset="/p/bell-on-quay.jpg 1600w" width="400" height="225">'))
    assert (image.width, image.height) == (1600, 900)
