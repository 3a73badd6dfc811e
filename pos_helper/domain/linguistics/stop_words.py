"""The words of Chinese and English that say little about a fault: every such list stands here.

They are used in two ways. The *wrapping* of a query (labels of a code, fillers, questions, politeness) is
cut out before the query is split into terms: ``domain.query`` builds its patterns from these lists, in
which no word has a meaning to a regular expression. *Stop words* stay in the query as optional terms.

The lists for wrapping have traditional forms beside the simplified ones, for a query is read before it is
simplified.
"""

from pos_helper.domain.linguistics.english import stem


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# --- the wrapping of a query ------------------------------------------------------------------------

ZH_CODE_LABELS = (
    *(
        kind + noun
        for kind in _words("错误 錯誤 故障 异常 異常 响应 響應 回应 回應 应答 應答 返回 状态 狀態 结果 結果")
        for noun in _words("代码 代碼 码 碼 号 號")
    ),
    "代码",
    "代碼",
)
"""Labels of a code."""

ZH_DISPLAY_VERBS = _words("显示 顯示 提示 出现 出現 跳出 弹出 彈出 报错 報錯")
"""What a screen does with a code."""

ZH_APPEARS = _words("出来 出來")
"""What a code does on a screen, and slips do too: a label before a number only."""

ZH_QUESTIONS = (
    *(what + noun for what in _words("什么 什麼 啥") for noun in _words("意思 原因 问题 問題 情况 情況")),
    *(how + verb for how in _words("怎么 怎麼") for verb in _words("办 辦 回事 解决 解決 处理 處理 弄")),
    *(f"如何{verb}" for verb in _words("解决 解決 处理 處理")),
    "含义",
    "含義",
)
"""What is asked about a fault, whatever the fault."""

ZH_FILLERS = (
    *_words("""
刚才 剛才 刚刚 剛剛 到底 究竟 请问 請問 帮我 幫我 为什么 為什麼 为啥 為啥 怎么 怎麼 什么 什麼 有没有 有沒有
是不是 能不能 可不可以 要不要 行不行 老是 总是 總是 一直
"""),
    *(this + measure for this in "这這那" for measure in "笔筆台臺个個张張"),
)
"""Adverbs, question words and pointers (这笔) that are said around a fault."""

ZH_FINAL_PARTICLES = "吗嗎呢啊吧呀嘛啦"
"""Single characters that end a sentence."""

ZH_DEVICES = _words("机器 機器")
"""Wrapping everywhere."""

ZH_SCREENS = _words("屏幕 螢幕")
ZH_FAULTS = _words("错误 錯誤 故障")
EN_DEVICES = _words("screen terminal machine")
"""Wrapping beside a code only: elsewhere the query is about them."""

EN_DISPLAY_VERBS = _words("says say shows show displays display reads gives gave got get")
"""What a screen does with a code, or a person who reads it out."""

EN_CODE_KINDS = _words("error err fault response resp return ret result status reason")
"""What kind of code it is: they stand before ``code``."""

EN_CODE_LABELS = _words("errors error err response resp")
"""Labels of a code without that word; the longer of two stands before its prefix."""

EN_NUMBER_LABELS = _words("rc no number")
"""Labels beside a number, and ordinary words elsewhere."""

EN_FILLERS = (
    *_words("""
a an the is it its my our on in at of to and or we i got get gives say says show shows showing display
displays what how does mean why when which did do have has had was were are been be me you your this that
there for with just please help can could should i'm it's what's always keeps again still if now
"""),
    "all the time",
)
"""Words that are said around a code or a fault."""

EN_WORDS_OF_CODE_LENGTH = _words("ok by as go so up us he all too")
"""Further words so short that they could be pieces of a code."""

ZH_UNITS = (
    *"次遍元块塊角分秒天日月年点點台个個笔筆张張%桌单單份位件岁歲度折",
    "小时",
    "小時",
    "号机",
    "號機",
    "号桌",
    "号台",
    "号员工",
    "毫米",
)
EN_UNITS = _words("""
time times min mins minute minutes sec secs second seconds hour hours day days yuan rmb cny usd percent
""")
"""A number before a unit is an amount, a count or a time, never a code."""

EN_PLACES = _words("table tables desk lane till counter register order ticket room bill")
"""A number behind one of these is a place or an order, never a code."""

# --- stop words -------------------------------------------------------------------------------------

_ZH_FUNCTION_WORDS = _words("""
一下 一个 一些 一会 一天 一张 一条 一样 一次 一点 一直 上午 上的 下午 下来 下的 不会 不是 不知 不要 东西
两个 个人 为啥 么办 也不 了一 了不 了个 了没 了还 人家 什么 今天 他们 他的 以前 以后 会不 会儿 你们 你的
几天 几次 出去 出来 刚刚 刚好 刚才 到底 前面 半天 去了 又不 只是 只有 只能 可以 后来 后面 咋回 咋样 哪个
哪里 回事 因为 多了 大家 天天 太多 她的 好像 好几 如果 它就 它的 就不 就是 就没 差点 已经 带的 干吗 干嘛
怎么 怎样 总是 您的 我们 我的 所以 才能 打的 换个 早上 时候 明天 昨天 是不 是啥 晚上 最近 有个 有些 有人
有时 有点 来不 来了 来的 每天 没有 没法 然后 现在 的时 的是 直接 知道 老是 能不 自己 要不 要再 说是 说的
走了 起来 过了 过来 还在 还是 还有 还没 这个 这些 这天 这样 这边 这里 进去 进来 那个 那么 那天 那边 都不
都是 都没 里的 里面
""")
_EN_FUNCTION_WORDS = _words("""
a about after again ago all already also always am an and another any anymore anyone anything are as at
away back be because been before being but by came can come comes coming could did do does doing done
dont even ever every first for from gave get gets getting give gives go goes
going gone got had has have he her here hers him his how i if in inside instead into is it its itself
just keep keeps kept last left let like little look looks made make makes many may me might more most
much my near need needs next now of off on once one only onto or other our out outside over own please
put really right said same say says see seem seems seen she should show shows side since so some
somebody someone something still such take takes than that the their them then there these they thing
things this those though through to today together told tonight too took try trying under
until up us use used very want wants was way we well went were what when where which while who why will
with without would yesterday yet you your
""")
_EN_NEGATIONS = _words("not no wont cant cannot dont doesnt didnt isnt never")

STOP_WORDS = frozenset((*_EN_NEGATIONS, *map(stem, _EN_FUNCTION_WORDS), *_ZH_FUNCTION_WORDS))
"""The terms (English stems, pairs of simplified Chinese characters) that are in so many texts that they rank
what other terms find, and find nothing by themselves."""
