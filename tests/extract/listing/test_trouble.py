"""A page without a list gives no entries, and says what it is instead and what can be done."""

from __future__ import annotations

import pytest

from feedmaker.extract.listing import extract_listing
from feedmaker.model import ListingDraft, ListingRules
from feedmaker.normalize.encoding import page_of
from tests.extract.listing.pages import NAV, card, drafted


def whole(markup: str) -> ListingDraft:
    return extract_listing(page_of(markup, "https://www.harbour-times.example/world/"), ListingRules())


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        (
            (
                "<title>Just a moment...</title>"
                "<script src='/cdn-cgi/challenge-platform/h/b/orchestrate'></script>Checking"
            ),
            "by Cloudflare",
        ),
        ("<body><script src='https://ct.captcha-delivery.com/c.js'></script><p>Please enable JS</p>", "by DataDome"),
        (
            "<iframe src='/_Incapsula_Resource?SWUDNSAI=31'>Request unsuccessful. Incapsula incident ID: 1</iframe>",
            "by Imperva",
        ),
        ("<title>Making sure you're not a bot!</title><script id='anubis_challenge'>{}</script>", "by Anubis"),
        (
            "<title>Attention Required!</title><p>You are unable to access it. Cloudflare Ray ID: 8ab</p>",
            "by Cloudflare",
        ),
        (
            "<html><head><meta http-equiv='refresh' content='0;/.well-known/sgcaptcha/?r=%2F'></head></html>",
            "by SiteGround",
        ),
        ("<html><body><script>window.rbzns={seed:'x'}</script></body></html>", "by Reblaze"),
        (
            "<noscript>Please enable JavaScript. Your support ID is: 4321.</noscript><script src='/TSPD/08'></script>",
            "by F5",
        ),
        (
            "<title>验证码</title><p>请完成安全验证</p><script src='https://static.geetest.com/v4/gt4.js'></script>",
            "by GeeTest",
        ),
        ("<script src='/_Incapsula_Resource?SWJIYLWA=5'></script>", "by Imperva"),
        ("<h1>Bitte bestätigen Sie, dass Sie kein Roboter sind</h1>", "robot check"),
        ("<h1>Veuillez confirmer que vous n’êtes pas un robot</h1>", "robot check"),
        ("<h1>Подтвердите, что вы не робот</h1>", "robot check"),
        ("<h1>Access denied</h1><p>You do not have permission. <a href='/help/contact'>Contact</a></p>", "robot check"),
    ],
)
def test_a_robot_check_is_recognised_by_name(markup: str, name: str) -> None:
    draft = whole(markup)
    assert draft.items == ()
    assert draft.how.confidence == 0.0
    assert "robot check" in draft.how.note
    assert name in draft.how.note
    assert "feed or sitemap" in draft.how.note


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        (
            (
                "<h1>We value your privacy</h1><p>We use cookies. <a href='/accept'>Accept all</a></p>"
                "<script src='https://cdn.privacy-mgmt.com/x.js'></script>"
            ),
            "by Sourcepoint",
        ),
        (
            "<h1>Weiter mit Werbung lesen</h1><p>Sie geben Ihre Zustimmung.</p><script>contentpass()</script>",
            "by contentpass",
        ),
        ("<form action='https://consent.yahoo.com/v2/collectConsent'><h1>Before you continue</h1></form>", "by Yahoo"),
        ("<h1>Before you continue</h1><p>Accept all</p>", "consent wall, not"),
    ],
)
def test_a_consent_wall_is_recognised_by_name(markup: str, name: str) -> None:
    note = whole(markup).how.note
    assert "consent wall" in note
    assert name in note
    assert "`browser: true`" in note


@pytest.mark.parametrize(
    "words",
    [
        "We value your privacy. I agree",
        "Ihre Privatsphäre ist uns wichtig. Alle akzeptieren",
        "Le respect de votre vie privée. Continuer sans accepter",
        "Nosotros y nuestros socios almacenamos cookies. Aceptar",
        "Rispettiamo la tua privacy. Accetto",
        "Wij gebruiken cookies. Akkoord",
        "Szanujemy Twoją prywatność. Przejdź do serwisu",
        "Valorizamos a sua privacidade. Aceito",
        "Vi använder kakor. Godkänn alla",
        "Vi bruger cookies. Accepter alle",
        "Vi bruker informasjonskapsler. Godta alle",
        "Käytämme evästeitä. Hyväksy kaikki",
        "Soubory cookie. Přijmout vše",
        "Sütiket használunk. Elfogadom",
        "Folosim cookie-uri. Sunt de acord",
        "Σεβόμαστε την ιδιωτικότητά σας. Αποδοχή",
        "Çerezleri kullanıyoruz. Kabul et",
        "Мы используем файлы cookie. Принять все",
        "Kolačići. Prihvaćam",
        "Cookieを使用しています。同意する",
        "我们使用 Cookie。全部接受",
        "쿠키를 사용합니다. 동의",
        "نستخدم ملفات تعريف الارتباط. موافق",
    ],
)
def test_a_consent_wall_is_recognised_in_many_languages(words: str) -> None:
    note = whole(f"<main><h1>{words}</h1><a href='/privacy'>More about it</a></main>").how.note
    assert "consent wall" in note


