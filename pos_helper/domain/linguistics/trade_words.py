"""Words of a shop's payments and devices: a question without any of them is probably about something else."""

import re

from pos_helper.domain.linguistics.english import stem

_ZH = """
卡 刷 支付 付款 付钱 收款 收钱 扣款 扣钱 扣了 退款 退货 撤销 冲正 预授权 小费 结算 对账 到账 入账
金额 余额 限额 钱 交易 签购单 小票 打印 出纸 纸 票 单 扫 码 枪 钱箱 秤 客显 音箱 播报 机 终端 屏
触摸 按键 键盘 网 路由 信号 流量 掉线 断线 联网 连 充电 电池 电源 死机 黑屏 密码 密钥 签到 登录 账号
商户 收银 软件 程序 系统 更新 升级 驱动 蓝牙 串口 端口 芯片 磁条 插 挥 闪付 银行 支付宝 微信 银联
花呗 信用 额度 批准 拒绝 失败 错误 报错 超时 代码 应答 没反应 切刀 乱码 证书 顾客 客人 外卖 会员
优惠 券 发票 店 交班 库存 商品 订单 下单 后厨 标签
"""
_EN = """
card pay paid payment receipt slip printer print paper roll scan scanner scans barcode qr code
terminal pos till register drawer scale network wifi internet router sim signal pin password refund
void charge charged money customer settle settlement batch sale transaction bank approved approval
declined decline error screen machine device reader app software battery chip tap swipe contactless
wallet alipay wechat unionpay visa mastercard merchant amount balance limit cable power usb driver
update login log sign offline online connection connect connected reboot restart bluetooth host
server issuer acquirer cashier funds expired reversal authorisation authorization tip order kitchen
label keypad key touch display speaker cash shift report clock clerk operator fee account magstripe
magnetic stripe dispute chargeback serial printed printing reprint scanning charging charger freezes
frozen froze hangs stuck beep nfc phone apple google samsung
"""
_ZH_WORDS = re.compile("|".join(_ZH.split()))
_EN_STEMS = frozenset(map(stem, _EN.split()))


def is_of_trade(term: str) -> bool:
    """Whether a term of the index, an English stem or Chinese characters, is or holds such a word."""
    return term in _EN_STEMS or _ZH_WORDS.search(term) is not None
