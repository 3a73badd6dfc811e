"""How answers and states look: a tone and an icon, which always stand beside the words."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pos_helper.domain.cases import CaseState
from pos_helper.domain.entries import Confidence, Money, Retry
from pos_helper.ui.theme import Tone


@dataclass(frozen=True)
class Look:
    """The tone of a surface and the name of an icon."""

    tone: Tone
    icon: str


MONEY_LOOKS: Mapping[Money, Look] = MappingProxyType(
    {
        Money.CHARGED: Look(Tone.GOOD, "money-charged"),
        Money.NOT_CHARGED: Look(Tone.NEUTRAL, "money-not-charged"),
        Money.UNKNOWN: Look(Tone.WARN, "money-unknown"),
        Money.NOT_APPLICABLE: Look(Tone.NEUTRAL, "money-none"),
    }
)

RETRY_LOOKS: Mapping[Retry, Look] = MappingProxyType(
    {
        Retry.YES: Look(Tone.GOOD, "retry"),
        Retry.ONCE: Look(Tone.GOOD, "retry-once"),
        Retry.OTHER_CARD: Look(Tone.WARN, "card"),
        Retry.OTHER_METHOD: Look(Tone.WARN, "wallet"),
        Retry.AFTER_CHECK: Look(Tone.BAD, "pause"),
        Retry.NO: Look(Tone.BAD, "no"),
        Retry.NOT_APPLICABLE: Look(Tone.NEUTRAL, "money-none"),
    }
)

CONFIDENCE_TONES: Mapping[Confidence, Tone] = MappingProxyType(
    {
        Confidence.HIGH: Tone.GOOD,
        Confidence.MEDIUM: Tone.NEUTRAL,
        Confidence.LOW: Tone.WARN,
    }
)

STATE_LOOKS: Mapping[CaseState, Look] = MappingProxyType(
    {
        CaseState.OPEN: Look(Tone.WARN, "clock"),
        CaseState.SOLVED: Look(Tone.GOOD, "resolved"),
        CaseState.HANDED_OVER: Look(Tone.INFO, "handed-over"),
        CaseState.GIVEN_UP: Look(Tone.NEUTRAL, "close"),
    }
)
