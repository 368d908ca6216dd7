"""Language tags (BCP 47, RFC 5646) out of whatever pages write."""

from __future__ import annotations

import re

# ISO 639-1, then the languages of the web that only ISO 639-2 and 639-3 name.
_LANGUAGE_CODES = """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo
    es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg
    ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn
    no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw
    ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    ast ceb ckb fil gsw haw hsb dsb lad mai nds pap pcm sah scn szl wuu yue"""
_LANGUAGES = frozenset(_LANGUAGE_CODES.split())
# ISO 3166-1 alpha-2, and Kosovo, which has none.
_REGION_CODES = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC
    CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD
    GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM
    KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY
    MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE
    SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA
    VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"""
_REGIONS = frozenset(_REGION_CODES.split())
# Withdrawn codes, countries taken for languages, ISO 639-2 for languages that have two letters, and plain names.
_ALIAS_CODES = """
    iw=he in=id ji=yi jp=ja cz=cs dk=da gr=el ua=uk cn=zh vn=vi kz=kk eng=en deu=de ger=de fra=fr fre=fr spa=es ita=it
    por=pt rus=ru jpn=ja zho=zh chi=zh cmn=zh kor=ko ara=ar nld=nl dut=nl pol=pl swe=sv nor=no dan=da fin=fi tur=tr
    heb=he hin=hi ces=cs cze=cs ell=el gre=el hun=hu ukr=uk vie=vi ron=ro rum=ro ind=id fas=fa per=fa english=en
    german=de deutsch=de french=fr français=fr spanish=es español=es italian=it italiano=it portuguese=pt
    português=pt russian=ru русский=ru chinese=zh japanese=ja korean=ko arabic=ar dutch=nl nederlands=nl polish=pl
    polski=pl turkish=tr türkçe=tr hindi=hi"""
_ALIASES = dict(alias.split("=") for alias in _ALIAS_CODES.split())
_SUBTAG_END = re.compile(r"[,;.@\s]")


def language_tag(raw: str) -> str | None:
    """A tag such as ``en``, ``pt-BR`` or ``zh-Hant-TW``; None for what is no language.

    Regions that do not exist are dropped, ``en_EN`` being ``en``; of several languages the first counts.
    """
    first, *subtags = _SUBTAG_END.split(raw.strip().replace("_", "-"), maxsplit=1)[0].split("-")
    language = _ALIASES.get(first.lower(), first.lower())
    if language not in _LANGUAGES:
        return None
    script = next((tag.title() for tag in subtags[:2] if len(tag) == 4 and tag.isalpha()), None)
    region = next((tag.upper() for tag in subtags if tag.upper() in _REGIONS or re.fullmatch(r"\d{3}", tag)), None)
    return "-".join(part for part in (language, script, region) if part)
