"""Countries as news names them: by name, by adjective, by capital or by a seat of power.

«موسكو», «روسيا», «الروسية» and «الكرملين» all speak of one country; articles that speak of the same countries are closer
than their words alone say. Names that mean something else as well («عمان», «مالي») are left out.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from bulaq.arabic.normalise import for_matching

_TABLE = """
SA|السعودية المملكة_العربية_السعودية|سعودي|الرياض
EG|مصر|مصري|القاهرة
AE|الإمارات|إماراتي|أبوظبي
QA|قطر|قطري|الدوحة
KW|الكويت|كويتي|
BH|البحرين|بحريني|المنامة
OM|سلطنة_عمان|عماني|مسقط
YE|اليمن|يمني حوثي|صنعاء عدن
IQ|العراق|عراقي|بغداد
SY|سوريا سورية|سوري|دمشق
LB|لبنان|لبناني|بيروت
JO|الأردن|أردني|
PS|فلسطين غزة|فلسطيني غزي|رام_الله
IL|إسرائيل|إسرائيلي|تل_أبيب
IR|إيران|إيراني|طهران
TR|تركيا|تركي|أنقرة إسطنبول اسطنبول
LY|ليبيا|ليبي|طرابلس بنغازي
TN|تونس|تونسي|
DZ|الجزائر|جزائري|
MA|المغرب|مغربي|الرباط
MR|موريتانيا|موريتاني|نواكشوط
SD|السودان|سوداني|الخرطوم
SS|جنوب_السودان||جوبا
SO|الصومال|صومالي|مقديشو
DJ|جيبوتي|جيبوتي|
ET|إثيوبيا|إثيوبي|أديس_أبابا
ER|إريتريا|إريتري|أسمرة
KE|كينيا|كيني|نيروبي
UG|أوغندا|أوغندي|كمبالا
NG|نيجيريا|نيجيري|أبوجا
NE|النيجر|نيجري|نيامي
TD|تشاد|تشادي|إنجامينا نجامينا
SN|السنغال|سنغالي|داكار
ZA|جنوب_أفريقيا جنوب_إفريقيا||بريتوريا
CD|الكونغو|كونغولي|كينشاسا
RW|رواندا|رواندي|كيغالي
US|أمريكا أميركا الولايات_المتحدة|أمريكي أميركي|واشنطن البنتاغون البيت_الأبيض
CA|كندا|كندي|أوتاوا
MX|المكسيك|مكسيكي|
BR|البرازيل|برازيلي|برازيليا
AR|الأرجنتين|أرجنتيني|
VE|فنزويلا|فنزويلي|كراكاس
CO|كولومبيا|كولومبي|بوغوتا
CL|تشيلي|تشيلي|سانتياغو
PE|بيرو||ليما
CU|كوبا|كوبي|هافانا
GB|بريطانيا المملكة_المتحدة إنجلترا|بريطاني إنجليزي|لندن
IE|أيرلندا إيرلندا|أيرلندي إيرلندي|دبلن
FR|فرنسا|فرنسي|باريس الإليزيه
DE|ألمانيا|ألماني|برلين
IT|إيطاليا|إيطالي|روما
ES|إسبانيا أسبانيا|إسباني أسباني|مدريد
PT|البرتغال|برتغالي|لشبونة
NL|هولندا|هولندي|أمستردام
BE|بلجيكا|بلجيكي|بروكسل
CH|سويسرا|سويسري|جنيف
AT|النمسا|نمساوي|فيينا
SE|السويد|سويدي|ستوكهولم
NO|النرويج|نرويجي|أوسلو
DK|الدنمارك|دنماركي|كوبنهاغن
FI|فنلندا|فنلندي|هلسنكي
PL|بولندا|بولندي|وارسو
CZ|التشيك|تشيكي|
HU|المجر|مجري|بودابست
GR|اليونان|يوناني|أثينا
CY|قبرص|قبرصي|نيقوسيا
RS|صربيا|صربي|بلغراد
HR|كرواتيا|كرواتي|زغرب
BA|البوسنة|بوسني|سراييفو
BG|بلغاريا|بلغاري|
RO|رومانيا|روماني|بوخارست
RU|روسيا|روسي|موسكو الكرملين
UA|أوكرانيا|أوكراني|كييف
BY|بيلاروسيا|بيلاروسي|مينسك
GE|جورجيا|جورجي|تبليسي
AM|أرمينيا|أرميني|يريفان
AZ|أذربيجان|أذربيجاني أذري|باكو
KZ|كازاخستان|كازاخستاني|أستانا
UZ|أوزبكستان|أوزبكي|طشقند
AF|أفغانستان|أفغاني|كابول كابل
PK|باكستان|باكستاني|
IN|الهند|هندي|نيودلهي
BD|بنغلاديش بنغلادش|بنغلاديشي|
LK|سريلانكا|سريلانكي|كولومبو
NP|نيبال|نيبالي|كاتماندو
MM|ميانمار بورما|بورمي|روهينغا الروهينجا
TH|تايلاند تايلند|تايلاندي|بانكوك
VN|فيتنام|فيتنامي|هانوي
MY|ماليزيا|ماليزي|كوالالمبور
SG|سنغافورة|سنغافوري|
ID|إندونيسيا|إندونيسي|جاكرتا
PH|الفلبين|فلبيني|مانيلا
CN|الصين|صيني|بكين
TW|تايوان|تايواني|تايبيه
JP|اليابان|ياباني|طوكيو
KP|كوريا_الشمالية||بيونغ_يانغ بيونغيانغ
KR|كوريا_الجنوبية||سيول سول
AU|أستراليا|أسترالي|سيدني
NZ|نيوزيلندا|نيوزيلندي|ولنغتون
VA|الفاتيكان|فاتيكاني|
"""

_ENDINGS: Final = ("", "ة", "ين", "ون", "ا", "ات", "تين", "ان")
_PREFIXES: Final = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل")


@cache
def country_words() -> dict[str, str]:
    """Each single word that names a country, in its normalised form with clitics → the country's ISO 3166 code."""
    words: dict[str, str] = {}
    for code, names, adjectives, seats in _rows():
        for name in (*names, *seats):
            if "_" not in name:
                words |= dict.fromkeys(_with_clitics(name), code)
        for adjective in adjectives:
            for ending in _ENDINGS:
                words |= dict.fromkeys(_with_clitics(adjective + ending), code)
                words |= dict.fromkeys(_with_clitics("ال" + adjective + ending), code)
    return words


@cache
def country_names() -> dict[str, str]:
    """Each name of a country or a seat («كوريا الشمالية», «البيت الأبيض»), as written → the country's code."""
    return {name.replace("_", " "): code for code, names, _, seats in _rows() for name in (*names, *seats)}


def _rows() -> list[tuple[str, list[str], list[str], list[str]]]:
    rows = (line.split("|") for line in _TABLE.strip().splitlines())
    return [
        (code, names.split(), adjectives.split(), seats.split()) for code, names, adjectives, seats in rows
    ]


def _with_clitics(name: str) -> list[str]:
    word = for_matching(name)
    forms = [prefix + word for prefix in _PREFIXES]
    if word.startswith("ال"):
        forms += [prefix + word[2:] for prefix in ("لل", "ولل", "فلل")]
    return forms
