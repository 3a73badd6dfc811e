"""Every number that decides an order or a cut of the search.

Behind each number stands what it buys, measured on the three query sets of ``make bench ARGS=quality``: the
change of the rate of right answers on top, in points, of the first, the later and the blind set, with the
number set to another value. "No effect": none of the three changed.
"""

from pos_helper.catalog.index.format import IndexField
from pos_helper.domain.lookup import MatchMethod

# --- the score of a term: match factor x field weight x inverse document frequency ---------------------

LITERAL = 1.0
"""The word itself, or another form of it: the unit of the other factors."""

PREFIX = 0.85
"""A word that begins with the typed one (commun): exact words first. At 1: -0.2 / 0 / 0."""

SAME_SOUND = 0.8
"""The same pinyin: a written word before its homophones. At 1: -0.9 / -0.3 / 0."""

SYNONYM = 0.72
"""Another word for the same: the typed word before its synonyms. At 1: -0.4 / -1.6 / -0.4."""

INITIALS = 0.7
"""The initials of a name (czsb): words before abbreviations. At 1: no effect."""

ONE_EDIT = 0.7
"""A typing error: known words before corrections. At 1: 0 / -0.3 / +0.4."""

NEAR_SOUND = 0.65
"""Nearly the same pinyin (zh z, n l, ang an): after the same. At SAME_SOUND: -0.7 / -0.3 / -0.4."""

SAME_CONSONANTS = 0.6
"""Wrong vowels (reciept): after a single edit. At 1: 0 / -0.3 / +0.8."""

KNOWN_PREFIX = 0.6
"""The longest word that a half-typed compound begins with (paperja). No effect on whole queries."""

SINGLE_CHARACTER = 0.25
"""One Chinese character of a longer word: tells close entries apart. At 0: -0.4 / -0.5 / -0.4."""

FIELD_WEIGHT = {
    # A code made of words, or an alias: the entry is called so. At half: -6.5 / -2.9 / -3.0.
    IndexField.ALIAS: 1.0,
    # The title: nearly as sure; the difference breaks ties. At half: -3.2 / -2.1 / 0; at 1: 0 / +0.3 / -0.4.
    IndexField.TITLE: 0.98,
    # What the code means: about the entry, but longer than a name. At 1: -0.9 / -0.8 / +0.8.
    IndexField.MEANING: 0.7,
    # What people say: long and chatty. At 1: -0.9 / -1.3 / +1.5; at half: -0.4 / -2.7 / -1.9.
    IndexField.PHRASES: 0.65,
    # Causes mention much that the entry is not about. At 1: -3.0 / -2.4 / -2.3.
    IndexField.CAUSE: 0.45,
    # Steps are shared by many entries. At 1: -0.7 / -1.1 / -0.4.
    IndexField.STEP: 0.25,
}

# --- the order of entries ------------------------------------------------------------------------------

COVERAGE_WEIGHT = 0.5
"""The part of a score that depends on coverage: all words before a rare one. At 0: +0.4 / 0 / 0."""

NAME_FIT_BONUS = 0.5
"""Added for a name that is the query and nothing else, in top scores. At 0: -2.8 / -1.1 / -1.1."""

MONEY_BOOST = 1.2
"""For entries where money may have moved, if the query is about money: for safety. At 1: 0 / +0.3 / 0."""

SCORE_BUCKETS = 15
"""Scores on the same of so many steps are equal: the common entry first. With 1: -2.0 / -7.2 / -3.0."""

# --- what is no answer ---------------------------------------------------------------------------------

MIN_QUERY_COVERAGE = 0.3
"""If the best entry covers no more of it, the query was not understood. At 0: -0.4 / -2.1 / +0.4."""

MIN_COVERAGE_OF_TRADE = 0.5
"""With a word of a shop's payments and devices, a query of which less is covered was not understood.

What was not understood is listed as guesses, in the same order, so none of the rates changes. Without this
and the next one 29 % of the phrases of tests/data/out-of-scope.yaml were refused.
"""

MIN_COVERAGE_OF_ANY = 0.85
"""The same without such a word."""

MIN_NAMED_TO_BE_SURE = 0.9
"""An answer from words alone is sure if so much of them stands in titles, screen texts and phrases.

Of 539 queries in words, 421 are answered rightly, as at 1; at 0.7 it is 437, and two are sure and wrong.
"""

MAX_JUDGED = 12
"""So many of the best hits must agree that an answer from words is sure, however many are asked for."""

METHOD_CONFIDENCE = {
    # A match by sound alone may be chance. Both at 1: -0.2 / -1.3 / +0.4.
    MatchMethod.SOUND: 0.4,
    # So may a correction. Alone at 1: 0 / -0.3 / -0.4.
    MatchMethod.TYPO: 0.7,
}
"""How far a match proves that a word was understood; other methods prove it."""

