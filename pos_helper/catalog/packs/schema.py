"""The format of a catalog file. Every file of every pack has this one shape."""

from typing import Annotated, Any

from msgspec import Meta, Struct, json

from pos_helper.domain.entries import Entry, Id, Maker, Origin, Source, Step, Synonyms, Tip

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
    synonyms: tuple[Synonyms, ...] = ()
    makers: tuple[Maker, ...] = ()
    declined: tuple[Declined, ...] = ()


def json_schema() -> dict[str, Any]:
    """The format as a JSON Schema, so that an editor completes and checks a pack while it is written."""
    schema = json.schema(PackFile)
    # An entry takes the origin of its file, which the types cannot say.
    schema["$defs"]["Entry"]["required"].remove("origin")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "POS Helper catalog file",
        **schema,
    }
