"""What stands before the names of a byline: "By", "Von", "文", kinds of pieces, roles, and others than the authors."""

from __future__ import annotations

import re

EDGES = " \t\n,.;:|/-–—•·*'\"“”„«»"  # marks that stand at the edges of names and are no part of them

# What introduces a name, alone at the start or behind what kind of piece it is ("Ein Kommentar von").
_BY = r"by|von|vom|par|por|di|av|af|door|oleh|przez|od|του|της|γράφ(?:ει|ουν) (?:ο|η|οι)|द्वारा|โดย|بقلم|كتبت?|מאת"
_LABELS = (
    r"text|texte|testo|texto|tekst|words|story|haber|yazan|yazar|автор[иы]?|текст|szerző|penulis|wartawan|skribent"
    r"|forfatter|författare|kirjoittaja|napsali?|autorzy|tác giả|συντάκτης|συντάκτρια"
)
_ROLES = r"authors?|autor(?:en|in|es)?|auteurs?|autore|reporter|redakteur(?:in)?"
_KINDS = (
    r"written|reported|reporting|authored|compiled|posted|published|analysis|opinion|comment|interview|review|kommentar"
    r"|gastbeitrag|analyse|bericht|reportage|essay|kolumne|glosse|rezension|protokoll|aufgezeichnet|recueillis|cura|skrevet"
    r"|text"
)
_INTRODUCED = re.compile(
    rf"^(?:(?:\S+\s+){{0,4}}?(?:{_KINDS})\s+)?(?:(?:{_BY}|{_ROLES})(?!\w)\s*:?\s+|(?:{_LABELS})\s*:\s*)(?=\S)",
    re.IGNORECASE,
)
_BEHIND_LOWER = re.compile(r"(?:^|\s)[a-zß-ÿ]+\s+(?:by|von|par|por)\s+(?=[A-ZÀ-Þ])")
_EAST = re.compile(
    r"^(?:文字|文|撰文|撰稿|作者|記者|记者|編集|取材|글|기자)\s*[／/:：・=＝\s]\s*|^(?:記者|记者)|\s*(?:記者|记者|기자)$"
)
# A role before a name: "dpa-Korrespondent Max Lee", "De nuestra corresponsal Ana Ruiz".
_ROLE_BEFORE = re.compile(
    r"^(?:[\w.-]+\s+){0,3}?(?:[\w.]+-)*(?i:correspondent|editor|reporter|writer|columnist|redakteur(?:in)?|reporter(?:in)?"
    r"|korrespondent(?:in|en)?|autorin|journaliste?|journalist(?:in)?|correspondante?|corresponsal|periodista|redacteur"
    r"|redactora?|giornalista|corrispondente|inviat[oa]|muhabiri?)\s+(?=[^\W\d_a-zß-ÿ]\S*\s+[^\W\d_])"
)
# Those who took the pictures or edited, up to those who wrote the text.
_OTHERS = re.compile(
    r"(?<!\w)(?:(?:photos?|fotos?|images?|pictures?|bild(?:er)?|illustrations?|grafik|фото)"
    r"(?:\s*:|\s+(?:by|von|par|por|di)\b)|edit(?:ed|ing)\s+by\b|(?:攝影|摄影|撮影|写真|사진|責任編輯|责任编辑|編輯|编辑)\s?[：:／/=＝])"
    r".*?(?=(?<!\w)(?:texte?|words|story|文)\b|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_BRACKETED = re.compile(r"[(\[（【「]([^()\[\]（）【】「」]*)[)\]）】」]\Z")


def introduced(text: str) -> str:
    """The text without what introduces its names and without those who did not write."""
    text = _OTHERS.sub(" ", text).strip(EDGES)
    while within := _BRACKETED.match(text):
        text = within[1].strip(EDGES)
    if behind := _BEHIND_LOWER.search(text):
        text = text[behind.end() :]
    while True:
        shorter = text
        for pattern in (_INTRODUCED, _EAST, _ROLE_BEFORE):
            shorter = pattern.sub("", shorter, count=1).strip(EDGES)
        if not shorter or shorter == text:
            return text
        text = shorter
