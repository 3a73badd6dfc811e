"""Generate realistic catalogs of any size, reproducibly.

python -m benchmarks.generate COUNT FOLDER

A generated catalog has other devices, faults, places and makers than the shipped one, but the same
proportions: about 200 entries per origin, a code for four out of five, a few causes each, and shared steps.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

import msgspec
from msgspec import structs

from benchmarks.vocabulary import (
    CODE_ENDS,
    CODE_WORDS,
    DEVICES,
    FAULTS,
    PARTS,
    PLACES,
    SYLLABLES,
    TIMES,
    Word,
)
from pos_helper.catalog.packs.schema import SCHEMA, PackFile
from pos_helper.domain.entries import (
    CHECK_LAST_SALE,
    GENERAL_CHECKS,
    Cause,
    Confidence,
    Entry,
    Meaning,
    Money,
    Origin,
    OtherWords,
    Retry,
    Side,
    Source,
    SourceKind,
    Step,
    Tab,
    Who,
)
from pos_helper.domain.text import Text

SEED = 20260
_PER_ORIGIN = 200
_STEPS = 400
_TALKED_OF = 0.4
"""Share of the entries that have ``phrases``."""
_PHRASES = 6
_SAID_ZH = (
    "{5}一用{0}就{2}",
    "{1}老是{2}还响",
    "客人一碰{3}就{2}",
    "{4}那台{0}又不行了",
    "{0}不知道怎么{2}了",
    "{5}换过{3}还是{2}",
    "同事说{4}的{1}动不了",
    "{0}里有东西卡着{3}",
)
_SAID_EN = (
    "the {0} went {2} again {5}",
    "someone knocked the {3} and now {2}",
    "nothing happens when I press the {1}",
    "{0} at the {4} has had it",
    "keeps beeping until I open the {3}",
    "changed the {3} but still {2}",
    "customer leaned on the {1} at the {4}",
    "smells funny near the {1}",
)
_BASE = "base"
_SAY = Text("请您稍等，我看一下机器。", "One moment please, I am looking at the machine.")
_SOURCE = Source(
    id="manual", kind=SourceKind.VENDOR, title=Text("厂家手册", "Maker's manual"), where="Chapter 9"
)


@dataclass(frozen=True)
class Made:
    """One generated entry with its maker and the words of its title, from which queries are made."""

    entry: Entry
    maker: Word
    words: tuple[Word, ...]


def entries(count: int, seed: int = SEED) -> Iterator[Made]:
    """Yield ``count`` entries, grouped by origin."""
    for number in range(count):
        # Each entry has its own random generator, so a smaller catalog is a prefix of a larger one.
        yield _entry(number, Random(f"{seed}/{number}"), _maker(number // _PER_ORIGIN, seed))


def write(folder: Path, count: int, seed: int = SEED, built_in: bool = True) -> None:
    """Write a pack with ``count`` entries: one file of shared records and one file per origin.

    With ``built_in=False`` the pack omits the records that only a built-in pack must have, so it needs one.
    """
    folder.mkdir(parents=True)
    _write(folder / "base.yaml", _base(seed, built_in))
    made = entries(count, seed)
    for origin in range(-(-count // _PER_ORIGIN)):
        maker = _maker(origin, seed)
        some = tuple(one.entry for one in islice(made, _PER_ORIGIN))
        _write(folder / f"{_origin_id(origin)}.yaml", _file(origins=(_origin(origin, maker),), entries=some))


def _write(path: Path, content: PackFile) -> None:
    # JSON is valid YAML and is written ten times faster.
    path.write_bytes(msgspec.json.format(msgspec.json.encode(content), indent=1))


def _file(**parts: object) -> PackFile:
    return msgspec.convert({"schema": SCHEMA, **parts}, PackFile)


def _base(seed: int, built_in: bool) -> PackFile:
    chance = Random(f"{seed}/{_BASE}")
    last_sale = Step(
        id=CHECK_LAST_SALE,
        text=Text("查上一笔交易", "Look up the last sale"),
        who=Who.CASHIER,
        seconds=60,
    )
    general = Entry(
        id=GENERAL_CHECKS,
        origin=_BASE,
        title=Text("通用检查", "General checks"),
        money=Money.UNKNOWN,
        retry=Retry.AFTER_CHECK,
        customer_phrase=_SAY,
        first=(CHECK_LAST_SALE,),
    )
    title = Text("没有代码", "No code")
    steps = tuple(_step(number, chance) for number in range(_STEPS))
    if not built_in:
        return _file(sources=(_SOURCE,), steps=steps)
    origin = Origin(id=_BASE, title=title, screen=title)
    return _file(origins=(origin,), sources=(_SOURCE,), steps=(last_sale, *steps), entries=(general,))


def _step(number: int, chance: Random) -> Step:
    part, place = chance.choice(PARTS), chance.choice(PLACES)
    zh, en = chance.choice((("检查", "Check"), ("更换", "Replace"), ("清洁", "Clean"), ("重启", "Restart")))
    return Step(
        id=f"step-{number:03d}",
        text=Text(f"{zh}{place.zh}的{part.zh}", f"{en} the {part.en} at the {place.en}"),
        who=chance.choice(tuple(Who)),
        seconds=chance.choice((30, 60, 120, 600)),
    )


def _origin_id(number: int) -> str:
    return f"maker-{number:03d}"


def _maker(number: int, seed: int) -> Word:
    chance = Random(f"{seed}/maker/{number}")
    parts = chance.sample(SYLLABLES, chance.choice((2, 2, 3)))
    zh, pinyin, en = (chosen for chosen in zip(*parts, strict=True))
    return Word("".join(zh), " ".join(pinyin), "".join(en).capitalize())


def _origin(number: int, maker: Word) -> Origin:
    return Origin(
        id=_origin_id(number),
        title=Text(f"{maker.zh}设备", f"{maker.en} device"),
        screen=Text(f"{maker.zh}设备的屏幕", f"The screen of a {maker.en} device"),
    )


def _entry(number: int, chance: Random, maker: Word) -> Made:
    origin, row = divmod(number, _PER_ORIGIN)
    device, part, fault = chance.choice(DEVICES), chance.choice(PARTS), chance.choice(FAULTS)
    scene = chance.choice((chance.choice(PLACES), chance.choice(TIMES), None))
    words = (device, part, fault, *((scene,) if scene else ()))
    code = None if origin % 5 == 4 else _code(origin, row)
    entry = Entry(
        id=f"{_origin_id(origin)}.{row:03d}",
        origin=_origin_id(origin),
        code=code,
        aliases=_aliases(code, part, fault, chance),
        title=Text(
            f"{scene.zh if scene else ''}{device.zh}{part.zh}{fault.zh}",
            f"{device.en} {part.en} {fault.en}{f', {scene.en}' if scene else ''}".capitalize(),
        ),
        meanings=tuple(_meaning(maker, part, chance) for _ in range(chance.choice((1, 1, 2)))),
        money=chance.choice((Money.NOT_CHARGED, Money.UNKNOWN, Money.NOT_APPLICABLE)),
        retry=Retry.AFTER_CHECK,
        customer_phrase=_SAY,
        first=(CHECK_LAST_SALE, *_steps(chance, 2)),
        causes=tuple(_cause(tab, chance) for tab in Tab if chance.random() < 0.8),
    )
    if chance.random() < _TALKED_OF:
        entry = structs.replace(entry, phrases=_said(words, chance))
    return Made(entry, maker, words)


def _code(origin: int, row: int) -> str:
    """Return a code in the style of one maker, unique within the origin."""
    word, end = (
        CODE_WORDS[row % len(CODE_WORDS)],
        CODE_ENDS[(row // len(CODE_WORDS) + origin) % len(CODE_ENDS)],
    )
    manners = (
        f"{row:03d}",
        f"E{100 + row + origin // 7}",
        f"{1000 * (1 + origin % 9) + row}",
        f"0x{256 * (origin % 200) + row:04X}",
        f"{word}_{end}",
        f"DEV{origin}.{word}_{end}",
        f"{'ABCDFGHJKLMNPRSTUVWXYZ'[origin % 22]}{row:02d}",
    )
    return manners[origin % len(manners)]


def _aliases(code: str | None, part: Word, fault: Word, chance: Random) -> tuple[str, ...]:
    spoken = (f"{part.zh}{fault.zh}", f"{part.en} {fault.en}")
    chosen = chance.sample(spoken, chance.choice((0, 1, 2)))
    if code and chance.random() < 0.2:
        chosen.append(f"K{chance.randrange(10**5, 10**6)}")
    return tuple(chosen)


def _meaning(maker: Word, part: Word, chance: Random) -> Meaning:
    fault, place = chance.choice(FAULTS), chance.choice(PLACES)
    return Meaning(
        text=Text(
            f"{maker.zh}说明书：{place.zh}的{part.zh}{fault.zh}",
            f"{maker.en} manual: the {part.en} at the {place.en} {fault.en}",
        ),
        sources=(_SOURCE.id,),
        confidence=chance.choice(tuple(Confidence)),
    )


def _cause(tab: Tab, chance: Random) -> Cause:
    part, fault, time = chance.choice(PARTS), chance.choice(FAULTS), chance.choice(TIMES)
    return Cause(
        id=tab.value,
        tab=tab,
        text=Text(f"{time.zh}{part.zh}{fault.zh}", f"The {part.en} {fault.en} {time.en}"),
        steps=_steps(chance, 3),
        side=chance.choice((Side.SHOP, Side.ACQUIRER)),
    )


def _said(words: Sequence[Word], chance: Random) -> OtherWords:
    """Return ``phrases`` for an entry with these words in its title."""

    def phrases(frames: Sequence[str], expansions: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
        chosen = chance.sample(frames, _PHRASES)
        return tuple(frame.format(*expansion) for frame, expansion in zip(chosen, expansions, strict=True))

    others = [(chance.choice(PARTS), chance.choice(PLACES), chance.choice(TIMES)) for _ in range(_PHRASES)]
    device, part, fault, *_ = words
    zh = [(device.zh, part.zh, fault.zh, *(other.zh for other in three)) for three in others]
    en = [(device.en, part.en, fault.en, *(other.en for other in three)) for three in others]
    return OtherWords(phrases(_SAID_ZH, zh), phrases(_SAID_EN, en))


def _steps(chance: Random, count: int) -> tuple[str, ...]:
    return tuple(f"step-{number:03d}" for number in chance.sample(range(_STEPS), count))


# --- queries ---------------------------------------------------------------------------------------


def queries(count: int, per_kind: int, seed: int = SEED) -> dict[str, Sequence[str]]:
    """Return queries for a catalog of ``count`` entries: kind of query -> at most ``per_kind`` texts."""
    chance = Random(f"{seed}/queries")
    step = max(1, count // (4 * per_kind))
    made = list(islice(entries(count, seed), 0, None, step))
    chance.shuffle(made)
    coded = [one.entry.code for one in made if one.entry.code]
    spoken = [one.entry.aliases[0] for one in made if one.entry.aliases]
    short = [word.zh for one in made for word in (*one.words, one.maker) if len(word.zh) == 2]
    long = [one.entry.title.zh for one in made]
    english = [" ".join(word.en for word in one.words[:3]) for one in made]
    kinds = {
        "code": coded,
        "code, other spelling": [f"错误码：{code.lower().replace('0', 'o')}" for code in coded],
        "alias": spoken,
        "two Chinese characters": short,
        "long Chinese": long,
        "English words": english,
        "pinyin": ["".join(word.pinyin.replace(" ", "") for word in one.words[::2]) for one in made],
        "pinyin initials": ["".join(s[0] for word in one.words for s in word.pinyin.split()) for one in made],
        "English with a typo": [_slip(text, chance) for text in english],
        "question": [
            f"为什么{one.words[0].zh}的{one.words[1].zh}老是{one.words[2].zh}怎么办" for one in made
        ],
        "key by key": [
            text[: 1 + at]
            for pair in zip(english, long, coded, strict=False)
            for text in pair
            for at in range(min(len(text), 12))
        ],
        "nothing": [_nonsense(chance) for _ in range(per_kind)],
    }
    return {kind: tuple(dict.fromkeys(texts))[:per_kind] for kind, texts in kinds.items()}


def _slip(text: str, chance: Random) -> str:
    """Return the text with two neighbouring letters of its longest word swapped."""
    word = max(text.split(), key=len)
    at = chance.randrange(1, len(word) - 2)
    return text.replace(word, word[:at] + word[at + 1] + word[at] + word[at + 2 :], 1)


def _nonsense(chance: Random) -> str:
    return chance.choice(
        (
            "".join(chance.choices("bcdfghjklmnpqrstvwxz", k=8)),
            "".join(chr(chance.randrange(0x9000, 0x9F00)) for _ in range(4)),
            f"Q{chance.randrange(10**6, 10**7)}X",
        )
    )


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
