"""The words of dates in the languages that news is written in most, so that dateparser is rarely needed.

Month names are those of CLDR (wide and abbreviated, in running text and alone), units and words for days those of
CLDR's relative times; all without the full stop of an abbreviation, in lower case.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_MONTHS = (
    """ene enero gen gener gennaio ian ianuarie jaan jaanuar jan janar janeiro janu januar januari januarie january
    január januára janv janvier janvāris janúar jän jänn jänner led leden ledna oca ocak saus sausio sausis sij
    siječanj siječnja sty styczeń stycznia tammi tammikuu tammikuuta urt urtarrila xan xaneiro yan yanvar ιαν
    ιανουάριοσ ιανουαρίου сту студзень студзеня січ січень січня янв январь января яну януари јан јануар јануари
    ינו ינואר جانفي يناير ژانویه ژانویهٔ जनवरी जन॰ มกราคม""",
    """feb fév febbraio feber febr febreiro febrer febrero februar februari februarie february február februára
    februāris febrúar fev fevereiro fevral févr février helmi helmikuu helmikuuta lut lutego luty ots otsaila
    peb pebrero shk shkurt vas vasario vasaris veebr veebruar velj veljača veljače úno únor února şub şubat φεβ
    φεβρουάριοσ φεβρουαρίου лют лютага лютий лютого люты феб фебруар фев февр февраль февраля февруари פבר
    פברואר شباط فبراير فوریه فوریهٔ فيفري फ़रवरी फ़र॰ กุมภาพันธ์""",
    """bře březen března kov kovas kovo maalis maaliskuu maaliskuuta maart mac maerz mar marca march marec maret
    mars marso mart martie marts martxoa marzec marzo març março mrt mrz márc március mäe mäerz mär märts märz
    ožu ožujak ožujka μάρ μάρτιοσ μαρ μαρτίου бер березень березня мар март марта сак сакавік сакавіка מרץ آذار
    مارس मार्च มีนาคม""",
    """abr abril abrëll api apirila apr aprel april aprile aprilie aprill apríl apríla aprīlis avr avril bal
    balandis balandžio dub duben dubna huhti huhtikuu huhtikuuta kwi kwiecień kwietnia nis nisan pri prill tra
    travanj travnja ápr április απρ απρίλιοσ απριλίου апр апрель апреля април квіт квітень квітня кра красавік
    красавіка אפר אפריל آوریل أبريل أفريل إبريل ابريل نيسان अप्रैल เมษายน""",
    """geg gegužė gegužės kvě květen května mag maggio mai maiatza maig maijs maio maj maja may mayo mayıs maí mee
    mei máj mája május svi svibanj svibnja touko toukokuu toukokuuta μάι μάιοσ μαΐ μαΐου май мая мај трав
    травень травня מאי أيار ماي مايو مه مهٔ मई พฤษภาคม""",
    """birž birželio birželis cze czerwca czerwiec eka ekaina giu giugno haz haziran hun hunyo iun iunie iyn iyun
    juin jun june junho juni junie junij junio juny juuni jún júna június júní jūn jūnijs kesä kesäkuu kesäkuuta
    lipanj lipnja qer qershor xuño červen června čvn ιουν ιουνίου ιούν ιούνιοσ июн июнь июня черв червень червня
    чэр чэрвень чэрвеня юни јун јуни יוני جوان حزيران يونيو ژوئن जून มิถุนายน""",
    """heinä heinäkuu heinäkuuta hul hulyo iul iulie iyl iyul juil juillet jul julai julho juli julie julij julio
    juliol july juuli júl júla július júlí jūl jūlijs korr korrik liep liepa liepos lipca lipiec lug luglio
    srpanj srpnja tem temmuz uzt uztaila xul xullo července červenec čvc ιουλ ιουλίου ιούλ ιούλιοσ июл июль июля
    лип липень липня ліп ліпень ліпеня юли јул јули יולי تموز جويلية يوليو ژوئیه ژوئیهٔ जुलाई जुल॰ กรกฎาคม""",
    """abu abuztua ag ago agos agost agosto agu agustus aout août aug august augusta augusti augusts augustus
    augusztus avg avgust avq avqust ağu ağustos elo elokuu elokuuta gush gusht kol kolovoz kolovoza ogo ogos
    rugp rugpjūtis rugpjūčio sie sierpień sierpnia srpen srpna ágú ágúst αυγ αυγούστου αύγ αύγουστοσ авг август
    августа жні жнівень жніўня серп серпень серпня אוג אוגוסט آب أغسطس أوت اغسطس اوت अगस्त अग॰ สิงหาคม""",
    """eyl eylül ira iraila rugs rugsėjis rugsėjo ruj rujan rujna sen sentyabr sep sept septembar september
    septembra septembre septembrie septembris septiembre set setembre setembro setiembre sett settembre
    setyembre sht shtator syys syyskuu syyskuuta szept szeptember wrz wrzesień września zář září σεπ σεπτέμβριοσ
    σεπτεμβρίου вер верасень верасня вересень вересня сент сентябрь сентября сеп септембар септември ספט ספטמבר
    أيلول سبتمبر سپتامبر सितंबर सित॰ กันยายน""",
    """eki ekim loka lokakuu lokakuuta oct october octobre octombrie octubre okt oktobar oktober oktobris oktoober
    oktubre oktyabr október októbra ott ottobre out outubro paź październik października spal spalio spalis tet
    tetor urr urria říj říjen října οκτ οκτωβρίου οκτώβριοσ жовт жовтень жовтня кас кастрычнік кастрычніка окт
    октобар октомври октябрь октября אוק אוקטובר أكتوبر اكتوبر اکتبر अक्टूबर अक्टू॰ ตุลาคม""",
    """aza azaroa kas kasım lapkr lapkritis lapkričio listopadu marras marraskuu marraskuuta nob nobyembre
    noiembrie nov novembar november novembra novembre novembris novembro noviembre noy noyabr nën nëntor nóv
    nóvember stu studeni studenoga νοέ νοέμβριοσ νοε νοεμβρίου лист листопад листопада ліс лістапад лістапада
    нов новембар ное ноември нояб ноябрь ноября נוב נובמבר نوامبر نوفمبر नवंबर नव॰ พฤศจิกายน""",
    """abe abendua ara aralık dec decembar december decembra decembrie decembris decembro dek dekabr des desember
    desembre dets detsember dez dezember dezembro dhj dhjetor dic dicembre diciembre dis disember disyembre déc
    décembre gru grudnia grudzień gruod gruodis gruodžio joulu joulukuu joulukuuta pro prosinac prosinca
    prosince prosinec δεκ δεκέμβριοσ δεκεμβρίου груд грудень грудня дек декабрь декабря декември дец децембар
    сне снежань снежня דצמ דצמבר دسامبر ديسمبر दिसंबर दिस॰ ธันวาคม""",
)
# Slavic languages give some names to neighbouring months: Croatian ones first, then those of Polish and Czech.
_MONTHS_BY_LANGUAGE = {
    "hr": {"lip": 6, "srp": 7, "lis": 10, "listopad": 10, "listopada": 10},
    "": {"lip": 7, "srp": 8, "lis": 11, "listopad": 11, "listopada": 11},
}

_DAY_WORDS = {
    0: """today heute hoy aujourd’hui aujourd'hui oggi hoje vandaag idag dnes dzisiaj dziś azi днес сегодня сёння
    сьогодні danas danes денес данас šiandien šodien täna tänään bugün bu_gün σήμερα היום اليوم امروز آج आज avui
    hoxe sot ma hari_ini hôm_nay วันนี้ i_dag í_dag 今天 今日 오늘 vandag ngayong_araw""",
    -1: """yesterday gestern ayer hier ieri ontem gisteren igår včera wczoraj tegnap вчера ўчора вчора jučer juče
    včeraj јуче вакар vakar eile eilen dün dünən χθες χτες אתמול أمس امس دیروز ahir onte dje kemarin semalam
    hôm_qua เมื่อวาน เมื่อวานนี้ i_går í_gær 昨天 昨日 어제 gister kahapon учера""",
    -2: """vorgestern anteayer avant-hier anteontem eergisteren förrgår předevčírem przedwczoraj predvčerom
    tegnapelőtt alaltăieri позавчера позавчора прекјуче prekjuče prekjučer predvčerajšnjim toissapäivänä i_förgår
    i_forgårs 前天 一昨日 그저께""",
}

# Words that say that a duration lies in the past; each needs a number and a unit beside it.
_AGO = """ago vor hace há hai fa acum il_y_a geleden gelede sedan sen siden sitten eest temu назад тому таму önce
    öncə ezelőtt lalu trước pred před prije pre преди пред пре prieš pirms fyrir πριν منذ قبل לפני duela
    पहले پیش پہلے ที่แล้ว ที่ผ่านมา আগে atrás tagasi më_parë nakalipas përpara órája perce napja hete hónapja éve"""

# What stands for a time less than a minute ago, and by itself.
_NOW = """just_now right_now moments_ago a_moment_ago soeben gerade_eben eben_gerade à_l'instant à_l’instant
    il_y_a_un_instant ahora_mismo hace_un_momento hace_unos_instantes agora_mesmo há_um_instante proprio_ora adesso
    zojuist zonet just_nu nyss lige_nu akkurat_nå rett_nå juuri_nyt hetki_sitten przed_chwilą właśnie_teraz právě_teď
    práve_teraz éppen_most az_imént chiar_acum только_что щойно току-що az_önce şimdi μόλις_τώρα たった今 今さっき 刚刚
    剛剛 방금 방금_전 vừa_xong baru_saja الآن עכשיו"""

_UNITS = {
    "second": """s sec secs second seconds sek sekunde sekunden seg segundo segundos seconde secondes secondo
    secondi sekund sekunder sekunda sekundy sekundę secunde secundă сек секунд секунду секунды секунди sekundi
    sekundit sekunti sekuntia saniye sn másodperccel másodperce δευτερόλεπτα ثانية ثوان ثواني ثانیه שניות detik
    giây segons""",
    "minute": """m min mins minute minutes minuten minuto minutos minut minuti minuut minuter minutt minutter
    minuta minuty minutę minutami minutou minútami minútou minutu minūtes minūtēm minučių minutę мин минут минуту
    минуты минути хв хвилин хвилину хвилини хвіліну minuutti minuuttia minutit dakika dk dəqiqə perce perccel λεπτά
    λεπτό دقيقة دقائق دقیقه דקות menit minit mnt phút मिनट นาที mínútum mínútu minuts""",
    "hour": """h hr hrs hour hours std stunde stunden hora horas heure heures ora ore uur uren tim timme timmar
    time timer hod hodin hodinami hodinou godz godziny godzin godzinę óra órája órával oră ч час часа часов гадзін
    гадзіны sat sata sati ura urami uro сати сата val valandą valandų valandas st stundas stundām tund
    tundi tunni tuntia un'ora un’ora urama tunti saat sa ώρες ώρα ساعة ساعات ساعت שעות שעה jam giờ घंटे ชั่วโมง
    klst klukkustundum klukkustund hores ordu""",
    "day": """d day days tag tage tagen día días dia dias jour jours giorno giorni dag dagen dagar dage dager døgn
    den dny dní dnem dni dnia dzień napja nappal zi zile дн день дня дней ден дни дана dan dana dneva dnevi dnevom
    dien dieną dienų dienas dienām päev päeva päivä päivää gün ημέρες ημέρα يوم أيام روز ימים hari ngày दिन วัน
    dögum degi dies egun""",
    "week": """w wk wks week weeks woche wochen semana semanas sem semaine semaines settimana settimane weken vecka
    veckor uke uker uge uger týdnem týdny tydzień tygodnie tygodni tyg týždňom týždňami hete héttel săptămână
    săptămâni нед неделю недели недель седмица седмици тиждень тижні tjedan tjedna недеље savaitę savaičių nedēļas
    nedēļām nädal nädala viikko viikkoa hafta εβδομάδες εβδομάδα أسبوع أسابيع هفته שבועות minggu tuần सप्ताह
    สัปดาห์ vikum viku setmanes""",
    "month": """mo month months monat monate monaten mes meses mês mois mese mesi maand maanden månad månader måned
    måneder měsícem měsíci měsíců miesiąc miesiące miesięcy mesiacom mesiacmi hónapja hónappal lună luni мес месяц
    месяца месяцев месец месеца месеци місяць місяці mjesec mjeseca mjeseci meseca mēneša mēnešiem mėnesį mėnesių
    kuu kuukausi kuukautta ay μήνες μήνα شهر أشهر ماه חודשים bulan tháng माह เดือน mánuðum mánuði mesos""",
    "year": """y yr yrs year years jahr jahre jahren año años ano anos an ans anno anni jaar år rok roku lata lat
    let lety rokem rokmi rokom éve évvel ani ani год года лет година години година рік роки godina godine godinu
    gada gadiem metus metų aasta vuosi vuotta yıl χρόνια έτη سنة سنوات سال שנים tahun năm वर्ष ปี árum ári anys""",
}
# Scripts that leave no space between number, unit and what follows.
_ATTACHED_UNITS = """second=秒 second=秒钟 second=秒鐘 second=초 minute=分 minute=分钟 minute=分鐘 minute=분
    hour=小时 hour=小時 hour=時間 hour=시간 hour=个小时 hour=個小時 day=天 day=日 day=일 week=周 week=週間 week=週
    week=주 week=星期 month=个月 month=個月 month=か月 month=ヶ月 month=개월 year=年 year=년"""
# Arabic and Hebrew have a form of a unit for two of them.
_TWO = """ثانيتين دقيقتين ساعتين يومين أسبوعين اسبوعين شهرين سنتين عامين דקותיים שעתיים יומיים שבועיים חודשיים שנתיים"""
_TWO_UNITS = "second minute hour day week week month year year minute hour day week month year"
# Thai months as most pages have them.
_THAI_SHORT = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค."
_THAI_LONG = """มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม"""
_THAI_MONTHS = dict(zip(_THAI_SHORT.split(), _THAI_LONG.split(), strict=True))
_THAI_MONTH = re.compile("|".join(re.escape(short) + "?" for short in sorted(_THAI_MONTHS, key=len, reverse=True)))
# In Ukrainian the word for an hour is what most of its neighbours call a year.
_UKRAINIAN_HOURS = frozenset(("год", "година", "години", "годину", "годин"))


def _words(text: str) -> list[str]:
    return [word.replace("_", " ") for word in unicodedata.normalize("NFC", text).casefold().split()]


def stripped(word: str) -> str:
    """A word without its accents, as some sites write it."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def spelled_out(text: str) -> str:
    """A text with the abbreviations that hold full stops, those of Thai months, written out."""
    return _THAI_MONTH.sub(lambda found: _THAI_MONTHS[found[0].rstrip(".") + "."], text)


