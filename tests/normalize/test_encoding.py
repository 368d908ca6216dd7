"""The encoding a page is really in, whatever it says of itself."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from webencodings.labels import LABELS

from feedmaker.normalize.encoding import encoding_of, page_of

TEXTS = {
    "cp1251": (
        "ru",
        "Президент подписал указ о новых мерах поддержки семей с детьми, сообщила пресс-служба во вторник.",
    ),
    "koi8-r": (
        "ru",
        "Президент подписал указ о новых мерах поддержки семей с детьми, сообщила пресс-служба во вторник.",
    ),
    "gb18030": ("zh", "新华社北京二月六日电，国务院总理主持召开国务院常务会议，研究部署进一步扩大内需的有关措施。"),
    "big5": ("zh", "中央社台北六日電，行政院會今天通過兒童及少年福利法修正草案，將送請立法院審議，強化保護機制。"),
    "cp932": ("ja", "政府は六日の閣議で、来年度の予算案を決定した。首相は記者会見で「国民生活を守る」と述べた。"),
    "euc_jp": ("ja", "政府は六日の閣議で、来年度の予算案を決定した。首相は記者会見で「国民生活を守る」と述べた。"),
    "cp949": ("ko", "정부는 6일 국무회의를 열고 내년도 예산안을 의결했다. 대통령은 민생 안정이 최우선이라고 강조했다."),
    "cp1253": (
        "el",
        "Η κυβέρνηση ανακοίνωσε την Πέμπτη νέα μέτρα στήριξης για τις οικογένειες, σύμφωνα με τον υπουργό.",
    ),
    "cp1255": ("he", "הממשלה אישרה ביום חמישי את תקציב המדינה לשנה הבאה, לאחר דיון ארוך שנמשך כל הלילה בירושלים."),
    "cp1256": (
        "ar",
        "أعلنت الحكومة يوم الخميس عن إجراءات جديدة لدعم الأسر ذات الدخل المحدود، وفق ما ذكرت وكالة الأنباء.",
    ),
    "cp1252": ("fr", "Le président a été réélu à l’issue d’une élection très disputée ; déjà, l’été s’annonce agité."),
    "cp1250": (
        "pl",
        "Prezydent podpisał w czwartek ustawę o wyższych świadczeniach dla rodzin – zapowiedział źle poinformowany.",
    ),
    "iso8859_2": (
        "cs",
        "Vláda ve čtvrtek schválila návrh zákona, který zvýší příspěvky na péči. Podle ministra jde o důležitý krok.",
    ),
    "cp1254": ("tr", "Cumhurbaşkanı perşembe günü yaptığı açıklamada, işçilerin ücretlerinin artırılacağını söyledi."),
    "cp1257": ("lt", "Vyriausybė ketvirtadienį patvirtino kitų metų biudžeto projektą, pranešė žiniasklaida."),
}


def html(text: str, language: str, declaration: str = "") -> str:
    return f"<html lang={language}><head>{declaration}<title>{text[:20]}</title></head><p>{text * 3}</p></html>"


@pytest.mark.parametrize("encoding", TEXTS)
@pytest.mark.parametrize("declaration", ["", "<meta charset=utf-8>"])
def test_pages_that_say_nothing_or_the_wrong_thing_are_read_right(encoding: str, declaration: str) -> None:
    """The usual lie is UTF-8, by a template that was never looked at."""
    language, text = TEXTS[encoding]
    written = html(text, language, declaration)
    assert page_of(written.encode(encoding), "https://example.org/").text == written


@pytest.mark.parametrize("encoding", ["cp1251", "gb18030", "cp932", "cp949", "cp1256"])
def test_other_scripts_that_call_themselves_latin_are_read_right(encoding: str) -> None:
    language, text = TEXTS[encoding]
    written = html(text, language, "<meta charset=iso-8859-1>")
    assert page_of(written.encode(encoding), "https://example.org/").text == written


@pytest.mark.parametrize(
    ("label", "encoding", "text"),
    [
        ("iso-8859-1", "cp1252", "“Café” – 5 €"),
        ("gb2312", "gb18030", "朱镕基与喆喆出席会议"),
        ("shift_jis", "cp932", "①髙島屋の営業時間"),
        ("euc-kr", "cp949", "똠방각하 펲시콜라"),
        ("x-sjis", "cp932", "東京の天気予報です"),
        ("windows-1250", "cp1250", "Žluťoučký kůň úpěl"),
    ],
)
def test_labels_mean_what_browsers_take_them_for(label: str, encoding: str, text: str) -> None:
    written = f"<meta http-equiv=Content-Type content='text/html; charset={label}'><p>{text}"
    assert page_of(written.encode(encoding), "https://example.org/").text == written


def test_the_header_comes_before_the_meta_element() -> None:
    content = "<meta charset=windows-1252><p>Škoda".encode("cp1250")
    headers = {"Content-Type": "text/html; charset=windows-1250"}
    page = page_of(content, "https://example.org/", headers)
    assert page.text.endswith("Škoda")
    assert page.headers == {"content-type": "text/html; charset=windows-1250"}


def test_an_xml_declaration_counts_like_a_meta_element() -> None:
    content = "<?xml version='1.0' encoding='windows-1250'?><html><p>Škoda".encode("cp1250")
    assert page_of(content, "https://example.org/").text.endswith("Škoda")


def test_utf_8_counts_whatever_the_page_says() -> None:
    content = "<meta charset=iso-8859-1><p>Škoda".encode()
    assert encoding_of(content, "text/html; charset=windows-1250") == "utf-8"


def test_a_page_cut_off_within_a_character_is_still_utf_8() -> None:
    assert encoding_of("<meta charset=utf-8><p>Só".encode()[:-1]) == "utf-8"


def test_a_few_faults_do_not_make_utf_8_another_encoding() -> None:
    page = page_of("<p>Größe für Käufer öfter".encode() + b"\xfc <p>ab", "https://example.org/")
    assert page.encoding == "utf-8"
    assert page.text.endswith("öfter\ufffd <p>ab")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_byte_order_marks_and_wide_characters_are_seen(encoding: str) -> None:
    written = "<html><p>Škoda"
    page = page_of(written.encode(encoding), "https://example.org/")
    assert page.text == written
    assert page.tree.text_content() == "Škoda"


def test_a_mark_of_big_endian_bytes_is_read_and_gone() -> None:
    page = page_of(codecs.BOM_UTF16_BE + "<p>Škoda".encode("utf-16-be"), "https://example.org/")
    assert page.text == "<p>Škoda"


def test_japanese_in_seven_bits_is_seen() -> None:
    written = "<p>東京の天気"
    assert page_of(written.encode("iso2022_jp"), "https://example.org/").text == written


def test_text_becomes_a_page_with_surrogate_pairs_joined_and_halves_replaced() -> None:
    page = page_of("<p>a\ud83d\ude00b\ud800c", "https://example.org/")
    assert page.text == "<p>a\U0001f600b\ufffdc"


def test_bytes_that_are_no_text_get_some_encoding() -> None:
    assert encoding_of(bytes(range(128, 256)) * 40)
    assert encoding_of(b"") == "utf-8"


def test_an_unknown_label_is_passed_over() -> None:
    assert page_of("<meta charset=klingon><p>Café ole".encode("cp1252"), "https://example.org/").text.endswith(
        "Café ole"
    )


@settings(derandomize=True, max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_make_a_page(content: bytes) -> None:
    page = page_of(content, "https://example.org/")
    assert isinstance(page.text, str)
    assert page.tree.tag == "html"


@pytest.mark.parametrize("label", [*sorted(LABELS), "unicode_escape", "idna", "rot13", "hex", "zip", "utf-7"])
def test_whatever_a_page_declares_it_can_be_read(label: str) -> None:
    declarations = {f"text/html; charset={label}": b"", "": f'<meta charset="{label}">'.encode()}
    for content_type, head in declarations.items():
        page = page_of(head + b"<p>caf\xe9 \xff\xfe", "https://example.org/", {"content-type": content_type})
        assert "caf" in page.text
        assert page.tree.tag == "html"
