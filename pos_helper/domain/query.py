"""The normaliser: what a person types, and what a catalog writes, brought to the same form.

A query is read like this (after NFKC, digits of all scripts as 0-9, ``×`` as ``x``)::

    query    = { sentence | code }              at most MAX_QUERY characters of it
    sentence = words in any language; amounts, counts, dates and times in it are never codes
    code     = [ label ] piece { gap piece }    label and pieces may be glued: ERR01, E-01
    label    = 错误代码 | 故障码 | 应答码 | 显示 | … | error code | err | resp | rc | no. | # | …
    piece    = letters, digits and "|"; with "-", "_", "." or ":" inside
    gap      = spaces, "-", "_", "." or ":": "0X 4", "E - 01"; after a label apart also "=" or "#"

A code has a digit in it. Without a digit only two forms count: words joined by "_" (USER_PAYING), and two
letters, or a letter and two look-alikes, that stand alone or behind a label (EI, ll, EOl, FF). So
"printer" and "paper" are words, never codes. A code is never cut: "E 05" is not "05" with something more.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto

from msgspec import Struct

from pos_helper.domain.card_data import MASK, mask_card_data
from pos_helper.domain.linguistics.characters import DATE_OR_TIME, plain_characters
from pos_helper.domain.linguistics.chinese import HAN
from pos_helper.domain.linguistics.stop_words import (
    EN_CODE_KINDS,
    EN_CODE_LABELS,
    EN_DEVICES,
    EN_DISPLAY_VERBS,
    EN_FILLERS,
    EN_NUMBER_LABELS,
    EN_PLACES,
    EN_UNITS,
    EN_WORDS_OF_CODE_LENGTH,
    ZH_APPEARS,
    ZH_CODE_LABELS,
    ZH_DEVICES,
    ZH_DISPLAY_VERBS,
    ZH_FAULTS,
    ZH_FILLERS,
    ZH_FINAL_PARTICLES,
    ZH_QUESTIONS,
    ZH_SCREENS,
    ZH_UNITS,
)
from pos_helper.domain.scanned import Refusal, refusal_of

MAX_QUERY = 200
"""How many characters of a query are read. The card-data check sees all of them."""

MAX_CODE = 48
"""The longest compact spelling that is taken for a code."""

_MAX_CANDIDATES = 8


class CodeKeys(Struct, frozen=True):
    """The keys of one code, from strict to forgiving.

    ``exact``: lower case, only letters and digits: ``E-01`` is ``e01``, ``0×0004`` is ``0x0004``.
    ``looks_like``: the same with ``o`` as 0 and ``l``, ``i``, ``|`` as 1.
    ``loose``: that without leading zeros, hexadecimal codes also without their prefix: ``E01`` is
    ``{"e1"}``, ``0x0004`` is ``{"x4", "4"}``. A code is kept under these.
    ``loose_query``: the loose keys to look up for a typed code. Typing ``4`` may mean 0x0004, but typing
    ``0x4`` never means 04, so for ``0x4`` they are ``{"x4"}`` only.
    """

    exact: str
    looks_like: str
    loose: frozenset[str]
    loose_query: frozenset[str]


class Query(Struct, frozen=True):
    """What a person typed, read.

    ``masked`` is the query as it may be shown and kept, at most ``MAX_QUERY`` characters. With
    ``card_data`` there is nothing else. ``candidates`` are the readings as a code, best first; a glued
    label is tried as part of the code before it is taken off (``ERR-01`` gives ``ERR-01``, ``01``).
    ``numbers`` are readings that are only a number among words: a code only where a screen, or what the code
    means, is named beside it. ``digits`` are single digits among words: only beside the name of a maker.
    ``has_amount``: there is an amount, a count, a date or a time, which is never a code.
    ``refused``: alone, it is no question about a fault but what a scanner reads.
    ``folded`` is the text in plain lower case. In ``bare`` there are spaces in the place of what is only said
    around it: labels, and words that make a sentence or a question of it (unless nothing else was typed).
    ``words`` are the words of that, each once: runs of Chinese characters, words of letters and digits.
    """

    card_data: bool
    masked: str
    candidates: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    digits: tuple[str, ...] = ()
    has_amount: bool = False
    words: tuple[str, ...] = ()
    folded: str = ""
    bare: str = ""
    refused: Refusal | None = None


# A number is masked as soon as it is known for what it is; what is still typed of it then belongs to it.
_MASKED_PAYMENT_CODE = re.compile(rf"(?:{MASK}){{2}}[0-9]*")
_MASKED_CARD = re.compile(rf"{MASK}[0-9]*")

_LOOK_ALIKES = str.maketrans("oOlI|", "00111")
_SIGNED = re.compile(r"\s*[-‐‑‒–—−]\s*(?=[0-9])")
_LETTERS_LIKE_DIGITS = frozenset("oOlI")
_TIMES_SIGNS = str.maketrans("×✕✖⨯╳", "xxxxx")
_HEX = re.compile(r"0x0*([0-9a-f]+)")
_LEADING_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


def code_keys(code: str) -> CodeKeys:
    """The keys under which a code is kept and looked for. Empty keys if there is nothing to read."""
    plain = _plain(code)
    sign = "-" if _SIGNED.match(plain) else ""
    kept = "".join(each for each in plain if each.isalnum() or each == "|")
    exact = sign + kept.casefold()
    same_look = sign + kept.translate(_LOOK_ALIKES).casefold()
    # A letter before digits is the letter that it is: I01 is a code beside 101, as E01 is.
    is_prefix = kept[:1] in _LETTERS_LIKE_DIGITS and kept[1:].isdecimal()
    looks_like = exact if is_prefix else same_look
    if hexadecimal := _HEX.fullmatch(looks_like):
        digits = hexadecimal[1]
        return CodeKeys(exact, looks_like, frozenset({f"x{digits}", digits}), frozenset({f"x{digits}"}))
    loose = frozenset({_LEADING_ZEROS.sub("", each) for each in (looks_like, same_look)} - {""})
    return CodeKeys(exact, looks_like, loose, loose_query=loose)


def read_query(text: str) -> Query:
    """Read what a person typed. Never raises, whatever the text."""
    masked = mask_card_data(text)
    if masked != text:
        return Query(card_data=True, masked=masked[:MAX_QUERY])
    refused = refusal_of(text)
    if refused is Refusal.PAYMENT_CODE or _MASKED_PAYMENT_CODE.fullmatch(text):
        return Query(card_data=True, masked=MASK * 2, refused=Refusal.PAYMENT_CODE)
    if _MASKED_CARD.fullmatch(text):
        return Query(card_data=True, masked=MASK)
    if len(text) > MAX_QUERY:
        # Cut short, a long order number could look like a card.
        text = mask_card_data(text[:MAX_QUERY])
    plain = _plain(text)[:MAX_QUERY]  # one character can become many
    readings = list(_candidates(plain))
    candidates, numbers, digits = (
        tuple(dict.fromkeys(text for text, kind in readings if kind is wanted))[:_MAX_CANDIDATES]
        for wanted in _Kind
    )
    folded = plain.casefold()
    bare = _bare(folded, beside_code=bool(candidates or numbers))
    words = tuple(dict.fromkeys(_WORD.findall(bare)))
    has_amount = _NOT_CODES.search(plain) is not None
    return Query(False, text, candidates, numbers, digits, has_amount, words, folded, bare, refused)


def _plain(text: str) -> str:
    return plain_characters(text)[0].translate(_TIMES_SIGNS)


# --- the words around a code -----------------------------------------------------------------------

_LETTER = rf"[^\W_{HAN}]"


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(words)})"


_ZH_CODE = _any(ZH_CODE_LABELS)
_ZH_SHOWS = _any(ZH_DISPLAY_VERBS)
_ZH_PARTICLES = f"[{ZH_FINAL_PARTICLES}]+(?![{HAN}])"
_EN_CODE = rf"(?:(?:{_any(EN_CODE_KINDS)}[\s_.\-]*)?codes?|{_any(EN_CODE_LABELS)})"
_EN_NUMBER = _any(EN_NUMBER_LABELS)
_EN_FILLER = _any(EN_FILLERS)

# Said around a code or a fault, and not searched if anything else was typed.
_WRAPPING = re.compile(
    rf"{_ZH_CODE}|[是代表示的]*{_any(ZH_QUESTIONS)}|{_any(ZH_FILLERS)}|{_ZH_PARTICLES}"
    rf"|(?:{_ZH_SHOWS}|[报報](?=了?一?[个個]?\s*[0-9a-z]))(?:了?一?[个個](?=\s*[0-9a-z])|了)?"
    rf"|(?:pos\s?[机機]|{_any(ZH_DEVICES)})上?"
    rf"|(?<![a-z0-9])(?:{_EN_CODE}|{_EN_FILLER})(?![a-z0-9])"
)
# The same, but only beside a code: "屏幕不亮" is about the screen, "屏幕显示 E1" is not.
_WRAPPING_BESIDE_CODE = re.compile(
    rf"{_any(ZH_SCREENS)}上?|{_any(ZH_FAULTS)}|(?<![a-z0-9])(?:{_EN_NUMBER}|{_any(EN_DEVICES)})(?![a-z0-9])"
)
_WORD = re.compile(rf"[{HAN}]+|{_LETTER}+")


def bare_name(name: str) -> tuple[str, Sequence[int]]:
    """A name as ``Query.bare`` has what is compared with it, and each character's place in the name."""
    plain, places = plain_characters(name)
    folded = plain.translate(_TIMES_SIGNS).casefold()
    if len(folded) != len(plain):  # a letter whose small form is longer: no word of ours
        folded = plain
    return _bare(folded, beside_code=False), places