@cache
def _months() -> dict[str, int]:
    table = {word: month for month, names in enumerate(_MONTHS, 1) for word in _words(names)}
    for word, month in list(table.items()):
        table.setdefault(stripped(word), month)
    return table


def month_of(word: str, languages: tuple[str, ...] = ()) -> int | None:
    """The number of the month that a word (lower case, no full stop) names in any language, or in the page's own."""
    by_language = _MONTHS_BY_LANGUAGE["hr" if languages and any(tag.startswith("hr") for tag in languages) else ""]
    return by_language.get(word) or _months().get(word) or _months().get(word.removeprefix("ב"))


@cache
def day_words() -> dict[str, int]:
    """Words for today, yesterday and the day before, with their distance in days."""
    return {word: distance for distance, words in _DAY_WORDS.items() for word in _words(words)}


@cache
def ago_words() -> frozenset[str]:
    """Words that say that a duration lies in the past."""
    return frozenset(_words(_AGO))


@cache
def now_words() -> frozenset[str]:
    """Texts that say that something has come just now."""
    return frozenset(_words(_NOW))


@cache
def ago_phrases() -> tuple[str, ...]:
    """Those of them that are several words, or stand in a script that leaves no space before them."""
    return tuple(word for word in ago_words() if " " in word or word.startswith("ที่"))


