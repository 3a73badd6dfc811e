"""Numbers as shops write them, by which the card-data guard is judged: cards, spoken secrets, innocents.

The sets are made from the world (issuers' ranges, the structure of trade numbers, how people write), never
from the guard's rules. All are pure functions of their seed. "Innocent" means that a person at the counter
could tell: by the structure (a date at the front, 28 digits, a decimal point) or by the word beside it.
Left out of the innocents, because nobody could tell them from a card: a bare number of 14 to 19 digits
without a word beside it whose beginning lies in an issuer's range. For the same reason cards of 12 and 13
digits (reference numbers and EAN-13 have as many) and of UATP (any 15 digits from 1) always have a word
beside them. Diners enRoute (2014 and 2149, 15 digits, no check digit, gone since 1992) is no brand here:
its numbers look like dates.

Innocents that by chance pass the Luhn test within a range stay: numbers of merchants, taxpayers, parcels,
devices and orders with their word; EAN-13 bare, which a card of 13 digits without its word would look like.
"""

import re
import unicodedata
from collections.abc import Callable
from random import Random
from typing import NamedTuple


class Brand(NamedTuple):
    """An issuer: name, beginnings (first and last, both included), lengths in digits, source of these."""

    name: str
    ranges: tuple[tuple[int, int], ...]
    lengths: tuple[int, ...]
    source: str


class Card(NamedTuple):
    """A text with a card number in it, the number's digits, and which brand and spelling it is."""

    text: str
    pan: str
    brand: str
    spelling: str


class Secret(NamedTuple):
    """A text with a secret in it, the secret's digits, and which wording it is."""

    text: str
    digits: str
    wording: str


class Innocent(NamedTuple):
    """A text in which nothing may be masked, and which kind it is."""

    text: str
    kind: str


_WIKI = "Wikipedia, Payment card number, table of issuing networks"
_FORM = "braintree/credit-card-type, src/lib/card-types.ts"
_CHINA = "hexindai/bcbc, data/bin.csv"
_MERCHANT = "activemerchant/active_merchant, lib/active_merchant/billing/credit_card_methods.rb"
_TYPES = "bendrucker/creditcards-types, types/mada.js and types/meeza.js"
_BEGATEWAY = "begateway/begateway-android-sdk, CardType.kt"


def _from(*starts: int) -> tuple[tuple[int, int], ...]:
    return tuple((start, start) for start in starts)


