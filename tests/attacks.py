"""Pages that attack whoever reads them: each is one thing over and over, which costs a careless reader its square.

They are made in any size: small for the tests, which hold that nothing raises; ``python -m benchmarks.bad_input``
measures what they cost.
"""

from __future__ import annotations

import random

URL = "https://town.example/news/2025/02/06/harbour-reopens-after-storm"
ARTICLE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Harbour reopens | Town</title>
<link rel="canonical" href="https://town.example/news/2025/02/06/harbour-reopens-after-storm">
<meta property="og:title" content="Harbour reopens after the storm">
<meta property="og:image" content="/img/harbour.jpg">
<meta name="description" content="Ships may leave again after three days of closure, the master says.">
<meta name="keywords" content="harbour, storm, shipping">
<meta property="article:published_time" content="2025-02-06T18:52+0000">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle", "headline":
"Harbour reopens after the storm", "datePublished": "2025-02-06T18:52:00Z", "author": [{"@type": "Person", "name": "Jane
Roe"}], "image": {"url": "https://town.example/img/harbour.jpg", "width": 1200, "height": "800"}, "keywords": "a, b"}]}
</script></head><body><nav><a href="/">Home</a><a href="/sport">Sport</a></nav><article itemscope
itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Harbour reopens after the storm</h1>
<p class="byline">By <a rel="author" href="/roe">Jane Roe</a>,
<time datetime="2025-02-06T18:52Z">6 February 2025</time></p>
<figure><img data-src="/img/harbour.jpg" src="data:," alt="The harbour">
<figcaption>The harbour. Photo: J. Doe</figcaption>
</figure><p>Ships may leave the harbour again after three days of closure, its master said on Thursday afternoon.</p>
<p>The storm had sunk two boats &amp; damaged the northern mole, which will be repaired until the end of next month.</p>
<ul><li>First the ferries</li><li>Then the freighters</li></ul><blockquote>We were lucky, said the master.</blockquote>
</article><aside><h2>Read also</h2><a href="/news/other">Another story altogether</a></aside></body></html>"""
OPEN = b"<html><body><article><h1>The harbour</h1>"
LD = OPEN + b"<script type=application/ld+json>"
SENTENCE = b"some text of the story here "

WHOLE = {
    "empty": b"",
    "binary": bytes(range(256)) * 400,
    "NULs in a page": ARTICLE.replace("e", "e\0").encode(),
    "UTF-16 without a mark": ARTICLE.encode("utf-16-le"),
    "truncated": ARTICLE.encode()[:700],
    "truncated in JSON-LD": ARTICLE.encode()[:1400],
    "an XML declaration that lies": b"<?xml version='1.0' encoding='utf-16'?>" + ARTICLE.encode(),
    "an XML declaration of an unknown encoding": b"<?xml version='1.0' encoding='x-none'?>" + ARTICLE.encode(),
    "a base that is a script": b"<base href='javascript:x'>" + ARTICLE.encode(),
    "frames only": b"<html><frameset cols='20%,80%'><frame src=a.html><frame src=b.html></frameset></html>",
    "addresses": (
        b"<a href='http://[::'>a</a><a href='//'>b</a><a href='http://x:y'>c</a><link rel=canonical href='http://['>"
    ),
}

# What stands before, what is repeated, what stands behind.
REPEATED: dict[str, tuple[bytes, bytes, bytes]] = {
    "white space": (b"", b" \r\n\t", b""),
    "NULs": (b"", b"\0", b""),
    "lone surrogates": (b"<h1>", "\ud800 x".encode("utf-8", "surrogatepass"), b""),
    "references to what XML forbids": (b"<p>", b"&#0;&#xD800;&#xFFFF;&amp;amp;", b""),
    "less-than signs": (b"", b"<", b""),
    "entities": (b"", b"&amp;", b""),
    "no-break spaces": (OPEN + b"<p>" + SENTENCE * 9, "a\xa0".encode(), b""),
    "comments": (b"", b"<!--", b""),
    "one tag": (b"", b"<p>", b""),
    "nested elements": (OPEN, b"<div>", b"end"),
    "nested headlines": (OPEN, b"<h1>x", b""),
    "nested cards": (b"", b"<article><h2><a href=/x>", b""),
    "nested tables": (b"", b"<table><tr><td>", b""),
    "nested bylines": (OPEN, b"<div class=author>", b""),
    "drawings": (b"", b"<svg><title>x</title>", b""),
    "frames": (b"<frameset>", b"<frame src=a>", b"</frameset>"),
    "one class": (OPEN + b'<div class="', b"author tags ", b'"><img src=/x.jpg></div>'),
    "long classes": (OPEN, b"<div class='" + b"author " * 400 + b"'>x</div>", b""),
    "links": (b"", b"<a href='/x/1'>link number one</a> ", b""),
    "links to topics": (OPEN + b"<div class=tags>", b"<a href='/tag/1'>topic</a> ", b""),
    "boxes of topics": (OPEN, b"<div class=tags><!-- --><span><!-- --><a href=/tag/x>topic</a></span></div>", b""),
    "bylines": (OPEN, b"<a rel=author href=/a>Ann Lee</a>", b""),
    "by-texts": (OPEN, b"<p>By Ann Lee and ", b""),
    "signatures": (OPEN + b"<p>" + SENTENCE * 9, b"<p><strong>Ann Lee</strong></p>", b""),
    "headlines": (b"", b"<h1>a headline</h1>", b""),
    "times": (OPEN, b"<time>1 foo 2025 bar</time>", b""),
    "dates": (OPEN, b"<span class=date>1 foo 2025 bar</span>", b""),
    "pictures": (OPEN, b"<img src=/a.jpg width=9e99 height=-1>", b""),
    "figures": (OPEN + b"<p>" + SENTENCE * 9, b"<figure><img src=/b12345.jpg><figcaption>x</figcaption></figure>", b""),
    "a srcset": (OPEN + b'<img srcset="', b"/a.jpg 1w, ", b'">'),
    "commas of a srcset": (OPEN + b'<img srcset="', b",", b'">'),
    "asides": (OPEN, b"<aside><p>" + SENTENCE * 4 + b"</p></aside><p>" + SENTENCE * 5 + b"</p>", b""),
    "list items": (OPEN + b"<ul>", b"<li>" + SENTENCE * 4, b""),
    "lines of links": (OPEN + b"<p>" + SENTENCE * 9, b"<p><a href=/x>" + SENTENCE * 3 + b"</a></p>", b""),
    "line breaks": (OPEN + b"<div>", SENTENCE + b"<br><br>", b""),
    "long paragraphs": (OPEN, b"<p>" + SENTENCE * 9 + b"</p>", b""),
    "a title": (b"<title>", b"a | b - ", b"</title><h1>x</h1>"),
    "an author": (b"<meta name=author content='", b"von a and b, ", b"'>"),
    "slashes of an author": (b"<meta name=author content='", b"a b/", b"'>"),
    "photographers": (b"<meta name=author content='", b"Foto: text ", b"'>"),
    "keywords": (b"<meta name=keywords content='", b"tag number one, day: x,", b"'>"),
    "metas of authors": (b"", b"<meta name=author content='Ann Lee'>", b""),
    "an address": (b"<link rel=canonical href='", b"a/", b"'>"),
    "items": (b"", b"<div itemscope itemtype=http://schema.org/NewsArticle itemprop=author>", b""),
    "properties": (b"<div itemscope itemtype=http://schema.org/Report>", b"<b itemprop=author>Ann Lee</b>", b""),
    "RDFa": (b"", b"<div typeof=NewsArticle><span property=author>Ann Lee</span>", b""),
    "JSON nested": (LD, b'{"@graph":[', b"</script>"),
    "JSON authors": (LD + b'{"@type":"NewsArticle","author":[', b'{"name":"A B"},', b"</script>"),
    "JSON quotes": (LD, b'"', b"</script>"),
    "JSON comments that never end": (LD + b"{", b"/*", b"</script>"),
    "JSON backslashes": (LD + b'{"a":"', b"\\", b"</script>"),
    "JSON brackets": (LD, b"[", b"</script>"),
    "JSON commas": (LD + b"[", b", ", b"</script>"),
    "JSON authors in a broken block": (LD + b'{"headline":"x" ', b'"author":["a" "author":', b"</script>"),
    "JSON headlines in a broken block": (LD + b"{", b'"headline":"', b"</script>"),
    "blocks": (OPEN, b'<script type="application/ld+json">{"@type":"Report","headline":"x"}</script>', b""),
    "scripts": (OPEN, b"<script>author: 'Ann Lee'</script>", b""),
    "assignments": (OPEN + b"<script>uthor ", b'a={"harbour":', b"</script>"),
    "strings to parse": (OPEN + b"<script>uthor harbour ", b"=JSON.parse('", b"</script>"),
    "a call": (OPEN + b"<script>uthor __NUXT__=(function(a){return {harbour:1,", b"x:{y:[a]},", b"}}(1))</script>"),
    "parameters": (OPEN + b"<script>uthor harbour __NUXT__=(function(", b"a,", b"){return {}}(1))</script>"),
    "a flat list": (OPEN + b'<script>[["Ref",1],"harbour uthor",', b'{"title":1,"a":2,"b":2,"c":2},', b"0]</script>"),
    "parts of a page": (OPEN, b'<script>self.__next_f.push([1,"1:{\\"harbour\\":1}\\n"])</script>', b""),
    "rows of a page": (OPEN + b'<script>self.__next_f.push([1,"', b"1:[{harbour\\n", b'"])</script>'),
}  # fmt: skip


def attacks(size: int) -> dict[str, bytes]:
    """The pages by what they attack with, each of about ``size`` bytes if it can be made in any size."""
    made = {name: start + part * (size // len(part)) + end for name, (start, part, end) in REPEATED.items()}
    several = {
        "noise": random.Random(4).randbytes(size),
        "letters beyond ASCII": bytes(range(128, 256)) * (size // 128),
        "metas of all names": b"".join(b"<meta name=x%d-author content='A B %d'>" % (n, n) for n in range(size // 40)),
        "metas of all tags": b"".join(b"<meta name=x%d-tags content='a,b,%d'>" % (n, n) for n in range(size // 40)),
        "pictures of all names": b"".join(b"<img src=/photo%d.jpg width=900>" % n for n in range(size // 35)),
        "attributes": b"<p " + b" ".join(b"a%d=1" % n for n in range(size // 8)) + b">end",
    }
    return {**WHOLE, **made, **several}


JUNK = [b"\0", b"\xff\xfe", b"<", b">", b'"', b"'", b"&#xD800;", b"<!--", b"]]>", b"</script>", b"<script>", b"{", b"]"]
JUNK += [
    b"\xed\xa0\x80",
    b"<svg>",
    b"<table><p>",
    b"<noscript>",
    b"<base href='javascript:x'>",
    b"\\ud800",
    b"%00",
    b"=" * 50,
]


def broken(page: bytes, seed: int) -> bytes:
    """A page with a few of its parts cut out, repeated, moved, or filled with junk."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 8)):
        start = chance.randrange(len(page) + 1)
        end = min(len(page), start + chance.choice([1, 5, 40, 400]))
        part = page[start:end]
        page = chance.choice(
            [
                page[:start] + page[end:],
                page[:end] + part * chance.randint(1, 30) + page[end:],
                page[:start] + chance.choice(JUNK) * chance.randint(1, 20) + page[end:],
                page[:start] + chance.randbytes(end - start) + page[end:],
                page[end:] + part + page[:start],
                page[:end] if end > 200 else page,
            ]
        )
    return page