def test_a_banner_on_a_page_without_a_list_is_no_wall() -> None:
    banner = "<div id='cookie-banner'><p>We use cookies.</p><button>Accept all</button></div>"
    note = whole(f"<main><h1>About us</h1><p>{'We tell what happens at the harbour. ' * 9}</p></main>{banner}").how.note
    assert "no repeated entries" in note


@pytest.mark.parametrize(
    "page",
    [
        "<main>{cards}</main><p>We use cookies.</p><button>Accept all</button>",
        "<main>{cards}</main><p>Cookies? Accept all</p><script src='//cdn.cookiebot.com'></script>",
        "<div id='__next'><main>{cards}</main></div><script src='/app.js'></script>",
        "<main>{cards}</main><script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>",
    ],
    ids=["banner", "service", "app", "watched"],
)
def test_a_few_stories_are_a_list_whatever_else_their_page_has(page: str) -> None:
    assert len(whole(page.format(cards="".join(card(n) for n in range(3)))).items) == 3


def test_a_service_that_watches_an_app_s_shell_is_no_robot_check() -> None:
    note = whole("<div id='root'></div><script src='https://www.google.com/recaptcha/api.js'></script>").how.note
    assert "before its scripts have run" in note


@pytest.mark.parametrize(
    "markup",
    [
        "<div id='root'></div><script src='/app.js'></script>",
        "<noscript>You need to enable JavaScript to run this app.</noscript><div></div><script src='/app.js'></script>",
    ],
)
def test_a_page_of_scripts_says_that_a_browser_may_help(markup: str) -> None:
    note = whole(markup).how.note
    assert "before its scripts have run" in note
    assert "`browser: true`" in note


@pytest.mark.parametrize("markup", ["", " ", "<html></html>", "<title></title><body> </body>"])
def test_an_empty_page_is_said_to_be_empty(markup: str) -> None:
    draft = whole(markup)
    assert draft.items == ()
    assert "the page is empty" in draft.how.note


def test_a_login_says_how_to_get_in() -> None:
    form = (
        "<form><h1>Sign in</h1><input name='u'><input type='password' name='p'><a href='/forgot'>Forgot it?</a></form>"
    )
    note = whole(form).how.note
    assert "user and a password" in note
    assert "`login`" in note


@pytest.mark.parametrize("markup", ["<p>Nothing here.</p>", "\x00\x01", "plain words", NAV])
def test_a_page_without_a_list_says_so(markup: str) -> None:
    draft = whole(markup)
    assert draft.items == ()
    assert "no repeated entries among the" in draft.how.note
    assert "`items:`" in draft.how.note


def test_an_article_s_page_gives_no_list() -> None:
    text = (
        "<p>"
        + "Words of a long story that goes on and on, with <a href='/x/other-story-about-it-55.html'>one link</a>. " * 3
        + "</p>"
    )
    assert drafted(f"<article><h1>A headline of many words here</h1>{text * 3}</article>").items == ()


def test_links_that_show_nothing_are_no_list_however_many() -> None:
    draft = drafted("".join(f"<a href='/n/{n}'></a>" for n in range(9_000)))
    assert draft.items == ()
    assert draft.how.confidence == 0.0


def test_one_item_is_no_list() -> None:
    assert drafted(card(0)).items == ()


def test_a_list_that_is_not_sure_is_offered_with_a_warning() -> None:
    rows = "".join(f"<p><a href='/docs/{n}'>Paper {n}</a> {n + 1} March 2024</p>" for n in range(12))
    draft = drafted(rows)
    assert len(draft.items) == 12
    assert not draft.how.is_sure
    assert "not sure" in draft.how.note


@pytest.mark.parametrize("base", ["http://[", "//[x", "//x:99999999/", "http://", ":", "javascript:x"])
def test_a_base_that_is_no_address_costs_no_page(base: str) -> None:
    links = "".join(f'<p class="card"><a href="/news/{n}">The story number {n} of the day</a></p>' for n in range(5))
    draft = whole(f'<base href="{base}"><main>{links}<a href="//[">Odd</a><a href="http://[x/">Odd</a></main>')
    assert isinstance(draft, ListingDraft)
