"""What the search knows of Chinese: simplified forms, and how a word sounds when it is read aloud."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice, product

HAN = r"々〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
"""The Chinese characters, as they stand in a character class of a regular expression."""

_FUNCTION_WORDS = """
一下 一个 一些 一会 一天 一张 一条 一样 一次 一点 一直 上午 上的 下午 下来 下的 不会 不是 不知 不要 东西
两个 个人 为啥 么办 也不 了一 了不 了个 了没 了还 人家 什么 今天 他们 他的 以前 以后 会不 会儿 你们 你的
几天 几次 出去 出来 刚刚 刚好 刚才 到底 前面 半天 去了 又不 只是 只有 只能 可以 后来 后面 咋回 咋样 哪个
哪里 回事 因为 多了 大家 天天 太多 她的 好像 好几 如果 它就 它的 就不 就是 就没 差点 已经 带的 干吗 干嘛
怎么 怎样 总是 您的 我们 我的 所以 才能 打的 换个 早上 时候 明天 昨天 是不 是啥 晚上 最近 有个 有些 有人
有时 有点 来不 来了 来的 每天 没有 没法 然后 现在 的时 的是 直接 知道 老是 能不 自己 要不 要再 说是 说的
走了 起来 过了 过来 还在 还是 还有 还没 这个 这些 这天 这样 这边 这里 进去 进来 那个 那么 那天 那边 都不
都是 都没 里的 里面
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Pairs of characters that make a sentence and say little by themselves."""

_SYLLABLES_REMEMBERED = 1000
_MOST_SPELLINGS = 6
_MOST_INITIALS = 4
_LONGEST_SYLLABLE = 6

# What many people do not tell apart, in speech or with an input method: zh z, ch c, sh s, n l, ang an, fa hua
_NEAR_SOUNDS = (
    (re.compile(r"^([zcs])h"), r"\1"),
    (re.compile(r"^n(?=[a-z])"), "l"),
    (re.compile(r"(?<=[aei])ng$"), "n"),
    (re.compile("v"), "u"),
    (re.compile("^f(?=a)"), "hu"),
    (re.compile("^fe(?=[in])"), "hu"),
    (re.compile("^f"), "h"),
)


@lru_cache(_SYLLABLES_REMEMBERED)
def near_sound(syllable: str) -> str:
    """The syllable (or its beginning) as it sounds to someone who tells no near sounds apart."""
    for pattern, instead in _NEAR_SOUNDS:
        syllable = pattern.sub(instead, syllable)
    return syllable


class Chinese:
    """Simplified forms and pinyin of characters, from two tables of lines ``key characters``.

    In ``pinyin`` the usual readings stand first.
    """

    def __init__(self, simplified: str, pinyin: str) -> None:
        self._simplified = {
            ord(traditional): target for target, sources in _lines(simplified) for traditional in sources
        }
        self._readings: dict[str, list[str]] = {}
        for syllable, characters in _lines(pinyin):
            for character in characters:
                self._readings.setdefault(character, []).append(syllable)
        syllables = {syllable for syllable, _ in _lines(pinyin)}
        # Whoever says "sua" for "shua" spells it so.
        self._syllables = frozenset(syllables | {near_sound(syllable) for syllable in syllables})

    def simplify(self, text: str) -> str:
        """The text with traditional characters as simplified ones, character by character."""
        return text if text.isascii() else text.translate(self._simplified)

    def readings(self, character: str) -> Sequence[str]:
        """The syllables that one character is read as, the usual one first; none if unknown."""
        return self._readings.get(character, ())

    def sounds(self, word: str) -> list[tuple[str, ...]]:
        """The ways a word of Chinese characters is read aloud: syllables without tones; none if unknown."""
        return list(product(*(self._readings.get(character, ()) for character in word)))

    def initials(self, word: str) -> list[str]:
        """The first letters of a word's syllables, in the few ways it may be read; none if unknown."""
        letters = [self._first_letters.get(character, "") for character in word]
        return ["".join(each) for each in islice(product(*letters), _MOST_INITIALS)]

    def has_initials(self, word: str, letters: str) -> bool:
        """Whether each character may be read with the letter at its place."""
        for character, letter in zip(word, letters, strict=True):
            if letter not in self._first_letters.get(character, ""):
                return False
        return True

    def spellings(self, letters: str) -> list[tuple[str, ...]]:
        """The ways that letters can be cut into syllables, longest syllables first; the last may be begun.

        ``xian`` gives ``("xian",)`` and ``("xi", "an")``; ``qiandaosh`` ends in the begun ``sh``.
        """
        found: list[tuple[str, ...]] = []
        for spelling in self._cut(letters):
            found.append(spelling)
            if len(found) == _MOST_SPELLINGS:
                break
        return found

    def is_syllable(self, letters: str) -> bool:
        """Whether the letters are one whole syllable."""
        return letters in self._syllables

    def _cut(self, letters: str, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
        if not letters:
            yield before
            return
        for length in range(min(_LONGEST_SYLLABLE, len(letters)), 0, -1):
            if (syllable := letters[:length]) in self._syllables:
                yield from self._cut(letters[length:], (*before, syllable))
        if before and letters in self._beginnings and letters not in self._syllables:
            yield (*before, letters)

    @cached_property
    def _first_letters(self) -> dict[str, str]:
        return {
            character: "".join(dict.fromkeys(syllable[0] for syllable in readings))
            for character, readings in self._readings.items()
        }

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(each[:length] for each in self._syllables for length in range(1, len(each)))


def _lines(table: str) -> Iterator[tuple[str, str]]:
    for line in table.splitlines():
        key, _, characters = line.partition(" ")
        yield key, characters
