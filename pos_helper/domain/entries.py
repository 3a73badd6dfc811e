"""The records of the catalog: entries with their meanings and causes, origins, sources and shared steps.

These types are the catalog's schema: the strict reader checks YAML against them, and the JSON Schema for
editors is generated from them. Editors show each field's description to authors of catalog files.
"""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from pos_helper.domain.text import Text

GENERAL_CHECKS = "symptom.general-checks"
"""The entry that is offered when a search finds nothing. The built-in pack must have it."""

CARD_NETWORK = "card-network"
"""The origin of the card networks' response codes, which the screens of very many makers show."""

CHECK_LAST_SALE = "check-last-sale"
"""The first step of every entry with unknown money. The built-in pack must have it."""

ONCE_SURE = Text("确认没扣款后，", "Once sure it was not charged: ")
"""How the text of a step begins that takes money again, in both languages."""

Id = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=80)]
_FormerIds = Annotated[
    tuple[Id, ...], Meta(description="Earlier ids, which saved cases and other packs may still use.")
]
_Covers = Annotated[
    tuple[str, ...],
    Meta(description="Items of the sources that this accounts for; only the built-in pack needs it."),
]


class Money(StrEnum):
    """Whether the customer was charged."""

    CHARGED = "charged"
    NOT_CHARGED = "not_charged"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"

    @property
    def is_definite(self) -> bool:
        """Whether it says that money moved, or that none did."""
        return self in (Money.CHARGED, Money.NOT_CHARGED)


class Retry(StrEnum):
    """Whether and how the cashier may try again."""

    YES = "yes"
    ONCE = "once"
    OTHER_CARD = "other_card"
    OTHER_METHOD = "other_method"
    AFTER_CHECK = "after_check"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


class Tab(StrEnum):
    """The four groups of causes, in the order of the window's tabs."""

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


class Exit(StrEnum):
    """How a step gets the counter out of a fault that the shop cannot mend."""

    CALL = "call"
    SERVE = "serve"


class Device(StrEnum):
    """The device that an entry or a step is about, where it suits no other."""

    TERMINAL = "terminal"
    PRINTER = "printer"
    SCANNER = "scanner"
    DRAWER = "drawer"
    SCALE = "scale"
    DISPLAY = "display"
    SPEAKER = "speaker"
    QR_CODE = "qr_code"
    ROUTER = "router"
    TILL = "till"


class Side(StrEnum):
    """Where a cause lies. The window labels those that are not in the shop."""

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
    """A topic of questions that affects the order of the results."""

    MONEY = "money"


class SourceKind(StrEnum):
    """The kind of a publication."""

    STANDARD = "standard"
    VENDOR = "vendor"
    CODE = "code"
    ARTICLE = "article"
    SHOP = "shop"


