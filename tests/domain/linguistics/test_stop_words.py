"""The stop word lists contain words in the form in which they are compared."""

import re

from pos_helper.domain.linguistics import stop_words
from pos_helper.domain.linguistics.chinese import is_han
from pos_helper.domain.linguistics.english import stem
from pos_helper.domain.linguistics.stop_words import STOP_WORDS


def test_all_forms_of_an_english_stop_word_are_one() -> None:
    assert {stem(form) for form in ("keep", "keeps", "comes", "coming", "gets")} <= STOP_WORDS


def test_a_chinese_stop_word_is_a_pair_of_characters_as_the_index_has_them() -> None:
    assert {len(term) for term in STOP_WORDS if is_han(term)} == {2}


def test_words_stand_in_patterns_as_they_are() -> None:
    lists = {name: words for name, words in vars(stop_words).items() if re.match("(EN|ZH)_", name)}
    assert lists
    assert [
        word for words in lists.values() for word in words if re.search(r"[\\^$.|?*+()\[\]{}]", word)
    ] == []
