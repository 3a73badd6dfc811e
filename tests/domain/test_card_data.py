"""The card-data guard: what it must mask, and everyday texts that it must not touch."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_helper.domain import card_data
from pos_helper.domain.card_data import find_card_data, has_card_data, mask_card_data
from pos_helper.domain.card_spans import CardData
from pos_helper.domain.cases import CaseDetails
from pos_helper.domain.filled_in import clean, settled

MASKED = [
    # card numbers, by issuer and format
    ("4111111111111111", "••••1111"),
    ("4111 1111 1111 1111", "••••1111"),
    ("卡号6212 2612-3456.7890\n128，刷了没反应", "卡号••••0128，刷了没反应"),
    ("６２１２２６１２３４５６７８９０１２８", "••••0128"),
    ("621226-1234567890128", "••••0128"),
    ("5555555555554444", "••••4444"),
    ("2223003122003222", "••••3222"),
    ("378282246310005", "••••0005"),
    ("3782 822463 10005", "••••0005"),
    ("3566002020360505", "••••0505"),
    ("6011111111111117", "••••1117"),
    ("30569309025904", "••••5904"),
    ("6759649826438453", "••••8453"),
    ("4222222222222", "••••2222"),
    ("9558801234567890128", "••••0128"),
    ("6013821234567890123", "••••0123"),
    ("٤١١١ ١١١١ ١١١١ ١١١١", "••••1111"),
    ("4111\u200b1111\u200b1111\u200b1111", "••••1111"),
    ("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "••••1111"),
    ("4111\r\n1111\r\n1111\r\n1111", "••••1111"),
    ("E1 05 4111 1111 1111 1111 12", "E1 05 ••••1111 12"),
    ("SN4111111111111111X", "SN••••1111X"),
    # the rest of one number must not form a new one with its neighbour
    ("4242424242424242 424242424242", "••••••••4242"),
    # tracks
    ("%B4111111111111111^LI/LEI^25121010000000000?", "••••"),
    ("％Ｂ4111111111111111＾LI/LEI＾2512101？", "••••"),
    (";4111111111111111=25121010000000000000?", "••••"),
    ("磁道 6212261234567890128=2512", "磁道 ••••"),
    ("4111111111111111D25121010000000000F", "••••"),
    # verification codes, PINs, passwords
    ("CVV:123", "CVV:••••"),
    ("cvv2 1234", "cvv2 ••••"),
    ("CVN2=123", "CVN2=••••"),
    ("安全码是 123", "安全码是 ••••"),
    ("校验码为123", "校验码为••••"),
    ("顾客说验证码：123456", "顾客说验证码：••••"),
    ("密码１２３４５６", "密码••••"),
    ("密碼是 123456", "密碼是 ••••"),
    ("PIN is 1234", "PIN is ••••"),
    ("Password: 12345678", "Password: ••••"),
    # expiry dates
    ("有效期 12/27", "有效期 ••••"),
    ("有效期至0128", "有效期至••••"),
    ("exp 01/2027", "exp ••••"),
    ("Expiry date: 12-27", "Expiry date: ••••"),
    ("valid thru 09/30", "valid thru ••••"),
]

LEFT_ALONE = [
    "",
    "E1",
    "0x0004",
    "2024-05-01 12:30:45",
    "2024/05/01 4111 1111 1111",
    # together with the digits of the date or time these would be card numbers
    "400-600-1205 2024-05-01",
    "12:30:45 41234567 000008",
    "20240501123045",
    "13800138000",
    "+86 138 0013 8000",
    "400-600-1234",
    "010-12345678",
    "¥1,234,567.89",
    "金额 100.00 元",
    "参考号 412345678901",
    "凭证号 000123，批次号 000456，终端号 12345678",
    "授权码 123456",
    "4200001234202405011234567890",
    "4111111111111111111111111111",
    "2024050122001412341234567890",
    "6901234567892",
    "4111111111111112",
    "密码错误 3 次",
    "验证码收不到",
    "校验码错 A0",
    "PIN pad 12345678",
    "spin 1234",
    "export 12/24",
    "有效期 3 个月",
    "密码键盘型号 E3030",
    "100%B类",
]

# Spellings that people use, and digits of other things glued to a number.
SPELLINGS = [
    "4lll llll llll llll",
    "4111 1ll1 1111 IIII",
    "4|11 1111 1111 1|11",
    "4111|1111|1111|1111",
    "6225/7600/0821/9524",
    "6225、7600、0821、9524",
    "6225*7600*0821*9524",
    "6225:7600:0821:9524",
    "6225'7600'0821'9524",
    "6225•7600•0821•9524",
    "6225+7600+0821+9524",
    "6225~7600~0821~9524",
    "6225|7600|0821|9524",
    "6225=7600=0821=9524",
    "6225      7600      0821      9524",
    "6225    \n   7600    \n   0821    \n   9524",
    "(4111)(1111)(1111)(1111)",
    "[4111] [1111] [1111] [1111]",
    "四一一一一一一一一一一一一一一一",
    "四一一一 一一一一 一一一一 一一一一",
    "六二二五七六零零零八二一九五二四",
    "陆贰贰伍柒陆〇〇零捌贰壹玖伍贰肆",
    "4111111111111111123",
    "41111111111111111228",
    "411111111111111112/28",
    "4111111111111111 12/28 123",
    "14111111111111111",
    "4111 1111 1111 1111123",
    "2026120141111111 11111111",
    "202612014111111111111111",
    "5A084111111111111111",
    "5A 08 41 11 11 11 11 11 11 11",
    "57134111111111111111D25121010000000000F",
    ";014111111111111111=156156000?",
    "4111 1111 1111 1111 5555 5555 5555 4444",
    "4111111111111111cvv123",
    "卡O4111111111111111",
    "4.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1",
    "刷的是4111-111111111111",
]

SPOKEN = [
    "后三位 123",
    "密码 1 2 3 4 5 6",
    "PIN (1234)",
    "cvv was 123",
    "动态码 884512",
    "验证码 884512",
    "有效期2028年12月",
    "有效期二〇二八年十二月",
    "有效期 12/28",
    "卡背面三位是123",
    "背后的三位数字 123",
    "OTP 884512",
    "one-time code is 884512",
    "the code on the back is 123",
    "安全码一二三",
    "123是安全码",
    "1234 is the pin",
    "exp Dec 2028",
    "expires 2028-12",
    "valid until 12 2028",
    "密码输的是123456",
    "他说密码是 123456",
    "短信验证码【884512】",
    "security code: 123",
    "passcode 884 512",
    "密码123-456",
    "顾客报了密码 123456",
    "后3位:123",
    "有效期28年12月",
    "cvc: 1 2 3",
    "PIN码1234",
    "密码就是123456",
    "有效期为12月28年",
    "last three digits 123",
    "verification code 884512",
    "口令 884512",
]

# What only the groups, a label or a decimal point tell from a card number.
INNOCENT = [
    "4200 0012 3420 2405 0112 3456 7890",
    "420000123420240501\n1234567890",
    "2024050122001412341234567890",
    "2024 0501 2200 1412 3412 3456 7890",
    "订单号 4111111111111111123",
    "订单号：622202123456789012",
    "2892.39 3240.32 8083.46",
    "2892.39,3240.32,8083.46",
    "13800138000 13900139000",
    "138 0013 8000 139 0013 9000",
    "400-820-8820 400-600-1205",
    "021-68881234 021-68881235",
    "4006000000 4008208820",
    "参考号 500000000016",
    "商户号 898310048160001",
    "终端号 40012345 40012346",
    "2026-12-01 14:05:33 128.50",
    "条码 4006381333931",
    "4006381333931",
    "5012345678900",
    "SN 35 6938 0356 4380 9",
    "IMEI 356938035643809",
    "¥1200 ¥3400",
    "批次 000456 凭证 000123",
    "证书有效期至 2028-12-31",
    "密码错误 055",
    "后四位 1234",
    "单号后三位 123",
    "密码键盘 PIN pad 12345678",
    "保修有效期 2028年12月",
    "一、二、三、四、五",
    "I said lol, solo, Bill",
    "order no. 6222021234567890128",
]


@pytest.mark.parametrize("text", SPELLINGS)
def test_a_card_number_is_seen_in_every_spelling(text: str) -> None:
    assert any(span.kind in (CardData.PAN, CardData.TRACK) for span in find_card_data(text))


@pytest.mark.parametrize("text", SPOKEN)
def test_a_secret_is_seen_as_it_is_spoken(text: str) -> None:
    assert {span.kind for span in find_card_data(text)} & {CardData.SECRET, CardData.EXPIRY}


@pytest.mark.parametrize("text", INNOCENT)
def test_innocent_numbers_stay_as_they_are(text: str) -> None:
    assert mask_card_data(text) == text


@pytest.mark.parametrize(("text", "masked"), MASKED)
def test_card_data_is_masked(text: str, masked: str) -> None:
    assert has_card_data(text)
    assert mask_card_data(text) == masked


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_everyday_numbers_are_left_alone(text: str) -> None:
    assert find_card_data(text) == ()
    assert mask_card_data(text) == text


def test_a_15_digit_number_is_a_card_only_where_it_begins_like_american_express() -> None:
    merchant, card = luhn("62122612345678"), luhn("37122612345678")
    assert len(merchant) == len(card) == 15
    assert not has_card_data(f"商户号 {merchant}")
    assert has_card_data(f"商户号 {card}")


def test_spans_point_into_the_text_as_given() -> None:
    text = "ﷺ卡号４１１１ 1111\u200b1111 1111，CVV：１２３"
    pan, secret = find_card_data(text)
    assert (text[pan.start : pan.end], pan.kind, pan.tail) == (
        "４１１１ 1111\u200b1111 1111",
        CardData.PAN,
        "1111",
    )
    assert (text[secret.start : secret.end], secret.kind, secret.tail) == ("１２３", CardData.SECRET, "")


@pytest.mark.parametrize(
    "unit",
    [
        "4 ",
        "4",
        "4|",
        "l",
        "四 ",
        "5A 08 ",
        "1 is ",
        "背面",
        "%B4",
        ";4",
        "密码:",
        "cvv is ",
        "有效期",
        "1:",
        "2024-",
        "٤ ",
        "4111 1111 1111 1111 ",
    ],
)
def test_ten_thousand_characters_of_anything_are_read(unit: str) -> None:
    """A backtracking pattern would run until the test times out."""
    text = (unit * 10_000)[:10_000]
    assert not has_card_data(mask_card_data(text))


# --- properties ------------------------------------------------------------------------------------

# Slow machines must not fail the test.
any_speed = settings(deadline=None)


def luhn(payload: str) -> str:
    """Return the payload with its check digit, computed as the standard describes."""
    total = 0
    for place, digit in enumerate(reversed(payload)):
        product = int(digit) * (2 if place % 2 == 0 else 1)
        total += product // 10 + product % 10
    return payload + str(-total % 10)


@st.composite
def card_numbers(draw: st.DrawFn) -> str:
    prefix, lengths = draw(
        st.sampled_from(
            [
                ("62", (16, 17, 18, 19)),
                ("81", (16, 19)),
                ("955880", (19,)),
                ("4", (13, 16, 19)),
                ("51", (16,)),
                ("2221", (16,)),
                ("2720", (16,)),
                ("34", (15,)),
                ("37", (15,)),
                ("3528", (16,)),
                ("6011", (16,)),
                ("36", (14,)),
                ("5018", (16, 19)),
            ]
        )
    )
    missing = draw(st.sampled_from(lengths)) - len(prefix) - 1
    return luhn(prefix + draw(st.text("0123456789", min_size=missing, max_size=missing)))


SEPARATORS = ["", " ", "-", ".", " - ", "\n", "\r\n", "\t", "_", "–", "\u3000", "\u200b", "·", "－", "\x00"]
DIGITS = ["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"]


@any_speed
@given(card_numbers(), st.integers(1, 6), st.sampled_from(SEPARATORS), st.sampled_from(DIGITS))
def test_a_card_number_is_found_however_it_is_written(
    number: str, size: int, separator: str, script: str
) -> None:
    groups = [number[i : i + size] for i in range(0, len(number), size)]
    written = separator.join(groups).translate(str.maketrans("0123456789", script))
    text = f"顾客 {written} 刷卡失败"
    assert has_card_data(text)
    masked = mask_card_data(text)
    assert sum(each.isdecimal() for each in masked) <= 4
    assert masked.startswith("顾客 ")
    assert masked.endswith(" 刷卡失败")


@any_speed
@given(
    st.text(max_size=300) | st.text("0123456789 -.:=;%B^密码是exp/年\n４OlI|一零•'单卡号5A7D", max_size=300)
)
def test_a_masked_text_holds_no_card_data(text: str) -> None:
    masked = mask_card_data(text)
    assert not has_card_data(masked)
    assert mask_card_data(masked) == masked


@any_speed
@given(st.text("0123456789 -.:=;%B^密码是exp/年\n４\u200b⑯OlI|一零•'单卡号5A7D", max_size=300))
def test_spans_are_in_order_and_inside_the_text(text: str) -> None:
    end = 0
    for span in find_card_data(text):
        assert end <= span.start < span.end <= len(text)
        end = span.end


# --- false alarms in what the hotline asks --------------------------------------------------------------


def _digits(least: int, most: int) -> st.SearchStrategy[str]:
    return st.integers(least, most).flatmap(lambda n: st.text("0123456789", min_size=n, max_size=n))


_MOBILE = st.tuples(st.sampled_from(("13", "15", "17", "18", "19")), _digits(9, 9)).map("".join)
_TOLL_FREE = _digits(7, 7).map(lambda n: f"400-{n[:3]}-{n[3:]}")
_LANDLINE = st.tuples(_digits(2, 3), _digits(7, 8)).map(lambda parts: f"0{parts[0]}-{parts[1]}")


@given(order=_digits(20, 32))
def test_order_numbers_of_wallets_survive_in_free_text(order: str) -> None:
    assert clean(CaseDetails(order_number=order)).order_number == order
    assert mask_card_data(f"微信订单号 {order}，金额 128.50") == f"微信订单号 {order}，金额 128.50"


@given(reference=_digits(12, 12), trace=_digits(6, 6), batch=_digits(6, 6), ticket=_digits(4, 12))
def test_the_numbers_of_a_slip_survive(reference: str, trace: str, batch: str, ticket: str) -> None:
    details = CaseDetails(
        reference_number=reference, trace_number=trace, batch_number=batch, ticket=ticket, amount="128.50"
    )
    assert clean(details) == details


@given(phone=st.one_of(_MOBILE, _TOLL_FREE, _LANDLINE), name=st.sampled_from(("张工", "银联商务", "95516")))
def test_phone_numbers_of_who_took_it_over_survive(phone: str, name: str) -> None:
    details = CaseDetails(handed_to=f"{name}，{phone}", screen_text=f"请致电 {phone}")
    assert clean(details) == details


@given(card=st.sampled_from(("6225760008219524", "4111111111111111", "6222021234567890128")))
@pytest.mark.parametrize("field", CaseDetails.__struct_fields__)
def test_no_field_of_a_case_keeps_a_card_number(field: str, card: str) -> None:
    assert card not in str(clean(CaseDetails(**{field: f"卡 {card}"})))


@pytest.mark.parametrize(
    ("typed", "kept", "expected"),
    [
        ("since noon", "", "since noon"),
        ("paid by 6222 0212 3456", "", "paid by"),
        ("paid by 6222-0212 ", "paid by", "paid by"),
        ("paid by 6222 0212 then", "paid by", "paid by 6222 0212 then"),
        ("moved 2 cables", "", "moved 2 cables"),
        ("call 95516", "call 95516", "call 95516"),
        ("call 95516 9", "call 95516", "call 95516"),
        ("6222", "", ""),
    ],
)
def test_a_number_is_kept_once_it_is_not_typed_any_more(typed: str, kept: str, expected: str) -> None:
    assert settled(typed, kept) == expected


def test_groups_that_never_end_are_read_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    measured = 0
    sizes = card_data._Chain.sizes

    def counted(chain: card_data._Chain, first: int, last: int) -> tuple[int, ...]:
        nonlocal measured
        measured += 1
        return sizes(chain, first, last)

    monkeypatch.setattr(card_data._Chain, "sizes", counted)
    groups = 2000
    for group in ("4111 ", "57 10 ", "4 1 1 1 "):
        measured = 0
        mask_card_data(group * groups)
        assert measured <= 4 * groups, (group, measured)


def test_the_time_in_a_file_name_is_no_part_of_a_card_number() -> None:
    names = [f"POS-E1-20260301-1644-{case}.zh.pdf" for case in range(10, 100)]
    assert [name for name in names if has_card_data(name)] == []