class _Record(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """The base of all records: unknown fields are refused, default values are not encoded."""


class Source(_Record, frozen=True, kw_only=True):
    """A publication that supports a meaning."""

    id: Annotated[Id, Meta(description="Id of the source, which meanings cite.")]
    kind: Annotated[
        SourceKind,
        Meta(description="Kind of publication; shop is the shop's own experience, code a program's source."),
    ]
    title: Annotated[Text, Meta(description="Name of the publication, as shown beside a meaning.")]
    where: Annotated[str, Meta(description="Where to find it: a web address, a page or a section.")]


class Origin(_Record, frozen=True, kw_only=True):
    """Who prints the code, and how a cashier recognises it."""

    id: Annotated[Id, Meta(description="Id of the origin, which entries name.")]
    title: Annotated[Text, Meta(description="Name of what prints the code, such as a terminal or a wallet.")]
    screen: Annotated[Text, Meta(description="How a cashier recognises the screen that shows the code.")]
    common: Annotated[
        int,
        Meta(
            ge=1,
            le=5,
            description="How often shops meet it, 1 (rarely) to 5 (every day); common ones are listed first.",
        ),
    ] = 3
    shapes: Annotated[
        tuple[str, ...],
        Meta(description="Codes that no other screen in the world shows; * and [a-z] as in file names."),
    ] = ()


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

    Without ``origins`` the name is known and there is no table of its codes: a code beside the name is then
    unknown, whatever other makers mean by it.
    """

    id: Annotated[Id, Meta(description="Id of the maker.")]
    name: Annotated[Text, Meta(description="The name as the window shows it.")]
    kind: Annotated[MakerKind, Meta(description="What the maker makes or runs.")]
    names: Annotated[
        tuple[str, ...], Meta(description="What people type besides the name: short forms, models, slips.")
    ] = ()
    common_words: Annotated[
        tuple[str, ...],
        Meta(description="Names that are everyday words too; they count only right before a code."),
    ] = ()
    origins: Annotated[
        tuple[Id, ...], Meta(description="Origins whose codes its screens show; none if no table is known.")
    ] = ()


class MachineKind(_Record, frozen=True, kw_only=True):
    """A kind of machine that can stand at a counter, and the origins whose codes it shows."""

    id: Annotated[Id, Meta(description="Id of the kind.")]
    title: Annotated[Text, Meta(description="Name of the kind, as a shop calls it.")]
    hint: Annotated[Text, Meta(description="How the shop sees that it has one, in a few words.")]
    origins: Annotated[
        tuple[Id, ...], Meta(description="Origins whose codes it shows; none if no table is known.")
    ] = ()
    common: Annotated[
        int, Meta(ge=1, le=5, description="How many shops have one, 1 (few) to 5 (nearly all).")
    ] = 3


class Tile(_Record, frozen=True, kw_only=True):
    """A group of entries that is opened by touch, without typing."""

    id: Annotated[Id, Meta(description="Id of the tile.")]
    title: Annotated[Text, Meta(description="What the entries are about, in a few words.")]
    hint: Annotated[Text, Meta(description="Three or four of the faults behind it.")]
    entries: Annotated[
        tuple[Id, ...], Meta(min_length=1, description="Ids of the entries, the most frequent first.")
    ]
    about: Annotated[
        Topic | None, Meta(description="Set to money if the entries are about it: the tile stands out.")
    ] = None


class StopSign(_Record, frozen=True, kw_only=True):
    """A warning that is shown before a risky step can be ticked."""

    risk: Annotated[Risk, Meta(description="What the step can cost; safety means that someone may get hurt.")]
    text: Annotated[Text, Meta(description="What may be lost, and who may do the step.")]


class Step(_Record, frozen=True, kw_only=True):
    """One remedy. All causes that need it share it, and it is ticked once per case."""

    id: Annotated[Id, Meta(description="Id of the step, which causes and quick steps name.")]
    text: Annotated[Text, Meta(description="What to do: one action, as a short instruction.")]
    who: Annotated[Who, Meta(description="Who does it.")]
    seconds: Annotated[int, Meta(ge=1, le=86400, description="How long it takes, in seconds.")]
    exit: Annotated[
        Exit | None,
        Meta(description="Set if it ends the wait: call somebody, or serve the customer another way."),
    ] = None
    device: Annotated[
        Device | None, Meta(description="The device it is done on, if it makes no sense on any other.")
    ] = None
    how: Annotated[Text | None, Meta(description="How to do it in detail, shown on request.")] = None
    stop: Annotated[
        StopSign | None,
        Meta(description="Warning for a step that can cost money, data, the warranty or somebody's health."),
    ] = None
    formerly: _FormerIds = ()
    covers: _Covers = ()


class Tip(_Record, frozen=True, kw_only=True):
    """Something to do regularly so that a fault does not come back."""

    id: Annotated[Id, Meta(description="Id of the tip, which entries name under prevention.")]
    tab: Annotated[Tab, Meta(description="Area that it belongs to.")]
    text: Annotated[Text, Meta(description="What to do: one action, as a short instruction.")]
    covers: _Covers = ()


class Meaning(_Record, frozen=True, kw_only=True):
    """One published meaning of a code. An entry may have several that disagree."""

    text: Annotated[Text, Meta(description="What the code means according to these sources.")]
    sources: Annotated[tuple[Id, ...], Meta(min_length=1, description="Ids of the sources that say so.")]
    confidence: Annotated[Confidence, Meta(description="How far this meaning can be trusted.")]
    covers: _Covers = ()


class Cause(_Record, frozen=True, kw_only=True):
    """One possible cause, with the steps that remedy it."""

    id: Annotated[Id, Meta(description="Id of the cause within its entry.")]
    tab: Annotated[Tab, Meta(description="Tab of the window that shows it.")]
    text: Annotated[Text, Meta(description="What may be wrong, in a few words.")]
    steps: Annotated[
        tuple[Id, ...],
        Meta(min_length=1, description="Ids of the steps that remedy it, in the order to try them."),
    ]
    side: Annotated[Side, Meta(description="Where the cause lies, if not in the shop.")] = Side.SHOP
    covers: _Covers = ()


class OtherWords(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Words and short phrases in both languages; either list may be empty."""

    zh: Annotated[tuple[str, ...], Meta(description="Chinese words and short phrases.")] = ()
    en: Annotated[tuple[str, ...], Meta(description="English words and short phrases.")] = ()


class Answer(OtherWords, frozen=True, kw_only=True):
    """Questions that people ask when it happens, and the step that answers them."""

    step: Annotated[Id, Meta(description="Id of the step, one of the entry's own.")]


class Synonyms(_Record, frozen=True, kw_only=True):
    """Words that mean the same at a counter: a search for one also finds the others."""

    id: Annotated[Id, Meta(description="Id of the group.")]
    words: Annotated[OtherWords, Meta(description="Words with the same meaning in nearly every sentence.")]
    about: Annotated[
        Topic | None,
        Meta(description="Set to money if the words ask about it: entries that may have charged count more."),
    ] = None


class Entry(_Record, frozen=True, kw_only=True):
    """One code of one origin, or one symptom without a code."""

    id: Annotated[Id, Meta(description="Id of the entry, such as my-terminal.z7; saved cases keep it.")]
    origin: Annotated[Id, Meta(description="Id of the origin; if left out, the one of the file.")]
    title: Annotated[Text, Meta(description="What is wrong, in a few words.")]
    money: Annotated[Money, Meta(description="Whether the customer was charged; when in doubt, unknown.")]
    retry: Annotated[Retry, Meta(description="Whether and how the cashier may try again.")]
    customer_phrase: Annotated[
        Text, Meta(description="One neutral sentence to say to the customer, without the bank's reason.")
    ]
    first: Annotated[
        tuple[Id, ...],
        Meta(
            max_length=3,
            description="Ids of the quick steps; with unknown money, the payment is looked up first.",
        ),
    ]
    code: Annotated[
        Annotated[str, Meta(min_length=1, max_length=80)] | None,
        Meta(description="The code as the screen shows it, in quotes; left out for a symptom."),
    ] = None
    aliases: Annotated[tuple[str, ...], Meta(description="Other spellings of the code.")] = ()
    screen: Annotated[
        OtherWords, Meta(description="The words as the device prints them; shown, and searched like a title.")
    ] = OtherWords()
    phrases: Annotated[
        OtherWords, Meta(description="What people say when it happens; searched, never shown.")
    ] = OtherWords()
    answers: Annotated[
        tuple[Answer, ...],
        Meta(description="Questions people ask, each with its answer; searched like phrases, never shown."),
    ] = ()
    meanings: Annotated[
        tuple[Meaning, ...],
        Meta(description="Published meanings, the best first: the title and the advice rest on it."),
    ] = ()
    causes: Annotated[
        tuple[Cause, ...], Meta(description="Possible causes, quick and likely ones first.")
    ] = ()
    prevention: Annotated[tuple[Id, ...], Meta(description="Ids of the tips that prevent it.")] = ()
    device: Annotated[
        Device | None, Meta(description="The device that has the fault; steps for another are refused.")
    ] = None
    needs_no: Annotated[
        Exit | None,
        Meta(
            description="The way out that it does not need: serve if no customer waits, call if nobody must."
        ),
    ] = None
    formerly: _FormerIds = ()
    common: Annotated[
        Annotated[int, Meta(ge=1, le=5)] | None,
        Meta(description="How often shops meet it, 1 (rarely) to 5 (every day); if left out, as its origin."),
    ] = None

    @property
    def step_ids(self) -> tuple[str, ...]:
        """The ids of its quick steps, then of the steps of its causes, as often as they stand there."""
        return (*self.first, *(step for cause in self.causes for step in cause.steps))

    @property
    def said(self) -> tuple[str, ...]:
        """What people say or ask when it happens, in both languages."""
        return tuple(words for each in (self.phrases, *self.answers) for words in (*each.zh, *each.en))

    @property
    def confidence(self) -> Confidence | None:
        """The confidence of the first meaning, which title and advice rest on; ``None`` without meanings."""
        return self.meanings[0].confidence if self.meanings else None