def _bare(plain: str, *, beside_code: bool) -> str:
    bare = _WRAPPING.sub(_blank, plain)
    texts = (_WRAPPING_BESIDE_CODE.sub(_blank, bare), bare, plain) if beside_code else (bare, plain)
    return next((text for text in texts if _WORD.search(text)), "")


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


# --- codes -----------------------------------------------------------------------------------------

_SEPARATORS = "-‐‑‒–—−_.:"
_PIECE = re.compile(rf"(?:{_LETTER}|\|)+(?:[{_SEPARATORS}](?:{_LETTER}|\|)+)*")
_IN_GAP = " \t\r\n" + _SEPARATORS
_AFTER_LABEL = _IN_GAP + "=#"

_LABEL = re.compile(rf"(?:(?:{_EN_CODE}|{_EN_NUMBER}(?![a-z]))[{_SEPARATORS}]*)+", re.IGNORECASE)
_ZH_LABEL_BEFORE = re.compile(
    rf"(?:{_ZH_CODE}|{_ZH_SHOWS}|{_any((*ZH_FAULTS, *ZH_APPEARS))}|[报報])[了一个個是为為\s:=#\-]*\Z"
)
_ARTICLE = "aA"
_ARTICLE_BEFORE = re.compile(r"\s+a\s*$", re.IGNORECASE)
_EN_SHOWS = re.compile(_any(EN_DISPLAY_VERBS), re.IGNORECASE)
_FILLER = re.compile(_any((*EN_FILLERS, *EN_WORDS_OF_CODE_LENGTH)), re.IGNORECASE)