@cache
def telling_phrases() -> re.Pattern[str]:
    """What finds words for days, and for the past, that are several or have an apostrophe: "i dag", "il y a"."""
    phrases = sorted(word for word in (*day_words(), *ago_words()) if re.search(r"[\s'’-]", word))
    alone = "|".join(re.escape(phrase) for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{alone})(?!\w)|{'|'.join(each for each in ago_phrases() if ' ' not in each)}")


@cache
def telling_words() -> frozenset[str]:
    """Words that make a text with a number in it look like a date: months, days and "ago" in any language."""
    return frozenset((*_months(), *_MONTHS_BY_LANGUAGE[""], *day_words(), *ago_words()))


@cache
def _units() -> dict[str, str]:
    return {word: unit for unit, words in _UNITS.items() for word in _words(words)}


@cache
def two_of() -> dict[str, str]:
    """Words for two of a unit."""
    return dict(zip(_words(_TWO), _TWO_UNITS.split(), strict=True))


def unit_of(word: str, text: str) -> str | None:
    """The unit of time (``second`` to ``year``) that a word stands for in a text in lower case."""
    if word in _UKRAINIAN_HOURS and "тому" in text:
        return "hour"
    return _units().get(word)


@cache
def attached_units() -> dict[str, str]:
    """Units of scripts that leave no space between the number, the unit and what follows; the longest first."""
    pairs = (pair.partition("=") for pair in _ATTACHED_UNITS.split())
    return dict(sorted(((word, unit) for unit, _, word in pairs), key=lambda pair: -len(pair[0])))
