"""The format of a catalog file. Every file of every pack has this one shape."""

from typing import Annotated

from msgspec import Meta, Struct

from pos_helper.domain.entries import Entry, Id, Origin, Source, Step, Tip

SCHEMA = 1
"""The version of the catalog format that this program reads."""


class Declined(Struct, frozen=True, forbid_unknown_fields=True):
    """An item of a source that the catalog leaves out on purpose, with the reason."""

    item: str
    reason: str


class PackFile(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One YAML file of a pack. Any part may be left out; ``origin`` is the default of its entries."""

    schema: Annotated[int, Meta(ge=1)]
    origin: Id | None = None
    origins: tuple[Origin, ...] = ()
    sources: tuple[Source, ...] = ()
    steps: tuple[Step, ...] = ()
    prevention: tuple[Tip, ...] = ()
    entries: tuple[Entry, ...] = ()
    declined: tuple[Declined, ...] = ()
