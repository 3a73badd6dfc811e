"""What a scanner reads is told from codes, whatever the article, the telephone and the keyboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.query_set import SETS, read_queries
from pos_helper.domain.card_data import has_card_data
from pos_helper.domain.labels import REFUSED
from pos_helper.domain.query import read_query
from pos_helper.domain.scanned import Refusal, refusal_of

URLS = [
    "https://qr.alipay.com/fkx1234567890abc",
    "HTTPS://QR.95516.COM/00010000/62",
    "http://weixin.qq.com/r/abc",
    "weixin://wxpay/bizpayurl?pr=abc",
    "wxp://f2f0abcdef",
    "alipays://platformapi/startapp?appId=1",
    "www.example.org",
    "qr.alipay.com/fkx123",
    "https：//qr.alipay.com/fkx123",
    "https：、、qr.alipay.com/fkx123",
]
BARCODES = [
    "6901234567892",
    "4006381333931",
    "036000291452",
    "10012345678902",
    " ６９０１２３４５６７８９２ ",
]
PAYMENT_CODES = [
    "134567890123456789",
    "100000000000000000",
    "2876344382566439",
    "28763443825664394",
    "301234567890123456789012",
    "6212345678901234567",
    "1345 6789 0123 456789",
    "付款码134567890123456789扫不出",
]
QUESTIONS = [
    "",
    "51",
    "10000",
    "00000000",
    "00000017",
    "96385074",
    "6901234567890",
    "80070057",
    "错误代码 6901234567892",
    "err 96385074",
    "E1 https://qr.alipay.com/fkx123",
    "ACQ.TRADE_HAS_SUCCESS",
    "isv.invalid-app-id",
    "192.168.1.1",
    "898310148160001",
    "20260311123456789012",
    "4200001234202603111234567890",
]


@pytest.mark.parametrize("text", URLS)
def test_the_content_of_a_qr_code_is_refused(text: str) -> None:
    assert refusal_of(text) is Refusal.URL


@pytest.mark.parametrize("text", BARCODES)
def test_the_barcode_of_an_article_is_refused(text: str) -> None:
    assert refusal_of(text) is Refusal.BARCODE


@pytest.mark.parametrize("text", PAYMENT_CODES)
def test_a_payment_code_is_card_data(text: str) -> None:
    read = read_query(text)
    assert (read.refused, read.card_data) == (Refusal.PAYMENT_CODE, True)
    assert not any(character.isdecimal() for character in read.masked)
    assert (read.candidates, read.words, read.folded) == ((), (), "")


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_is_not_refused(text: str) -> None:
    assert refusal_of(text) is None


@given(st.sampled_from([12, 13, 14]), st.data())
def test_every_article_number_with_its_right_check_digit_is_refused_and_with_no_other(
    length: int, data: st.DataObject
) -> None:
    body = data.draw(st.from_regex(rf"\A[1-9][0-9]{{{length - 2}}}\Z"))
    total = sum(int(digit) * weight for digit, weight in zip(reversed(body), [3, 1] * length, strict=False))
    right = -total % 10
    for check in range(10):
        assert refusal_of(f"{body}{check}") is (Refusal.BARCODE if check == right else None)


@pytest.mark.parametrize("code", PAYMENT_CODES[:6])
def test_what_is_still_typed_of_a_masked_number_belongs_to_it(code: str) -> None:
    shown = ""
    for digit in f"{code}4711":
        read = read_query(f"{shown}{digit}")
        shown = read.masked
    assert read.refused is Refusal.PAYMENT_CODE
    assert not any(character.isdecimal() for character in shown)


def test_what_is_still_typed_of_a_masked_card_belongs_to_it() -> None:
    masked = read_query("4111111111111").masked + "1"
    assert read_query(f"{masked}11").card_data


@pytest.mark.parametrize("name", SETS)
def test_no_question_of_the_query_sets_is_refused(name: str) -> None:
    queries = [query.query for query in read_queries(SETS[name]) if not has_card_data(query.query)]
    assert sum(read_query(query).refused is not None for query in queries) == 0


def test_each_refusal_has_its_own_sentence() -> None:
    assert {*REFUSED} == {*Refusal}
    headlines = [headline for headline, _ in REFUSED.values()]
    assert len({text.zh for text in headlines}) == len({text.en for text in headlines}) == len(Refusal)
