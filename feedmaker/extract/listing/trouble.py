"""What stands on a page in place of a list: a robot check, a consent wall, a login, or nothing before scripts run."""

from __future__ import annotations

import re

from feedmaker.extract.listing.texts import text_of
from feedmaker.model import Page

# What marks the pages that services put in front of a site, by the service's name.
_CHECKS = {
    "Cloudflare": r"challenges\.cloudflare\.com|/cdn-cgi/challenge-platform|cf-browser-verification|cf_chl_",
    "DataDome": r"captcha-delivery\.com|datadome\.co/captcha",
    "HUMAN": r"px-captcha|perimeterx\.net|_pxAppId",
    "Imperva": r"_Incapsula_Resource|Incapsula incident ID",
    "Akamai": r"errors\.edgesuite\.net|bm-verify|sec-if-cpt-container",
    "AWS WAF": r"awswaf\.com|AwsWafIntegration",
    "Kasada": r"KPSDK|kasada",
    "Sucuri": r"sucuri_cloudproxy|Sucuri WebSite Firewall",
    "DDoS-Guard": r"ddos-guard",
    "Anubis": r"techaro\.lol|anubis_challenge|/\.within\.website/",
    "Vercel": r"Vercel Security Checkpoint",
    "Google": r"www\.google\.com/recaptcha|unusual traffic from your computer",
    "hCaptcha": r"hcaptcha\.com/1/api\.js",
}
_CHECK_WORDS = re.compile(
    r"just a moment|are you (?:a )?robot|you are (?:a )?human|not a robot|access denied|captcha|security check"
    r"|checking (?:if the site connection is secure|your browser)|bot detection|robot check|unusual traffic"
    r"|pardon our interruption|request blocked|bist du ein mensch|enable (?:javascript|js) and cookies to continue",
    re.IGNORECASE,
)
_WALLS = {
    "Sourcepoint": r"sp_message|privacy-mgmt\.com|sourcepoint",
    "OneTrust": r"onetrust|cookielaw\.org",
    "Usercentrics": r"usercentrics",
    "Didomi": r"didomi",
    "Quantcast": r"quantcast\.mgr\.consensu|qc-cmp2",
    "Cookiebot": r"cookiebot",
    "TrustArc": r"trustarc|truste\.com",
    "contentpass": r"contentpass",
    "Google": r"consent\.(?:google|youtube)\.com",
    "Yahoo": r"consent\.yahoo\.com|collectConsent",
}
_WALL_WORDS = re.compile(
    r"consent|cookies?\b.{0,80}\b(?:accept|agree|preferences|settings)|before you continue|accept (?:all|cookies)"
    r"|agree and continue|zustimm|einwilligung|mit werbung|datenschutz-?einstellungen|akzeptieren"
    r"|tout accepter|accepter et continuer|consentement|aceptar (?:todo|y continuar)|accetta|akkoord|toestemming"
    r"|zgadzam się|godkänn|samtykke|同意",
    re.IGNORECASE | re.DOTALL,
)
_SCRIPT_WORDS = re.compile(
    r"(?:enable|requires?|activate|turn on|need) .{0,20}javascript|javascript .{0,30}(?:disabled|required|aktiv)",
    re.IGNORECASE,
)
_APP_ROOTS = re.compile(r"id=[\"']?(?:root|app|__next|__nuxt|___gatsby|svelte|main-app|react-root)\b")
_LITTLE = 1500  # characters of a page that says only one thing


def trouble_of(page: Page) -> str | None:
    """What stands in place of a list and what a person can do about it; None for a page that just has none."""
    return wall_of(page) or _empty(page) or _scripts_alone(page)


def wall_of(page: Page) -> str | None:
    """The robot check, consent wall or login that came in place of a page, and what to do about it; None for none."""
    text, title = _body_text(page), page.tree.find(".//title")
    said = f"{text_of(title) if title is not None else ''} {text}"
    if len(text) <= _LITTLE and (found := _robot_check(page.text, said)):
        return found
    return _consent_wall(page.text, said) or _login(page, text)


def _body_text(page: Page) -> str:
    body = page.tree.find(".//body")
    return text_of(body) if body is not None else ""


def _empty(page: Page) -> str | None:
    title = page.tree.find(".//title")
    has_words = bool(_body_text(page).strip() or (title is not None and text_of(title).strip()))
    if has_words or next(page.tree.iter("script", "iframe"), None) is not None:
        return None
    return "the page is empty; look at it in a browser, and choose another address if it is empty there too"


def _named(marks: dict[str, str], source: str) -> str | None:
    return next((name for name, mark in marks.items() if re.search(mark, source, re.IGNORECASE)), None)


def _robot_check(source: str, said: str) -> str | None:
    name = _named(_CHECKS, source)
    if not name and not _CHECK_WORDS.search(said):
        return None
    return (
        f"the page is a robot check{f' by {name}' if name else ''}, not the section; ask the site for access, choose "
        "another address such as its feed or sitemap, or read it less often"
    )


def _consent_wall(source: str, said: str) -> str | None:
    if len(said) > 4 * _LITTLE or not _WALL_WORDS.search(said):
        return None
    name = _named(_WALLS, source)
    if not name and len(said) > _LITTLE:
        return None
    return (
        f"the page is a consent wall{f' by {name}' if name else ''}, not the section; `browser: true` may pass it, or "
        "choose another address such as the site's feed"
    )


def _login(page: Page, text: str) -> str | None:
    fields = (field.get("type", "").lower() for field in page.tree.iter("input"))
    if len(text) > _LITTLE or "password" not in fields:
        return None
    return "the page asks for a user and a password; `login`, `cookies` or `auth` let Feedmaker in"


def _scripts_alone(page: Page) -> str | None:
    if len(_body_text(page)) > _LITTLE or next(page.tree.iter("script"), None) is None:
        return None
    asks = any(_SCRIPT_WORDS.search("".join(each.itertext())) for each in page.tree.iter("noscript"))
    if not asks and not _APP_ROOTS.search(page.text):
        return None
    return (
        "the page holds almost nothing before its scripts have run; `browser: true` may help, or the address that the "
        "scripts read from (`kind: json`)"
    )
