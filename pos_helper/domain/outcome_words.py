"""Words that say what became of a sale, and whether they contradict what a code means."""

import re

from pos_helper.domain.entries import Money

_NOT_PAID = re.compile(
    r"[不未没沒](?:有)?(?:成功|扣|付|到账|批准|通过|通過)|失败|失敗|拒[绝絕付]|被拒|取消|余额不足|餘額不足|超时|超時|过期|過期"
    r"|\b(?:not|un|never) ?(?:successful|approved|accepted|paid|charged)"
    r"|n't (?:go through|charged?|approved?)"
    r"|\b(?:declin\w+|refus\w+|reject\w+|fail\w*|cancel\w*|insufficient|expired|busy|time[d ]*out)\b",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"成功|批准|同意|已[付扣]|扣了|扣[钱錢]|扣過|扣过|付了|付过|付過|到[账帳]"
    r"|\b(?:approv\w+|accepted|paid|success\w*|charged|took (?:the|my|his|her) money)\b",
    re.IGNORECASE,
)
_UNDONE = re.compile(
    r"退[款货貨钱錢]|撤[销銷]|冲正|沖正|\b(?:refund\w*|void\w*|reversal|reversed)\b", re.IGNORECASE
)
_HEARSAY = re.compile(
    r"(?:[顾顧]客|客[人户戶]|[他她]|[银銀]行)[^，。,.]{0,4}(?:[说説說讲講]|告[诉訴])|[给給]我看|截[图圖]"
    r"|\b(?:customer|guest|client|bank|he|she|they)s? (?:say|said|claim|insist|told|show)\w*",
    re.IGNORECASE,
)


def contradict(said: str, money: Money, title: str) -> bool:
    """Whether words beside a code speak against its money state.

    "wrong PIN but approved" speaks against "not charged", "11 declined" against "charged"; what is said of a
    refund decides nothing about a sale, and what somebody tells is not what the screen shows. A word that the
    ``title`` has too is what the code means.
    """
    if not money.is_definite:
        return False
    if _HEARSAY.search(said) or (_UNDONE.search(said) and not _UNDONE.search(title)):
        return True
    says_otherwise = _says_not_paid if money is Money.CHARGED else _says_paid
    return says_otherwise(said) and not says_otherwise(title)


def _says_not_paid(text: str) -> bool:
    return _NOT_PAID.search(text) is not None


def _says_paid(text: str) -> bool:
    return _PAID.search(_NOT_PAID.sub("", text)) is not None
