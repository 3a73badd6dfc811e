"""What the catalog says: entries, their meanings and causes, and the shared steps.

These types are the catalog's schema. The strict reader checks YAML against them, and the JSON
Schema for editors is generated from them, so a field is described here and nowhere else.
"""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from pos_helper.domain.text import Text

GENERAL_CHECKS = "symptom.general-checks"
"""The entry that is offered when nothing was found. The built-in pack must have it."""

CARD_NETWORK = "card-network"
"""The origin of the card networks' response codes, which the screens of very many makers show."""

CHECK_LAST_SALE = "check-last-sale"
"""The step that every answer with unknown money starts with. The built-in pack must have it."""

Id = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=80)]


class Money(StrEnum):
    """Did the money move? The first answer."""

    CHARGED = "charged"
    NOT_CHARGED = "not_charged"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Retry(StrEnum):
    """May I try again? The second answer."""

    YES = "yes"
    ONCE = "once"
    OTHER_CARD = "other_card"
    OTHER_METHOD = "other_method"
    AFTER_CHECK = "after_check"
    NO = "no"


class Tab(StrEnum):
    """The four heads that causes are sorted under, in the order of the window's tabs."""

    HARDWARE = "hardware"
    SOFTWARE = "software"
    NETWORK = "network"
    OPERATION = "operation"


class Who(StrEnum):
    """Who does a step."""

    CASHIER = "cashier"
    OWNER = "owner"
    NETWORK = "network"
    ACQUIRER = "acquirer"
    TECHNICIAN = "technician"
    CUSTOMER_BANK = "customer_bank"


class Side(StrEnum):
    """Where a cause lies. Most lie in the shop; these labels tell the others apart."""

    SHOP = "shop"
    CARD = "card"
    ISSUER = "issuer"
    ACQUIRER = "acquirer"
    GATEWAY = "gateway"
    ENVIRONMENT = "environment"


class Confidence(StrEnum):
    """How far a meaning can be trusted."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Risk(StrEnum):
    """What a risky step can cost."""

    MONEY = "money"
    DATA = "data"
    WARRANTY = "warranty"
    SAFETY = "safety"


class Topic(StrEnum):
    """What a question can be about, as far as that decides which answer comes first."""

    MONEY = "money"


class SourceKind(StrEnum):
    """What kind of publication a source is."""

    STANDARD = "standard"
    VENDOR = "vendor"
    CODE = "code"
    ARTICLE = "article"
    SHOP = "shop"


class _Record(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A record of the catalog: unknown fields are refused, defaults are not written."""


class Source(_Record, frozen=True, kw_only=True):
    """A publication that a meaning rests on, so that a reader can look it up."""

    id: Id
    kind: SourceKind
    title: Text
    where: str


class Origin(_Record, frozen=True, kw_only=True):
    """Who prints the code, and how a cashier recognises it.

    ``common`` is how often this screen is met at the counters that the catalog is made for, from 1
    (rarely) to 5 (every day). Of several screens with the same code, the more common one stands first.
    """

    id: Id
    title: Text
    screen: Text
    common: Annotated[int, Meta(ge=1, le=5)] = 3


class MakerKind(StrEnum):
    """What a maker makes or runs, as far as people name it beside a code."""

    TERMINAL = "terminal"
    ACQUIRER = "acquirer"
    BANK = "bank"
    WALLET = "wallet"
    GATEWAY = "gateway"
    CARD_NETWORK = "card_network"
    TILL = "till"
    PRINTER = "printer"
    SCANNER = "scanner"
    SCALE = "scale"
    DRAWER = "drawer"
    CUSTOMER_DISPLAY = "customer_display"
    DELIVERY = "delivery"
    NETWORK = "network"
    OS = "os"

    @property
    def shows_codes(self) -> bool:
        """Whether a code beside the name may be the maker's own: networks and systems show none of a sale."""
        return self not in (MakerKind.NETWORK, MakerKind.OS)


class Maker(_Record, frozen=True, kw_only=True):
    """A name that people put beside a code, and the origins whose codes its screens show.

    Without ``origins`` the name is known and there is no table of its codes: then a code beside the name is
    unknown, whatever others mean by it. ``names`` are what people type besides ``name``. ``common_words`` are
    names that are everyday words too; they name the maker only right before a code.
    """

    id: Id
    name: Text
    kind: MakerKind
    names: tuple[str, ...] = ()
    common_words: tuple[str, ...] = ()
    origins: tuple[Id, ...] = ()


class StopSign(_Record, frozen=True, kw_only=True):
    """What a risky step can cost and who may do it. Shown before the step can be ticked."""

    risk: Risk
    text: Text


class Step(_Record, frozen=True, kw_only=True):
    """One remedy: one action. It is shared by all causes that need it and ticked once per case."""

    id: Id
    text: Text
    who: Who
    seconds: Annotated[int, Meta(ge=1, le=86400)]
    how: Text | None = None
    stop: StopSign | None = None
    formerly: tuple[Id, ...] = ()
    covers: tuple[str, ...] = ()


class Tip(_Record, frozen=True, kw_only=True):
    """One thing to do in time, so that the fault does not come back."""

    id: Id
    tab: Tab
    text: Text
    covers: tuple[str, ...] = ()


class Meaning(_Record, frozen=True, kw_only=True):
    """One published reading of a code. An entry may have several that disagree."""

    text: Text
    sources: Annotated[tuple[Id, ...], Meta(min_length=1)]
    confidence: Confidence
    covers: tuple[str, ...] = ()


class Cause(_Record, frozen=True, kw_only=True):
    """One possible cause. It belongs to exactly one tab and names the steps that remedy it."""

    id: Id
    tab: Tab
    text: Text
    steps: Annotated[tuple[Id, ...], Meta(min_length=1)]
    side: Side = Side.SHOP
    covers: tuple[str, ...] = ()


class OtherWords(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Words and short phrases in both languages; either list may be empty."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class Synonyms(_Record, frozen=True, kw_only=True):
    """Words that mean the same at a counter: whoever types one of them finds what has another.

    ``about: money`` marks words of a question about money: then entries where money may have moved
    count more.
    """

    id: Id
    words: OtherWords
    about: Topic | None = None


class Entry(_Record, frozen=True, kw_only=True):
    """One code of one origin, or one symptom without a code (``code`` is ``None``)."""

    id: Id
    origin: Id
    title: Text
    money: Money
    retry: Retry
    customer_phrase: Text
    first: Annotated[tuple[Id, ...], Meta(max_length=3)]
    code: Annotated[str, Meta(min_length=1, max_length=80)] | None = None
    aliases: tuple[str, ...] = ()
    phrases: OtherWords = OtherWords()
    """What people at a counter say when it happens. It is searched and never shown."""
    meanings: tuple[Meaning, ...] = ()
    causes: tuple[Cause, ...] = ()
    prevention: tuple[Id, ...] = ()
    formerly: tuple[Id, ...] = ()
    common: Annotated[int, Meta(ge=1, le=5)] | None = None
    """How often it is met at a counter, as far as that is not what its origin says (``Origin.common``)."""

    @property
    def confidence(self) -> Confidence | None:
        """How far the leading meaning can be trusted: the first one, on which title and advice rest."""
        return self.meanings[0].confidence if self.meanings else None