_NOT_CODES = re.compile(
    rf"{DATE_OR_TIME.pattern}|[¥$€£]\s*[0-9][0-9.,]*"
    rf"|(?<![A-Za-z0-9._\-])[0-9][0-9.,]*\s*(?:{_any(ZH_UNITS)}|{_any(EN_UNITS)}\b)"
    rf"|\b{_any(EN_PLACES)}\s*#?[0-9]+",
    re.IGNORECASE,
)
_SIGN_BEFORE = re.compile(rf"(?:^|[\s(（\[【:：=,，#{HAN}])([-‐‑‒–—−])$")
_SHORT_FORM = re.compile(r"[a-z|]{2}|[a-z][oli|]{2}", re.IGNORECASE)


class _Piece(Struct, frozen=True):
    """A piece of a query; ``label`` is how many of its characters are a glued label."""

    text: str
    start: int
    label: int = 0

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def bare(self) -> str:
        return self.text[self.label :]


class _Kind(Enum):
    """What a reading as a code is: one, a number among words, or a single digit among words."""

    CODE = auto()
    NUMBER = auto()
    DIGIT = auto()


def _candidates(plain: str) -> Iterator[tuple[str, _Kind]]:
    """All readings as a code: those behind a label first, then those with a letter and a digit."""
    text = _NOT_CODES.sub(lambda found: "," * len(found[0]), plain)
    runs = list(_runs(text))
    alone = len(runs) == 1 and _is_only_thing(text, runs[0])
    ranked: list[tuple[int, list[str], _Kind]] = []
    for run in runs:
        labelled = bool(run[0].label) or _is_labelled(text, run[0])
        if readings := [each for each in _readings(text, run, alone or labelled) if _fits(each)]:
            has_letter = any(each.isalpha() for each in readings[0])
            kind = _Kind.CODE if alone or labelled or has_letter else _Kind.NUMBER
            if len(text[run[0].start : run[-1].end]) == 1 and not (alone or labelled):
                kind = _Kind.DIGIT
            ranked.append((0 if labelled else 1 if has_letter else 2, readings, kind))
    ranked.sort(key=lambda each: each[0])
    for _, readings, kind in ranked:
        yield from ((reading, kind) for reading in readings)


