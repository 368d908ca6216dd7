"""How the bytes of a page are encoded: what the page says of itself, checked against the bytes.

Pages lie: UTF-8 is served as ISO-8859-1, windows-1252 as UTF-8, gb18030 as gb2312. Bytes lie less: text that decodes
as UTF-8 is UTF-8, letters that stand in long runs of high bytes are not Latin. Labels mean what browsers take them
for (WHATWG Encoding Standard, section 4.2), so ``iso-8859-1`` is windows-1252 and ``shift_jis`` is windows-31j.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping

import webencodings

from feedmaker.model import Page

HEAD_BYTES = 4096  # the standard looks for a declaration in the first 1024 bytes; real pages have it later
_SAMPLE_BYTES = 8192
_PROOF_BYTES = 32_768
_LATIN_RUN = 1.6  # mean length of a run of high bytes: 1.0 to 1.3 in Latin scripts, above 2 in all others

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE | re.ASCII)
_META_CHARSET = re.compile(rb"<meta\s[^>]*?charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']\s*([\w.:+-]+)", re.IGNORECASE)
_LANGUAGE = re.compile(rb"<html\s[^>]*?lang\s*=\s*[\"']?\s*([a-z]{2})", re.IGNORECASE)
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_HIGH_TEXT = re.compile(rb"[\x80-\xff][^<>]*+")

# Where a label's codec in Python knows fewer characters than browsers do.
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs"}
# What a declaration can name without naming a codec for the bytes at hand; "replacement" is what the Encoding Standard
# (section 14.1) makes of encodings that are not safe to read, such as ISO-2022-KR.
_NO_CODECS = frozenset({"utf_8", "utf_16_le", "utf_16_be", "x_user_defined", "replacement"})
# What a page in a Latin script is most likely in, by its language (HTML 13.2.3.2, step 9); others are in windows-1252.
_LATIN_BY_LANGUAGE = {
    **dict.fromkeys(("cs", "hr", "hu", "pl", "ro", "sk", "sl", "sq", "bs"), "cp1250"),
    **dict.fromkeys(("az", "ku", "tr"), "cp1254"),
    **dict.fromkeys(("et", "lt", "lv"), "cp1257"),
    "vi": "cp1258",
}
# The legacy encodings that the Encoding Standard knows for other scripts, by the languages that are written in them.
_OTHER_SCRIPTS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("ru", "uk", "be", "bg", "mk", "sr", "kk"): ("cp1251", "koi8_r", "koi8_u", "iso8859_5", "cp866"),
    ("zh",): ("gb18030", "big5"),
    ("ja",): ("cp932", "euc_jp"),
    ("ko",): ("cp949",),
    ("el",): ("cp1253", "iso8859_7"),
    ("he",): ("cp1255", "iso8859_8"),
    ("ar", "fa", "ur"): ("cp1256", "iso8859_6"),
    ("th",): ("cp874",),
}


def page_of(html: bytes | str, url: str, headers: Mapping[str, str] | None = None) -> Page:
    """A page with the encoding that its bytes are really in; text becomes a page in UTF-8.

    ``headers`` may have names in any case. Never raises: bytes that fit no encoding are replaced when they are read.
    """
    lowered = {name.lower(): value for name, value in (headers or {}).items()}
    if isinstance(html, str):
        return Page(url, _encoded(html), "utf-8", lowered)
    return Page(url, html, encoding_of(html, lowered.get("content-type", "")), lowered)


def encoding_of(content: bytes, content_type: str = "") -> str:
    """The Python codec name of a page's bytes; ``content_type`` is the header's value.

    In order: a byte order mark, UTF-8 if the bytes are, what header, meta and XML declaration say if the bytes can be
    that, and detection by the bytes and the page's language.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    if b"\x1b$" in content[:HEAD_BYTES]:
        return "iso2022_jp"  # ASCII bytes throughout, so it must come before anything that tries UTF-8
    if _is_utf8(content):
        return "utf-8"
    is_latin = _is_latin(content)
    for encoding in _declared(content, content_type):
        if _can_be(content, encoding, is_latin=is_latin):
            return encoding
    return _latin(content) if is_latin else _detected(content)


def _encoded(text: str) -> bytes:
    """Text as UTF-8; the halves of a surrogate pair are joined, a lone half is replaced."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode("utf-8")


def _is_utf8(content: bytes) -> bool:
    """Whether the bytes are UTF-8, perhaps cut off at the end, perhaps with a few faults.

    In a page of another encoding hardly a sequence happens to be UTF-8: where the first ones are good alone, that
    proves it, and so do twice as many good ones as faults.
    """
    samples = (content[start : start + _PROOF_BYTES] for start in range(0, len(content), _PROOF_BYTES))
    try:
        codecs.utf_8_decode(next((sample for sample in samples if not sample.isascii()), b""), "strict", False)
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
        faults = text.count("\ufffd")
        return len(text) - len(text.encode("ascii", "ignore")) > 2 * faults
    return True


def _declared(content: bytes, content_type: str) -> Iterator[str]:
    """The codecs that header, meta and XML declaration name, other than UTF-8, which the bytes are not."""
    head = content[:HEAD_BYTES]
    found = (_META_CHARSET.search(head), _XML_ENCODING.search(head))
    header = _HEADER_CHARSET.search(content_type)
    labels = [header[1]] if header else []
    for label in labels + [match[1].decode("ascii", "replace") for match in found if match]:
        encoding = webencodings.lookup(label)
        name = encoding.codec_info.name.replace("-", "_") if encoding else "utf_8"
        if name not in _NO_CODECS:
            yield _SUPERSETS.get(name, name)


def _is_latin(content: bytes) -> bool:
    runs = _HIGH_RUN.findall(content)
    return sum(map(len, runs)) < _LATIN_RUN * len(runs)


def _can_be(content: bytes, encoding: str, *, is_latin: bool) -> bool:
    """Whether the bytes can be what the page declares: nearly all decode, in a script that this encoding is for."""
    if encoding in ("cp1252", "iso8859_15") and not is_latin:
        return False
    text = content.decode(encoding, "replace")
    return text.count("\ufffd") * 50 <= len(_HIGH_RUN.findall(content))


def _language(content: bytes) -> str:
    found = _LANGUAGE.search(content[:HEAD_BYTES])
    return found[1].decode("ascii").lower() if found else ""


def _latin(content: bytes) -> str:
    encoding = _LATIN_BY_LANGUAGE.get(_language(content), "cp1252")
    # Letters of Central Europe that windows-1250 has between 0x80 and 0x9f lie above in ISO 8859-2.
    if encoding == "cp1250" and not re.search(rb"[\x80-\x9f]", content):
        return "iso8859_2"
    return encoding


def _detected(content: bytes) -> str:
    """What the bytes of a script other than Latin are most likely in; windows-1252 for those that are no text."""
    import charset_normalizer

    language, sample = _language(content), _sample(content)
    of_language = [name for key, names in _OTHER_SCRIPTS.items() if language in key for name in names]
    every = [name for names in _OTHER_SCRIPTS.values() for name in names]
    for encodings in (of_language, every):
        best = charset_normalizer.from_bytes(sample, cp_isolation=encodings).best() if encodings else None
        if best:
            return best.encoding
    return "cp1252"


def _sample(content: bytes) -> bytes:
    """Runs of text with high bytes in them, cut only between words: half a character would rule out its encoding."""
    sample = b""
    for match in _HIGH_TEXT.finditer(content):
        sample += match[0]
        if len(sample) > _SAMPLE_BYTES:
            break
    end = sample.find(b" ", _SAMPLE_BYTES)
    return sample[:end] if end > 0 else sample