MIN_RELATIVE_COVERAGE = 0.5
"""Entries that cover less of the query, beside the best, are not listed: short lists. At 0: no effect."""

MIN_NAME_FIT = 0.5
"""Stop words alone find names that fit so well ("it is off"). At 0: -0.2 / -0.5 / -0.4."""

# --- how a query is expanded ---------------------------------------------------------------------------

MIN_PINYIN_LIKENESS = SAME_SOUND / 2
"""Letters that are no English word are pinyin if half of them sounds right. At 0.8: -1.7 / -2.1 / -1.1."""

MIN_INITIALS_MATCHED = 0.5
"""Long initials match a name if more than this part of their term does. At 0: -0.2 / 0 / 0."""

MIN_WORD_LENGTH_FOR_EDITS = 4
"""Shorter words are one edit from anything. At 2: 0 / 0 / -0.8; without corrections: -0.7 / -1.1 / 0."""

MIN_KNOWN_PREFIX_LENGTH = 4
"""Shorter prefixes are in any word. At 2: -0.4 / -0.3 / -0.4."""

MIN_COMPOUND_PART_LENGTH = 2
"""Parts of two words written as one (cardexpired). At 1: no effect; without: -0.2 / 0 / 0."""

MIN_PREFIX_EXPANSIONS = 3
"""A prefix with fewer completions may be a typing error too. Without: 0 / -0.3 / 0."""

MAX_PREFIX_EXPANSIONS = 8
"""The commonest completions of a half-typed word. Without: -0.2 / -0.3 / 0; at 16: no effect."""

MAX_SOUND_EXPANSIONS = 10
"""The best words of one sound. At 5: -0.7 / 0 / -1.1; without a limit: 0 / -0.3 / 0."""

MAX_READINGS = 6
"""The ways in which a word is read aloud. At 1: -0.2 / -0.8 / -0.8; without a limit: 0 / 0 / -0.4."""

WORD_LENGTH_ZH = 2
"""A longer synonym is a phrase, which ranks above its parts. At 1: +0.4 / 0 / 0; without: 0 / +0.3 / -1.1."""

# --- codes ---------------------------------------------------------------------------------------------

MAX_ORIGINS_PER_NAME = 4
"""A word in the titles of more origins names none of them. At 0: 0 / -1.1 / 0; without: no effect."""

MIN_CODE_WORD_LENGTH = 5
"""Shorter words are no codes by themselves. At 2: no effect; no words at all: 0 / -0.5 / -0.4."""

MAX_COMPLETIONS = 10
"""Codes that begin with what was typed, as many as are read at a glance. At 5: no effect."""

MAX_CODE_SUGGESTIONS = 5
"""Codes that are one edit away: fewer, for they are guesses. At 2: no effect."""

# --- bounds of the work: with none of them the answer takes as long as the query and the index are large -

MAX_QUERY_TOKENS = 60
"""More than a shop's longest question. At 30 or without: no effect."""

MAX_WORD_LENGTH_FOR_EDITS = 20
"""Edits to look up grow with the length. At 10: -0.2 / -0.3 / 0; without: no effect."""

MAX_CODE_LENGTH_FOR_EDITS = 24
"""The same for codes. Without corrections: -0.9 / 0 / 0."""

MAX_PINYIN_LENGTH = 60
"""Ways to cut letters into syllables grow with the length. At 30 or without: no effect."""

MAX_SOUND_ROWS = 200
"""Words that a half-typed syllable may begin. At 100 or without: no effect."""

MAX_REQUIRED_TERMS = 20
"""The rarest terms of a long query. Without: no effect; at 10: 0 / 0 / -0.4."""

MAX_OPTIONAL_TERMS = 6
"""The rarest of the others. At 0: -0.9 / -2.1 / -1.9; without a limit: 0 / -0.3 / 0."""

MAX_POSTINGS_SCANNED = 1000
"""Of a longer list the commonest entries only. At 50: -1.5 / -2.1 / -1.1; without: -0.2 / 0 / -0.4."""

MAX_STEP_SHARE = 0.1
"""Words in the steps of more than this part of a large catalog are not followed: they say nothing."""

MAX_CANDIDATES = 200
"""Entries by rare terms, for which common ones are looked up. At 20: 0 / -0.3 / +0.4; without: no effect."""

MAX_RANKED = 100
"""Entries that are ordered in the end. At 10 or without: no effect."""

MAX_NAMES_COMPARED = 15
"""Entries whose names are compared with the query. At 0: -2.8 / -1.1 / -1.1; at 30: no effect."""
