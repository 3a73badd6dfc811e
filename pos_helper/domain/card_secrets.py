"""Finds tracks, and the codes, PINs and dates that people write beside a word for them.

Both work on plain digits (``domain.card_data`` brings a text into these). ``re`` compiles the patterns when a
text with digits is met, and remembers them: the start of the program does not wait for that.
"""

import re
from collections.abc import Iterator

from pos_helper.domain.card_spans import CardData, Span

# ISO/IEC 7813 track 1 (format B) and 2, ISO/IEC 4909 track 3 as a reader prints; the latter two without
# their start sentinel; EMV tags 57 (separator D, padding F) and 5A with their length, as in EMV Book 3.
_TRACKS = (
    r"(?:%|(?<![0-9a-z]))B ?([0-9][^^\n]{0,40})\^[^?\n]{0,120}\??",
    r"[;+%][0-9]{8,21}=[0-9=]*\??",
    r"(?<![0-9])[0-9]{12,21}=[0-9=]{4,}\??",
    r"(?<![0-9])(?:57[\s:]?[01][0-9a-f][\s:]?)?[0-9]{12,19}(?:=[0-9]+|D[0-9]{7,30}F?)\??",
    r"(?<![0-9a-z])57[\s:]*[01][0-9a-f][\s:]*(?:[0-9][\s]?){12,19}D(?:[\s]?[0-9]){4,30}F?",
    r"5A[\s:]*0[6-9a][\s:]*(?:[0-9][\s]?){11,18}[0-9]\s?F?",
)


def tracks(text: str) -> Iterator[Span]:
    """Every magnetic-stripe track and EMV tag with a card number. The spans may overlap."""
    for pattern in _TRACKS:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            yield Span(*match.span(), CardData.TRACK)


_SECRET = (
    r"(?:(?:安全|校验|校驗|验证|驗證|认证|認證|动态|動態|短信|识别|識別|附加|取款|确认|暗|[报報念说說][了的]?[三3四4]位)[码碼]"
    r"|密[码碼]|口令|短信|(?:背面|正面|[签簽]名)[^0-9\n]{0,4}?(?:[三3四4][位个個])?(?:数字?|數字?)?"
    r"|(?<![号號单單机機话話水户戶])[后後末背]面?的?[三3][位个個](?:数字?|數字?)?"
    r"|(?<![a-z])(?:c[av]v2?|cv[cn]2?|cid|csc|4dbc|pin|otp|pass ?(?:word|code)|pwd|pw|mm(?=\s?[:=])"
    r"|(?:security|verification|one[\s-]?time|dynamic|sms|authentication|3-?d[\s-]secure|back|amex)"
    r"[\s-]?(?:code|pin|password|number|value)|auth code by sms|(?:by|from the) (?:sms|text(?: message)?)"
    r"|(?:last|the) (?:3|three)(?: digits)?(?: on the back)?|(?:number|code|digits) on the (?:back|front)))"
)
_SECRET_LINK = (
    r"(?:[\s:=\-()\[\]\"'“”,#*【】「」/]|是|为|為|码|碼|号|號|输入?|輸入?|了|的|就|报|報|填|说|說|给|給|用|他|她|告诉|告訴|我|您|设成|改成|改为"
    r"|\b(?:is|was|are|were|me|no|code|number|block|entered|typed|of|said|as|to|the|2)\b){0,14}"
)
_SECRET_VALUE = r"[0-9](?:[\s\-.,、]{0,2}[0-9]){2,11}(?![0-9])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_MONTH_NAME = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_SAID_BEFORE = (
    r"(?<![0-9])(?P<value>[0-9](?:[\s\-]?[0-9]){2,7})[\s,]{0,2}(?:(?:就?是|为|為)[^0-9\n]{0,6}?"
    rf"|\b(?:is|was|as)\b[a-z' ]{{0,12}}?\b){_SECRET}"
)
_EXPIRY = (
    r"(?:(?<!证书)(?<!保修)(?<!合同)(?:有效期限?|有效日期|有效至|到期[日期]{0,2}|失效[日期]{0,2}|过期[日期]{0,2})"
    r"|(?<![a-z])(?:exp(?:iry|ires|iration)?(?:[\s-]?date)?|(?:valid|good)[\s-]?(?:thru|through|until|till|to)))"
    r"(?:[\s:=.\-()\[\]\"'#,【】至到是为為的]|\b(?:is|was|on|in)\b){0,10}"
    r"(?P<value>(?:0[1-9]|1[0-2])[\s/\-.月,]{0,3}(?:20)?[0-9]{2}年?"
    rf"|{_MONTH}[\s]?[/\-.月][\s]?(?:20)?[2-4][0-9]年?"
    rf"|20[2-4][0-9][\s/\-.年,]{{0,3}}{_MONTH}月?|[2-4][0-9]\s?[年/\-.]\s?{_MONTH}月?"
    rf"|20[2-4][0-9]年(?:十[一二]?|[一二三四五六七八九])月|{_MONTH_NAME}[\s,.\-/']{{0,3}}(?:20)?[2-4][0-9])"
    r"(?![0-9]|[\-/.][0-9]|\s?[日号]|[\-/.月]\s?[0-9]{1,2}[日号])"
)
_LABELLED = (
    (CardData.SECRET, rf"{_SECRET}{_SECRET_LINK}(?P<value>{_SECRET_VALUE})"),
    (CardData.SECRET, _SAID_BEFORE),
    (CardData.EXPIRY, _EXPIRY),
)


def labelled(text: str) -> Iterator[Span]:
    """Every verification code, PIN, password and expiry date that a word beside it names."""
    for kind, pattern in _LABELLED:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            yield Span(*match.span("value"), kind)
