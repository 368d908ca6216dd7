"""Whether a feed's HTML is what the W3C validator and readers take: parsed without an error, and harmless."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from html5lib.html5parser import HTMLParser, ParseError

# Of the elements and attributes that the validator accepts, those that news texts are made of.
_ELEMENTS = """
    a abbr article aside audio b bdi blockquote br caption center cite code col colgroup data dd del details dfn div dl
    dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main map mark nav ol p picture
    pre q rp rt ruby s samp section small source span strike strong sub summary sup table tbody td tfoot th thead time
    tr track tt u ul var video wbr"""
_ATTRIBUTES = """
    abbr align alt charset cite class colspan coords datetime decoding dir height href hreflang id itemprop
    lang loading media name open poster preload referrerpolicy rel rowspan scope shape sizes span src srcset start
    summary target title translate type usemap valign value width"""
ELEMENTS, ATTRIBUTES = frozenset(_ELEMENTS.split()), frozenset(_ATTRIBUTES.split())


def html_faults(html: str) -> list[str]:
    """The validator's complaints about a fragment."""
    if not html.strip():
        return ["NotBlank: HTML"]
    try:
        tree = HTMLParser(strict=True).parseFragment(html)
    except ParseError as error:
        return [f"NotHtml: {error} in {html[:200]!r}"]
    faults = []
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag == "DOCUMENT_FRAGMENT":
            continue
        name = element.tag.rpartition("}")[2]
        if name not in ELEMENTS:
            faults.append(f"SecurityRisk: {name}")
        faults += [f"SecurityRiskAttr: {name}" for name in element.attrib if name not in ATTRIBUTES]
        for attribute in ("href", "src"):
            value = element.get(attribute)
            if value is not None and not urlsplit(value).scheme:
                faults.append(f"ContainsRelRef: {value}")
            if value is not None and re.match(r"\s*(javascript|vbscript):", value, re.IGNORECASE):
                faults.append(f"SecurityRiskAttr: {value}")
    return faults