BRANDS: tuple[Brand, ...] = (
    Brand("Visa", _from(4), (16, 16, 16, 19), _FORM),
    Brand("Visa 13", _from(4), (13,), _WIKI),
    Brand("Visa Electron", _from(4026, 417500, 4508, 4844, 4913, 4917), (16,), _WIKI),
    Brand("Mastercard", ((51, 55), (2221, 2720)), (16,), _WIKI),
    Brand("American Express", _from(34, 37), (15,), _WIKI),
    Brand("UnionPay", ((620, 626), (6282, 6288)), (16, 19, 16, 19, 17, 18), _WIKI),
    Brand("UnionPay 81", ((8100, 8171),), (16, 19), _FORM),
    Brand("UnionPay, older", _from(955880, 955881, 601382, 456351, 436742), (19,), _CHINA),
    Brand("Discover", ((6011, 6011), (644, 649), (65, 65)), (16, 19), _FORM),
    Brand("Diners Club", ((300, 305), (3095, 3095), (36, 36), (38, 39)), (14,), _WIKI),
    Brand("JCB", ((3528, 3589),), (16, 16, 19), _FORM),
    Brand("Maestro", (*_from(5018, 5020, 5038, 5893, 6304, 6759), (6761, 6763)), (16, 18, 19, 14, 15), _WIKI),
    Brand("Maestro 12 and 13", (*_from(5018, 5020, 5038, 5893, 6304, 6759), (6761, 6763)), (12, 13), _WIKI),
    Brand("Mir", ((2200, 2204),), (16, 19), _FORM),
    Brand("RuPay", _from(60, 508, 6521, 6522, 82), (16,), _WIKI),
    Brand("Troy", _from(9792), (16,), _WIKI),
    Brand("Elo", ((506699, 506778), (509000, 509999), (650031, 650033), (636368, 636368)), (16,), _FORM),
    Brand("Hipercard", _from(606282), (16,), _FORM),
    Brand("Hiper", _from(637095, 637568, 637599, 637609, 637612), (16,), _FORM),
    Brand("Verve", ((506099, 506127), (507868, 507877)), (16, 18, 19), _FORM),
    Brand("UATP", _from(1), (15,), _WIKI),
    Brand("InterPayment", _from(636), (16, 19), _WIKI),
    Brand("InstaPayment", ((637, 639),), (16,), _WIKI),
    Brand("Dankort", _from(5019, 4571), (16,), _WIKI),
    Brand("LankaPay", _from(357111), (16,), _WIKI),
    Brand("Uzcard", _from(8600, 5614), (16,), _WIKI),
    Brand("Humo", _from(9860), (16,), _WIKI),
    Brand("NAPAS", _from(9704), (16, 19), _WIKI),
    Brand("BORICA", _from(2205), (16,), _WIKI),
    Brand("UkrCard", ((60400100, 60420099),), (16, 19), _WIKI),
    Brand("GPN", _from(1946), (16, 18, 19), _WIKI),
    Brand("Laser", _from(6304, 6706, 6709, 6771), (16, 19), _WIKI),
    Brand("Switch", _from(4903, 4905, 4911, 4936, 564182, 633110, 6333), (16, 18, 19), _WIKI),
    Brand("Solo", _from(6334, 6767), (16, 18, 19), _WIKI),
    Brand("Bancontact", _from(6703, 606005), (17, 16), "Adyen/adyen-android, CardType.kt, BCMC"),
    Brand("mada", ((968201, 968211), (588845, 588845), (588850, 588850)), (16,), _TYPES),
    Brand("Meeza", _from(507803, 507808, 507810), (16,), _TYPES),
    Brand("Naranja", _from(589562), (16,), _FORM),
    Brand("UnionPay, 15 digits", _from(690755), (15,), _CHINA),
    Brand("UnionPay, older, 16", _from(84301, 90030, 940002, 95555, 955590, 984303, 999999), (16,), _CHINA),
    Brand("UnionPay, older, 17", _from(405512, 601428, 603601, 940043), (17,), _CHINA),
    Brand("UnionPay, older, 18", _from(438588, 690755, 694301, 940015, 966666, 990871), (18,), _CHINA),
    Brand("UnionPay, older, 19", _from(103, 900000, 9111, 921000, 940001, 955100, 95599), (19,), _CHINA),
    Brand("Maestro 59", ((5910, 5966), (602011, 602048)), (13, 14, 15, 17), _MERCHANT),
    Brand("eftpos Australia", _from(220730, 560279, 601335), (16,), "maibik/eftpos-bin, binList.js"),
    Brand("Carnet", _from(286900, 506199, 639559), (16,), _MERCHANT),
    Brand("Synchrony", _from(700600), (16,), _MERCHANT),
    Brand("Routex", _from(700674, 700676, 700678), (18, 19), _MERCHANT),
    Brand("Belkart and Prostir", _from(9112, 9804), (16,), _BEGATEWAY),
    Brand("ArCa and Elcart", _from(9051, 9417), (16,), "ISO/IEC 7812-1, national numbers"),
)


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of ISO/IEC 7812-1, annex B."""
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (doubled + sum(map(int, digits[-1::-2]))) % 10 == 0


def read_digits(text: str) -> str:
    """All digits of a text as a reader takes them: of any script, in Chinese words, whatever is between."""
    return "".join(_digit(char) for char in text)


def read_letters(text: str) -> str:
    """As `read_digits`, with the letters that stand for a nought or a one taken for it."""
    return read_digits(text.translate(_LOOK_ALIKE))


def survives(pan: str, text: str) -> bool:
    """Whether more than six digits of a card number in a row can be read (PCI DSS 3.4.1 lets six be seen)."""
    parts = _MASK.split(text)
    readings = [read(part) for read in (read_digits, read_letters) for part in parts]
    return any(pan[at : at + 7] in reading for reading in readings for at in range(len(pan) - 6))


def secret_survives(digits: str, text: str) -> bool:
    """Whether a secret can still be read in a text."""
    return digits in read_digits(text)


_SPOKEN = {char: str(at % 10) for at, char in enumerate("零一二三四五六七八九〇壹贰叁肆伍陆柒捌玖")} | {
    "幺": "1"
}
# Nobody reads on over three marks or more of a mask; two at most are a separator in the spellings.
_MASK = re.compile(r"[*•]{3,}")
_CHINESE_KEYS = str.maketrans(":,()", "\uff1a\uff0c\uff08\uff09")
_LOOK_ALIKE = str.maketrans("OolI", "0011")


def _digit(char: str) -> str:
    value = unicodedata.digit(char, None)
    return _SPOKEN.get(char, "") if value is None else str(value)


def _digits(rng: Random, count: int) -> str:
    return "".join(rng.choices("0123456789", k=count))


def _checked(body: str) -> str:
    return next(body + last for last in "0123456789" if passes_luhn(body + last))


def _typed(rng: Random, text: str) -> str:
    """The text, if it has Chinese in it: half of the time with the punctuation of a Chinese keyboard."""
    chinese = any("\u4e00" <= char <= "\u9fff" for char in text)
    return text.translate(_CHINESE_KEYS) if chinese and rng.randrange(2) else text


def _pan(rng: Random, brand: Brand) -> str:
    """A number of the brand, with a nought or a one after its sixth digit: every spelling is possible."""
    while True:
        start = str(rng.randint(*rng.choice(brand.ranges)))
        pan = _checked(start + _digits(rng, rng.choice(brand.lengths) - len(start) - 1))
        if {"0", "1"} & {*pan[6:]}:
            return pan


def _cut(digits: str, *sizes: int) -> list[str]:
    parts = []
    for size in sizes:
        parts.append(digits[:size])
        digits = digits[size:]
    return [part for part in (*parts, digits) if part]


def _fours(digits: str) -> list[str]:
    return [digits[at : at + 4] for at in range(0, len(digits), 4)]


Spelling = Callable[[Random, str], str]


def _joined(*separators: str) -> Spelling:
    return lambda rng, pan: rng.choice(separators).join(_fours(pan))


def _in_script(*noughts: str) -> Spelling:
    def spell(rng: Random, pan: str) -> str:
        nought = ord(rng.choice(noughts))
        return rng.choice(("", " ")).join("".join(chr(nought + int(d)) for d in part) for part in _fours(pan))

    return spell


def _spoken(rng: Random, pan: str) -> str:
    script = rng.choice(
        ("零一二三四五六七八九", "〇一二三四五六七八九", "零幺二三四五六七八九", "零壹贰叁肆伍陆柒捌玖")
    )
    return rng.choice(("", " ", ",")).join("".join(script[int(d)] for d in part) for part in _fours(pan))


def _letters(rng: Random, pan: str) -> str:
    ones = rng.choice(("1", "l", "I")) if "0" in pan[6:] else rng.choice(("l", "I"))
    head, tail = pan[:6], pan[6:].replace("0", rng.choice("Oo")).replace("1", ones)
    return rng.choice(("", " ", "-")).join(_fours(head + tail))


def _brackets(rng: Random, pan: str) -> str:
    left, right = rng.choice(("()", "[]", "()", "【】", "{}", "「」"))
    return rng.choice((f"{left}{pan}{right}", "".join(f"{left}{part}{right}" for part in _fours(pan))))


def _month(rng: Random) -> str:
    return f"{rng.randint(1, 12):02}"


def _expiry(rng: Random) -> str:
    return _month(rng) + str(rng.randint(26, 34))


def _reversed_expiry(rng: Random) -> str:
    return str(rng.randint(26, 34)) + _month(rng)


def _hex_length(text: str) -> str:
    return f"{len(text) // 2:02X}"


def _even(text: str) -> str:
    return text + "F" * (len(text) % 2)


def _bytes_apart(rng: Random, text: str) -> str:
    return rng.choice((text, " ".join(text[at : at + 2] for at in range(0, len(text), 2))))


def _tag_5a(rng: Random, pan: str) -> str:
    value = _even(pan)
    return rng.choice(("", "82023900", "tag ")) + _bytes_apart(rng, f"5A{_hex_length(value)}{value}")


def _tag_57(rng: Random, pan: str) -> str:
    value = _even(f"{pan}D{_reversed_expiry(rng)}201{_digits(rng, 8)}")
    return _bytes_apart(rng, f"57{_hex_length(value)}{value}")


_LABELS_ZH = (
    "卡号",
    "卡号:",
    "卡号是",
    "银行卡号 ",
    "卡号:",
    "顾客的卡 ",
    "卡片号码 ",
    "刷的卡:",
    "信用卡 ",
    "借记卡号 ",
)
_LABELS_EN = (
    "card no ",
    "card no. ",
    "Card number: ",
    "CARD NO:",
    "card # ",
    "PAN ",
    "pan=",
    "Acct/card ",
    "CARD:",
    "card is ",
)
_NOTES_ZH = (
    "顾客刷{}没反应,重试一次还是报51",
    "12月1日 收了128元,卡{},小票没出来",
    "客人说钱扣了,卡是{},让他回家查",
    "{}刷了两次,第一次超时,第二次成功",
    "下午三点卡{}提示密码错误,金额 45.80",
    "请收单帮查{}这张卡当天有没有扣款",
)
_NOTES_EN = (
    "customer's {} was declined twice, code 05",
    "Tried {} at 14:35, no receipt, 128.00",
    "please check whether {} was charged yesterday",
    "{} - timeout, told him to wait",
    "Lady with {} says money is gone, sale 45.80",
    "Chip of {} not read, swiped instead",
)

SPELLINGS: dict[str, Spelling] = {
    "bare": lambda rng, pan: pan,
    "4-4-4-4": _joined(" "),
    "4-6-5": lambda rng, pan: " ".join(_cut(pan, 4, 6)),
    "6-10/13": lambda rng, pan: rng.choice(" -").join(_cut(pan, 6)),
    "8-8": lambda rng, pan: " ".join(_cut(pan, 8)),
    "uneven groups": lambda rng, pan: " ".join(
        _cut(pan, rng.randint(2, 5), rng.randint(2, 5), rng.randint(2, 5))
    ),
    "each digit apart": lambda rng, pan: rng.choice((" ", "-")).join(pan),
    "dashes": _joined("-", "–", "—", " - ", "_"),
    "dots": _joined(".", "·", ". "),
    "slashes": _joined("/", " / ", "\\"),
    "、": _joined("、", ",", ", ", ","),
    "*": _joined("*", "**", " * "),
    ":": _joined(":", ":"),
    "'": _joined("'", "’", "`"),
    "•": _joined("•", " • "),
    "+": _joined("+", " + "),
    "~": _joined("~", "～"),
    "|": _joined("|", " | "),
    "=": _joined("=", " = "),
    "#;": _joined("#", ";", ";"),
    "brackets": _brackets,
    "wide gaps": _joined("    ", "\t", "\u3000", "      ", "\u00a0\u00a0"),
    "unseen characters": _joined("\u200b", "\u00ad", "\u2060"),
    "newline in the middle": lambda rng, pan: rng.choice(("\n", "\r\n", " \n ")).join(
        _cut(pan, rng.randint(4, 8))
    ),
    "group a line": _joined("\n"),
    "full width": _in_script("\uff10"),
    "other digits": _in_script("٠", "۰", "०", "๐", "𝟎"),
    "Chinese numerals": _spoken,
    "letters for digits": _letters,
    "code glued": lambda rng, pan: pan + rng.choice(("", "/", "cvv", "-", "码")) + _digits(rng, 3),
    "code and expiry glued": lambda rng, pan: (
        pan + rng.choice(("", " ", "|", "/")) + _expiry(rng) + _digits(rng, 3)
    ),
    "expiry glued": lambda rng, pan: pan + _expiry(rng),
    "date glued": lambda rng, pan: f"{pan}2026{_month(rng)}{rng.randint(1, 28):02}",
    "digit glued after": lambda rng, pan: pan + _digits(rng, 1),
    "digit glued before": lambda rng, pan: _digits(rng, 1) + pan,
    "tag 5A": _tag_5a,
    "tag 57": _tag_57,
    "track 1": lambda rng, pan: f"%B{pan}^ZHANG/SAN^{_reversed_expiry(rng)}201{_digits(rng, 10)}?",
    "track 2": lambda rng, pan: (
        f"{rng.choice((';', ''))}{pan}{rng.choice('=D')}{_reversed_expiry(rng)}201{_digits(rng, 8)}?"
    ),
    "track 3": lambda rng, pan: (
        f"{rng.choice((';', ''))}{rng.choice(('01', '99'))}{pan}=1561560{_digits(rng, 20)}=?"
    ),
    "Chinese label": lambda rng, pan: rng.choice(_LABELS_ZH) + rng.choice((pan, " ".join(_fours(pan)))),
    "English label": lambda rng, pan: rng.choice(_LABELS_EN) + rng.choice((pan, " ".join(_fours(pan)))),
    "Chinese note": lambda rng, pan: rng.choice(_NOTES_ZH).format(rng.choice((pan, " ".join(_fours(pan))))),
    "English note": lambda rng, pan: rng.choice(_NOTES_EN).format(rng.choice((pan, "-".join(_fours(pan))))),
    "among fields": lambda rng, pan: rng.choice(
        ('{{"pan":"{}","amt":128}}', "卡号\t{}\t128.00", "pan={}&amt=128")
    ).format(pan),
}
_HAVE_A_WORD = {"Chinese label", "English label"}


def cards(seed: int, count: int) -> list[Card]:
    """Card texts; every brand in every spelling comes once in each `len(BRANDS) * len(SPELLINGS)`."""
    rng = Random(seed)
    names = list(SPELLINGS)
    made = []
    for at in range(count):
        brand, name = BRANDS[at % len(BRANDS)], names[at // len(BRANDS) % len(names)]
        pan = _pan(rng, brand)
        text = SPELLINGS[name](rng, pan)
        if (len(pan) < 14 or brand.name == "UATP") and name not in _HAVE_A_WORD:
            text = rng.choice(("卡号 ", "card no ", "银行卡 ")) + text
        made.append(Card(_typed(rng, text), pan, brand.name, name))
    return made


_CODE, _CODE4, _PIN, _OTP, _EXPIRY = "code of 3", "code of 4", "PIN of 6", "one-time code", "expiry"
# `{}` is where the secret stands. What is around it has no digits that could be taken for it.
WORDINGS: dict[str, tuple[str, ...]] = {
    _CODE: (
        "后三位 {}", "后三位是{}", "背面三位{}", "背面后三位:{}", "卡背面的数字 {}",
        "签名栏最后三位 {}", "安全码{}", "安全码是 {}", "安全码:{}", "校验码 {}", "cvv {}", "CVV:{}",
        "CVV2={}", "cvv was {}", "cvv is {}", "CVC {}", "cvc2: {}", "CVN2 {}", "CVN {}",
        "security code {}", "security code: {}", "the security code is {}",
        "three digits on the back {}", "three digits on the back: {}", "last three on the back are {}",
        "code on the back {}", "back code ({})", "CVV码{}", "cvv号 {}", "卡片验证码 {}",
        "客人报了三位码 {}", "顾客说后三位是 {} 还是不行", "he read me the cvv, {}", "csc {}",
        "CAV2 {}", "CVV({})", "cvv-{}", "cvv#{}", "安全码({})", "card verification value {}",
    ),
    _CODE4: ("CID {}", "cid: {}", "正面四位码 {}", "four digits on the front {}",
        "amex code {}", "运通卡安全码{}", "4DBC {}"),
    _PIN: (
        "密码 {}", "密码{}", "密码是{}", "密码:{}", "密码: {}", "密码为 {}", "卡密码 {}",
        "银行卡密码是{}", "支付密码 {}", "取款密码{}", "交易密码 {}", "顾客密码 {}", "输的密码是 {}",
        "密码({})", "密码【{}】", "客人把密码告诉我了 {}", "PIN {}", "PIN ({})", "pin is {}",
        "PIN: {}", "pin={}", "PIN code {}", "pin was {}", "pin number {}", "her pin is {}",
        "password {}", "password: {}", "password is {}", "passcode {}", "pwd {}", "pwd:{}", "mm:{}",
        "他说密码就是{}", "操作员密码 {}", "主管密码是{}", "管理员密码:{}", "签到密码 {}",
        "supervisor password {}", "manager pin {}", "密码輸入 {}", "密碼 {}", "口令 {}", "暗码 {}",
    ),
    _OTP: (
        "验证码 {}", "验证码是{}", "验证码:{}", "短信验证码 {}", "手机验证码{}", "收到的验证码 {}",
        "动态码 {}", "动态码{}", "动态密码 {}", "动态口令 {}", "校验码是{}", "一次性密码 {}",
        "短信码 {}", "OTP {}", "otp is {}", "OTP: {}", "one-time code {}", "one time password {}",
        "one-time passcode: {}", "SMS code {}", "code from the text message {}",
        "verification code {}", "verification code: {}", "your verification code is {}",
        "auth code by SMS {}", "【银行】您的验证码为{},请勿告诉他人", "{} is your verification code",
        "{}是您的验证码", "客人念的短信 {} 输进去超时", "3-D Secure code {}", "驗證碼 {}", "認證碼 {}",
    ),
    _EXPIRY: (
        "有效期{}", "有效期 {}", "有效期:{}", "有效期至{}", "卡有效期 {}", "卡到期 {}", "到期日 {}",
        "卡片有效期是{}", "exp {}", "exp: {}", "EXP {}", "expiry {}", "expiry date: {}", "expires {}",
        "expiration {}", "valid thru {}", "VALID THRU {}", "good thru {}", "exp date {}", "exp. {}",
        "card expires {}", "valid until {}",
    ),
}  # fmt: skip
_LENGTHS = {_CODE: 3, _CODE4: 4, _PIN: 6, _OTP: 6}
_AROUND = (
    "{}",
    "{}",
    "{}",
    "顾客的{}",
    "{},刷不了",
    "{}, declined",
    "note: {}",
    "卡不行,{}",
    "{}\n再试",
    "({})",
)
_HOURS = ("", "", "", "上午", "yesterday ")


def _written_expiry(rng: Random) -> str:
    year, month = rng.randint(26, 34), rng.randint(1, 12)
    return rng.choice(
        (
            f"{month:02}/{year}", f"{month:02}/20{year}", f"20{year}年{month}月",
            f"{year}年{month:02}月", f"20{year}-{month:02}", f"{month:02}{year}", f"{month:02}-{year}",
            f"{month:02} {year}", f"20{year}/{month:02}", f"{month:02}.{year}",
        )
    )  # fmt: skip


def _written_secret(rng: Random, digits: str) -> str:
    shape = rng.randrange(8)
    if shape == 0:
        return " ".join(digits)
    if shape == 1:
        return "".join(chr(0xFF10 + int(digit)) for digit in digits)
    if shape == 2:
        return "".join("零一二三四五六七八九"[int(digit)] for digit in digits)
    if shape == 3 and len(digits) == 6:
        return rng.choice("- ").join(_cut(digits, 3))
    return digits


def secrets(seed: int, count: int) -> list[Secret]:
    """Texts with a secret said in words; each wording comes once in `sum(map(len, WORDINGS.values()))`."""
    rng = Random(seed)
    wordings = [(kind, words) for kind, many in WORDINGS.items() for words in many]
    made = []
    for at in range(count):
        kind, words = wordings[at % len(wordings)]
        if kind == _EXPIRY:
            written = _written_expiry(rng)
        else:
            length = rng.choice((4, 6, 6)) if kind in {_PIN, _OTP} else _LENGTHS[kind]
            written = _written_secret(rng, _digits(rng, length))
        text = rng.choice(_HOURS) + rng.choice(_AROUND).format(words.format(written))
        made.append(Secret(_typed(rng, text), read_digits(written), f"{kind}: {words}"))
    return made


def _date(rng: Random) -> str:
    return f"20{rng.randint(23, 27)}{_month(rng)}{rng.randint(1, 28):02}"


def _clock(rng: Random) -> str:
    return f"{rng.randint(7, 22):02}{rng.randint(0, 59):02}{rng.randint(0, 59):02}"


def _hour(rng: Random) -> str:
    return f"{rng.randint(7, 22):02}:{rng.randint(0, 59):02}"


def _amount(rng: Random, most: int = 9999) -> str:
    return f"{rng.randint(1, most)}.{rng.randint(0, 99):02}"


def _named(rng: Random, number: str, *words: str) -> str:
    return rng.choice(words) + rng.choice((" ", ":", ": ", "")) + number


def _wechat(rng: Random) -> str:
    return f"420000{_digits(rng, 4)}{_date(rng)}{_digits(rng, 10)}"


def _alipay(rng: Random) -> str:
    return f"{_date(rng)}22001{_digits(rng, 15)}"


def _in_groups(rng: Random, number: str) -> str:
    size = rng.choice((4, 4, 4, 5, 7))
    return rng.choice((" ", " ", "-")).join(number[at : at + size] for at in range(0, len(number), size))


def _two_lines(rng: Random, number: str) -> str:
    return rng.choice(("\n", "\n ", "\r\n")).join(_cut(number, rng.randint(10, len(number) - 6)))


def _trade_words(rng: Random, number: str) -> str:
    return rng.choice(
        (
            "{}",
            "{}",
            "订单 {}",
            "付款单 {}",
            "付款 {}",
            "交易单号 {}",
            "流水 {} 没到账",
            "order {}",
            "交易单号\n{}",
            "{} 查查",
        )
    ).format(number)


def _order(rng: Random) -> str:
    length = rng.randint(17, 32)
    dated = _date(rng) + _clock(rng)
    if rng.randrange(2):
        return _named(
            rng, (dated + _digits(rng, 18))[:length], "订单号", "商户单号", "order no", "order", "单号"
        )
    return _named(rng, _digits(rng, length), "商户订单号", "订单号", "order number", "out_trade_no")


def _dated_order(rng: Random) -> str:
    number = _date(rng) + _clock(rng) + _digits(rng, rng.choice((4, 5)))
    return rng.choice(("{}", "单 {}", "订单{}", "order {}", "{} 顾客说付了", "退 {}", "ticket {}")).format(
        number
    )


def _merchant(rng: Random) -> str:
    head = rng.choice(
        ("898", "822", "826", "102", "103", "104", "105", "301", "302", "303", "305", "308", "309", "403")
    )
    area = rng.choice(("1000", "2900", "5840", "5810", "3310", "4520", "1100", "3320"))
    mcc = rng.choice(("5411", "5812", "5311", "5912", "7011", "5541", "5814"))
    number = head + area + mcc + _digits(rng, 4)
    return _named(rng, number, "商户号", "商户编号", "MID", "merchant id", "Merchant ID", "商编")


def _imei(rng: Random) -> str:
    return _named(
        rng, _checked(rng.choice(("35", "86", "01")) + _digits(rng, 12)), "IMEI", "imei", "手机串号", "IMEI1"
    )


def _ean(rng: Random) -> str:
    head = rng.choice(
        ("40", "45", "47", "48", "49", "50", "50", "52", "54", "69", "69", "88", "30", "37", "76", "80")
    )
    body = head + _digits(rng, 10)
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(body))
    return body + str(-total % 10)


def _isbn(rng: Random) -> str:
    body = rng.choice(("978", "9787", "979")) + _digits(rng, 9)
    body = body[:12]
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(body))
    number = body + str(-total % 10)
    return _named(rng, rng.choice((number, "-".join(_cut(number, 3, 1, 3, 5)))), "ISBN", "书号", "isbn")


def _mobile(rng: Random) -> str:
    number = rng.choice(("13", "15", "17", "18", "19")) + _digits(rng, 9)
    return rng.choice((number, number, " ".join(_cut(number, 3, 4)), "-".join(_cut(number, 3, 4))))


def _phones(rng: Random) -> str:
    separator = rng.choice((" ", " ", "、", "/", ",", "\n", " 或 "))
    return rng.choice(("", "电话 ", "老板和店员:", "tel ", "call ")) + _mobile(rng) + separator + _mobile(rng)


def _landline(rng: Random) -> str:
    line = (
        rng.choice(("010", "021", "0755", "0571")) + rng.choice("- ") + rng.choice("2568") + _digits(rng, 7)
    )
    service = f"400{rng.choice(('-', ' '))}{_digits(rng, 3)}{rng.choice('- ')}{_digits(rng, 4)}"
    short = rng.choice(("95516", "95588", "10086"))
    return rng.choice(
        (
            f"客服 {service}",
            f"店里 {line}",
            f"{line} 转 {_digits(rng, 3)}",
            f"打{short}或{service}",
            f"call {line}",
        )
    )


def _amounts(rng: Random) -> str:
    row = [_amount(rng) for _ in range(rng.randint(3, 7))]
    return rng.choice(("", "", "今天 ", "sales ")) + rng.choice(
        (" ", " ", "  ", "\t", " + ", "\n", "、")
    ).join(row)


def _whole_amounts(rng: Random) -> str:
    row = [str(rng.randint(5, 9999)) for _ in range(rng.randint(3, 5))]
    return (
        rng.choice(("金额 ", "三笔:", "amounts ", "收了 "))
        + rng.choice((" 元 ", "元、", "块,")).join(row)
        + "元"
    )


def _times(rng: Random) -> str:
    day, clock = _date(rng), _clock(rng)
    date = rng.choice(("-", "/", ".")).join(_cut(day, 4, 2))
    time = ":".join(_cut(clock, 2, 2))
    return rng.choice(
        (
            f"{date} {time}",
            f"{day}{clock}",
            f"{date} {time} - {date} {time}",
            f"从 {date} 到 {date}",
            f"{day} {clock}",
        )
    )


def _parcel(rng: Random) -> str:
    number = rng.choice(
        (
            "SF" + _digits(rng, 13), "YT" + _digits(rng, 13), "JD" + _digits(rng, 13),
            "1Z" + _digits(rng, 16),
            "78" + _digits(rng, 12), "43" + _digits(rng, 13), "9400" + _digits(rng, 18),
            "EE" + _digits(rng, 9) + "CN",
        )
    )  # fmt: skip
    return _named(rng, number, "快递单号", "运单号", "顺丰快递", "parcel", "tracking number", "物流单号")


def _invoice(rng: Random) -> str:
    digital = rng.choice(("24", "25", "26")) + rng.choice(("31", "11", "44", "33")) + "20" + _digits(rng, 14)
    old = f"发票代码 {rng.choice(('031', '144', '011'))}{_digits(rng, 9)} 号码 {_digits(rng, 8)}"
    return rng.choice((_named(rng, digital, "发票号码", "发票", "数电票", "invoice"), old))


_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def _credit_code(rng: Random) -> str:
    """GB 32100-2015: 17 characters and a check character, modulo 31."""
    area = rng.choice(("310115", "110105", "440305", "370102", "620102", "510104"))
    body = rng.choice(("91", "92")) + area + _digits(rng, 8) + rng.choice("0123456789X")
    total = sum(_CREDIT.find(char) * pow(3, at, 31) for at, char in enumerate(body) if char in _CREDIT)
    number = body + _CREDIT[-total % 31]
    return _named(rng, number, "统一社会信用代码", "信用代码", "税号", "USCC", "纳税人识别号")


def _tax(rng: Random) -> str:
    area = rng.choice(("310115", "370102", "350203", "340104", "620102", "510104", "440305"))
    return _named(
        rng, area + _digits(rng, rng.choice((9, 12, 14))), "税号", "纳税人识别号", "tax no", "开票税号"
    )


def _sales(rng: Random) -> str:
    lines = [
        f"{_digits(rng, 6)}\t{_hour(rng)}\t{_amount(rng)}\t{rng.choice(('成功', 'OK', '05'))}"
        for _ in range(4)
    ]
    return "流水\t时间\t金额\t结果\n" + "\n".join(lines)


def _prices(rng: Random) -> str:
    goods = ("可乐", "牛奶", "面包", "milk", "bread", "香烟", "水")
    return "\n".join(
        f"{rng.choice(goods)} {rng.choice((_ean(rng), ''))} {_amount(rng, 99)} x{rng.randint(1, 24)}"
        for _ in range(4)
    )


def _network(rng: Random) -> str:
    address = ".".join(str(rng.randint(1, 254)) for _ in range(4))
    mac = rng.choice(":-").join(f"{rng.randrange(256):02X}" for _ in range(6))
    return rng.choice(
        (
            f"IP {address}",
            f"ip {address} 网关 {address}",
            f"MAC {mac}",
            f"{address}:{rng.randint(1000, 9999)}",
            mac,
        )
    )


def _no_secret(rng: Random) -> str:
    return rng.choice(
        (
            "密码错误 55", "密码输错{}次", "PIN tries exceeded 75",
            "验证码等了{}0秒没收到", "CVV mismatch, code N7",
            "wrong PIN, {} left",
            "incorrect PIN 55", "密码键盘没反应,重启{}遍",
            "PIN pad error {}", "牛奶保质期 2028年{}月", "输密码后报 91",
            "免密限额1000元",
            "改密码要去柜台,周一到周五9:00-17:00", "验证码每天最多{}条", "expired card 54", "卡过期 54",
            "授权码 {}23456", "auth code 00{}731",
            "PIN entered, then 68 timeout", "安全码不对,报82", "密码没输,金额{}28.00", "小票有效期{}天",
            "优惠券有效期到12月31日",
        )
    ).format(rng.randint(2, 5))  # fmt: skip


KINDS: dict[str, Callable[[Random], str]] = {
    "WeChat number": lambda rng: _trade_words(rng, _wechat(rng)),
    "WeChat number in groups": lambda rng: _trade_words(rng, _in_groups(rng, _wechat(rng))),
    "WeChat number over two lines": lambda rng: _trade_words(rng, _two_lines(rng, _wechat(rng))),
    "Alipay number": lambda rng: _trade_words(rng, _alipay(rng)),
    "Alipay number in groups": lambda rng: _trade_words(rng, _in_groups(rng, _alipay(rng))),
    "Alipay number over two lines": lambda rng: _trade_words(rng, _two_lines(rng, _alipay(rng))),
    "merchant's order": _order,
    "order of 18 or 19 with its date": _dated_order,
    "reference number": lambda rng: _named(
        rng, _digits(rng, 12), "参考号", "检索参考号", "RRN", "系统参考号", "ref no"
    ),
    "trace and batch": lambda rng: f"凭证号 {_digits(rng, 6)} 批次 {_digits(rng, 6)} STAN {_digits(rng, 6)}",
    "authorisation code": lambda rng: _named(
        rng, _digits(rng, 6), "授权码", "授权号", "auth", "approval code", "AUTH NO"
    ),
    "merchant ID": _merchant,
    "terminal ID": lambda rng: _named(rng, _digits(rng, 8), "终端号", "TID", "terminal", "终端编号"),
    "merchant and terminal": lambda rng: f"{_merchant(rng)} 终端号 {_digits(rng, 8)} 批次号{_digits(rng, 6)}",
    "serial number": lambda rng: _named(
        rng, rng.choice(("", "N", "NP", "V2E")) + _digits(rng, rng.randint(8, 14)), "SN", "机身号", "序列号"
    ),
    "IMEI": _imei,
    "EAN-13": lambda rng: rng.choice(("{}", "{}", "条码 {}", "barcode {}", "商品{}扫不出")).format(_ean(rng)),
    "EAN-13 in a list": lambda rng: rng.choice((" ", "\n", ",", "、")).join(
        _ean(rng) for _ in range(rng.randint(2, 5))
    ),
    "ISBN": _isbn,
    "phone": lambda rng: rng.choice(("", "电话", "手机 ", "回电", "call ")) + _mobile(rng),
    "two phones": _phones,
    "landline and 400": _landline,
    "amounts": _amounts,
    "whole amounts": _whole_amounts,
    "date and time": _times,
    "parcel": _parcel,
    "invoice": _invoice,
    "social credit code": _credit_code,
    "tax number": _tax,
    "staff or member": lambda rng: _named(
        rng, _digits(rng, rng.randint(4, 10)), "工号", "会员号", "ID", "员工 ID", "member no"
    ),
    "version": lambda rng: (
        f"{rng.choice(('版本', 'version', 'V'))} {rng.randint(1, 9)}.{rng.randint(0, 99)}.{_date(rng)}"
    ),
    "price list": _prices,
    "table of sales": _sales,
    "network address": _network,
    "word of a secret, no secret": _no_secret,
    "masked card": lambda rng: rng.choice(
        ("卡 ****{}", "尾号{}", "622202******{}", "ending {}", "last four {}")
    ).format(_digits(rng, 4)),
    "note with order and amount": lambda rng: (
        f"{_date(rng)} 顾客付{_amount(rng)}元,订单号{_order(rng)[-12:]},电话{_mobile(rng)}"
    ),
    "note in English": lambda rng: (
        f"Sale {_amount(rng)} at {_hour(rng)}, RRN {_digits(rng, 12)}, auth {_digits(rng, 6)}"
    ),
}


def innocents(seed: int, count: int) -> list[Innocent]:
    """Texts in which nothing may be masked; every kind comes once in each `len(KINDS)`."""
    rng = Random(seed)
    kinds = tuple(KINDS)
    return [
        Innocent(_typed(rng, KINDS[kind](rng)), kind)
        for kind in (kinds[at % len(kinds)] for at in range(count))
    ]
