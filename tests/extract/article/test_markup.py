"""Microdata and RDFa: items in a page's own markup, shown or hidden."""

from __future__ import annotations

from tests.extract.article.reading import URL, entry_of, names, page, story

ORGANIZATION = """itemscope itemtype="https://schema.org/Organization"><div itemprop="name">Mole Post</div>
<div itemprop="logo" itemscope itemtype="https://schema.org/ImageObject"><a itemprop="url" href="/i/logo.png"></a>
<div itemprop="width">252</div></div></div>"""


def crop(name: str, height: int) -> str:
    return f"""<div itemprop="image" itemscope itemtype="https://schema.org/ImageObject"><a itemprop="contentUrl"
    href="/p/77120441_{name}_1920.jpg"></a><div itemprop="width">1920</div>
    <div itemprop="height">{height}</div></div>"""


HIDDEN = f"""
<div hidden itemscope itemtype="https://schema.org/NewsArticle">
<a itemprop="url" href="{URL}"></a><div itemprop="headline">The harbour bell returns</div>
<div itemprop="datePublished">2025-02-06T18:52+0000</div>
<div itemprop="articleSection">harbour</div><div itemprop="articleSection">bells</div>
<div itemprop="articleSection">diving</div>
<div itemprop="keywords">harbour bell returns, city news today</div>
<div itemprop="articleBody">Ninety-one years it lay there.</div>
<div itemprop="copyrightHolder" {ORGANIZATION}<div itemprop="author" {ORGANIZATION}
<div itemprop="publisher" {ORGANIZATION}
{crop("1x1", 1920)}{crop("16x9", 1080)}{crop("4x3", 1440)}</div>"""
SHOWN = """<div class="media"><img src="/p/77120441_16x9_1920.jpg" width="1920" height="1080"
alt="The bell on the quay - Mole Post, 1920, 06.02.2025"><div class="media__copyright">
<span class="m-copyright">© AP Photo / Nils Holm</span><span class="m-desc">The bell on the quay.</span></div></div>"""
RELATED = """<div class="more"><a href="/city/2025/02/05/ferry.html"><img src="/p/66000111_16x9_600.jpg"
width="600" height="338" alt="A ferry - Mole Post, 1920, 05.02.2025"></a>
<a href="/city/2025/02/05/ferry.html">Ferry late again</a> <span>Yesterday, 19:40</span></div>"""


def test_hidden_microdata_gives_crops_tags_and_no_logo() -> None:
    entry = entry_of(page(body=HIDDEN + story(SHOWN, RELATED)))
    sizes = [(image.width, image.height) for image in entry.images]
    assert sizes == [(1920, 1080), (1920, 1440), (1920, 1920)]
    assert (entry.images[0].alt, entry.images[0].caption) == ("The bell on the quay", "The bell on the quay.")
    assert entry.images[0].credit == "© AP Photo / Nils Holm"
    assert entry.tags == ("harbour", "bells", "diving")
    assert (entry.publisher, entry.authors) == ("Mole Post", ())
    assert entry.published is not None
    assert entry.published.isoformat() == "2025-02-06T18:52:00+00:00"


def test_an_items_properties_may_stand_in_any_attribute() -> None:
    body = f"""<article itemscope itemtype="http://schema.org/BlogPosting" itemid="{URL}">
    <h1 itemprop="headline name">A bell</h1><time itemprop="datePublished" datetime="2025-02-06T10:00:00Z">then</time>
    <meta itemprop="dateModified" content="2025-02-07T10:00:00Z"><link itemprop="mainEntityOfPage" href="{URL}">
    <span itemprop="author" itemscope itemtype="http://schema.org/Person">by <a itemprop="url" href="/people/ida"><b
    itemprop="name">Ida Brandt</b></a></span><img itemprop="image" src="/photos/bell-on-quay.jpg" alt="">
    <data itemprop="inLanguage" value="da">Danish</data></article>"""
    entry = entry_of(page(body=body, language=""))
    assert (entry.title, entry.language, names(entry)) == ("A bell", "da", ["Ida Brandt"])
    assert entry.authors[0].url == "https://www.mole-post.example/people/ida"
    assert (entry.updated is not None, entry.images[0].type) == (True, "image/jpeg")


def test_properties_outside_of_any_item_belong_to_the_page() -> None:
    entry = entry_of(
        page('<meta itemprop="datePublished" content="2025-02-06T10:00:00Z"><i itemprop="x"></i>', story())
    )
    assert entry.provenance["published"] == "microdata WebPage.datePublished"


def test_rdfa_is_read_with_prefixes_and_the_second_article_is_not() -> None:
    body = f"""<article typeof="schema:NewsArticle" resource="{URL}"><h1 property="schema:headline">A bell</h1>
    <span property="schema:author" typeof="schema:Person"><span property="schema:name">Ida Brandt</span></span>
    <time property="schema:datePublished" datetime="2025-02-06T10:00:00Z">then</time><b property="dc:title">not this</b>
    <span property="schema:keywords">Bells</span></article>
    <aside typeof="schema:NewsArticle"><b property="schema:headline">Another</b>
    <b property="schema:keywords">Ferries</b></aside>"""
    entry = entry_of(page(body=body))
    assert (entry.title, names(entry), entry.tags) == ("A bell", ["Ida Brandt"], ("Bells",))
    assert entry.provenance["published"] == "rdfa NewsArticle.datePublished"