def _runs(text: str) -> Iterator[list[_Piece]]:
    """The pieces that may belong together: nothing but a gap, a label or a plain word between runs."""
    run: list[_Piece] = []
    for index, match in enumerate(_PIECE.finditer(text)):
        label = _LABEL.match(match[0])
        piece = _Piece(match[0], match.start(), label.end() if label else 0)
        if run and (piece.label or text[run[-1].end : piece.start].strip(_IN_GAP)):
            yield run
            run = []
        if _may_join(piece.bare) and not _is_filler(piece.bare, index):
            run.append(piece)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _may_join(piece: str) -> bool:
    """Whether a piece can be part of a code: it looks like one, or is too short to be a plain word."""
    return _looks_like_code(piece) or 0 < len(piece) <= 2 or _SHORT_FORM.fullmatch(piece) is not None


def _is_filler(piece: str, index: int) -> bool:
    # "a 05" is a code written apart; "got a 05" is not.
    return _FILLER.fullmatch(piece) is not None and not (index == 0 and len(piece) == 1)


def _readings(text: str, run: list[_Piece], may_lack_digit: bool) -> Iterator[str]:
    first, last = run[0], run[-1]
    joined = text[first.start + first.label : last.end]
    if not first.label and (sign := _SIGN_BEFORE.search(text[: first.start])) and joined[:1].isdecimal():
        joined = f"{sign[1]}{joined}"
    if _looks_like_code(joined) or (may_lack_digit and _SHORT_FORM.fullmatch(joined)):
        if first.label and ":" not in first.text[: first.label]:
            yield text[first.start : last.end]
        yield joined
    if len(run) > 1 and all(_stands_alone(piece.bare) for piece in run):
        yield from (piece.bare for piece in run)


def _stands_alone(piece: str) -> bool:
    return len(piece) > 1 and _looks_like_code(piece) and piece.casefold() != "0x"


def _is_only_thing(text: str, run: list[_Piece]) -> bool:
    around = text[: run[0].start] + text[run[-1].end :]
    return _WORD.search(_WRAPPING_BESIDE_CODE.sub("", _WRAPPING.sub("", around.casefold()))) is None


def _is_labelled(text: str, piece: _Piece) -> bool:
    """Whether a label stands before the piece, apart from it."""
    before = text[: piece.start]
    if _ZH_LABEL_BEFORE.search(before):
        return True
    *_, last = [None, *_PIECE.finditer(_ARTICLE_BEFORE.sub("", before))]
    if last is None or before[last.end() :].strip(_AFTER_LABEL + _ARTICLE):
        return False
    return _LABEL.fullmatch(last[0]) is not None or _EN_SHOWS.fullmatch(last[0]) is not None


def _fits(candidate: str) -> bool:
    return 0 < len(code_keys(candidate).exact) <= MAX_CODE


def _looks_like_code(text: str) -> bool:
    return "_" in text or any(each.isdecimal() for each in text)
