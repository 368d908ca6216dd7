"""Consent walls: pages that want a yes to cookies before they show the section, in the languages of their visitors."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from feedmaker.extract.listing.marks import service_of
from feedmaker.extract.listing.texts import text_of
from feedmaker.model import Page

_SERVICES = {
    "Sourcepoint": r"sp_message|privacy-mgmt\.com|sourcepoint",
    "OneTrust": r"onetrust|cookielaw\.org",
    "Usercentrics": r"usercentrics",
    "Didomi": r"didomi",
    "Quantcast": r"quantcast\.mgr\.consensu|qc-cmp2",
    "Cookiebot": r"cookiebot",
    "TrustArc": r"trustarc|truste\.com",
    "contentpass": r"contentpass",
    "Commanders Act": r"trustcommander\.net",
    "Axeptio": r"axept\.io",
    "iubenda": r"iubenda",
}
# What stands on nothing but their walls.
_OWN = {
    "Google": r"consent\.(?:google|youtube)\.com",
    "Yahoo": r"consent\.yahoo\.com|collectConsent",
}
# What a wall speaks of: cookies, privacy, consent, partners.
_TOPIC = re.compile(
    r"cookie|consent|privacy|before you continue|\d partners|our partners"
    r"|datenschutz|privatsphäre|einwilligung|mit werbung|bevor sie fortfahren"  # German
    r"|vie privée|avant de continuer|données personnelles|privacidad|privacidade|privadesa|galetes"  # French, Iberian
    r"|consentement|consentimi?ento|consenso|riservatezza|confidențialitate|toestemming|privacybeleid"
    r"|kakor\b|integritet|informasjonskapsl|personvern|samtykke|evästei|yksityisyy|küpsis|privaatsus"  # northern
    r"|sīkdat|privātum|slapuk|privatum|prywatno|ciasteczk|soukrom|súkrom|souhlas|sütik|sütiket|adatvédel"
    r"|piškot|zasebnost|kolačić|privatnost|gizlili|çerez"
    r"|конфиденциальн|приватн|куки|бисквитк|поверителност|ιδιωτικ|απορρήτου"
    r"|クッキー|プライバシー|隐私|隱私|쿠키|개인정보|עוגיות|פרטיות|خصوصي|ملفات تعريف الارتباط",
    re.IGNORECASE,
)
# What it asks for: a yes.
_ASSENT = re.compile(
    r"\b(?:i |we )?(?:accept|agree|allow all|got it|consent)\b|manage consent"
    r"|akzeptier|einverstanden|zustimm|\bakzeptanz|weiterlesen|weiter mit werbung"
    r"|j['’]accepte|\baccepter\b|tout accepter|acept(?:ar|o)\b|aceit(?:ar|o)\b|concordo|\baccett[ao]|\baccepto\b"
    r"|akkoord|accepteren|acceptera|godkänn|accepter|tillad|godta|samtykk|hyväksy|nõustu|piekrī|sutink"
    r"|zgadzam|akceptuj|przejdź do serwisu|přij(?:mout|ímám)|souhlas|súhlas|prijať|elfogad|sunt de acord"
    r"|strinjam|sprejm|prihva|slažem|kabul et|onaylıyorum"
    r"|прин(?:ять|имаю)|соглас|погоджу|прийняти|приема|съглас|συμφων|αποδοχή|αποδέχομαι"
    r"|同意|接受|許可|동의|수락|מסכימ?|אישור|موافق|أوافق|قبول",
    re.IGNORECASE,
)
_BANNER = re.compile(
    r"cookie|consent|gdpr|\bcmp\b|cmplz|onetrust|usercentrics|didomi|cybot|qc-cmp|sp_message", re.IGNORECASE
)
_LITTLE, _MORE = 1500, 6000  # characters of a wall, and of one by a known service
_REST = 200  # characters beside a banner that are no page of its own: a menu and a footer


def consent_wall(page: Page, said: str) -> str | None:
    """The wall that a page is, and what to do about it; None for a page that has more than a banner of that kind."""
    if len(said) > _MORE:
        return None
    name = service_of(_OWN, page.text) if len(said) <= _LITTLE else None
    if not name:
        name = service_of(_SERVICES, page.text)
        if not _asks(said) or (not name and len(said) > _LITTLE) or _stands_beside(page):
            return None
    return (
        f"the page is a consent wall{f' by {name}' if name else ''}, not the section; `browser: true` may pass it, or "
        "choose another address such as the site's feed"
    )


def _asks(text: str) -> bool:
    return bool(_TOPIC.search(text) and _ASSENT.search(text))


def _stands_beside(page: Page) -> bool:
    """Whether what asks for a yes is a banner, with more than a menu beside it: a page with a banner is no wall."""
    body = page.tree.find(".//body")
    banners = set(_banners(body)) if body is not None else set()
    if body is None or not banners:
        return False
    rest = text_of(body, lambda element: element in banners)
    return len(rest) > _REST and not _asks(rest)


def _banners(body: HtmlElement) -> Iterator[HtmlElement]:
    for element in body.iterdescendants("div", "section", "aside", "dialog", "form", "footer", "p"):
        if _BANNER.search(f"{element.get('id', '')} {element.get('class', '')}"):
            yield element
