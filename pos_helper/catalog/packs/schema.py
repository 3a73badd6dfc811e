"""The format of a catalog file. Every file of every pack has this one shape."""

from inspect import cleandoc
from typing import Annotated, Any

from msgspec import Meta, Struct, json

from pos_helper.domain.entries import Entry, Id, MachineKind, Maker, Origin, Source, Step, Synonyms, Tile, Tip

SCHEMA = 1
"""The version of the catalog format that this program reads."""


class Declined(Struct, frozen=True, forbid_unknown_fields=True):
    """An item of a source that the catalog leaves out on purpose."""

    item: Annotated[str, Meta(description="The item: source, code and number, such as 003/E1/c16.")]
    reason: Annotated[str, Meta(description="Why it is left out.")]


class PackFile(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One YAML file of a pack. Any part may be left out."""

    schema: Annotated[int, Meta(ge=1, description="Version of the file format: 1.")]
    origin: Annotated[Id | None, Meta(description="Id of the origin of all entries that name none.")] = None
    origins: Annotated[
        tuple[Origin, ...], Meta(description="New origins; codes of an existing one need none.")
    ] = ()
    sources: Annotated[tuple[Source, ...], Meta(description="Publications that the meanings cite.")] = ()
    steps: Annotated[
        tuple[Step, ...], Meta(description="New steps; entries may also use those of other packs.")
    ] = ()
    prevention: Annotated[
        tuple[Tip, ...], Meta(description="Things to do regularly so that faults do not come back.")
    ] = ()
    entries: Annotated[tuple[Entry, ...], Meta(description="The codes, and symptoms without a code.")] = ()
    synonyms: Annotated[
        tuple[Synonyms, ...], Meta(description="Groups of words that mean the same in a search.")
    ] = ()
    makers: Annotated[
        tuple[Maker, ...], Meta(description="Names that people put beside a code, with their origins.")
    ] = ()
    machine_kinds: Annotated[
        tuple[MachineKind, ...],
        Meta(description="Machines that shops have, with the origins of their codes."),
    ] = ()
    tiles: Annotated[
        tuple[Tile, ...], Meta(description="Groups of entries that are opened by touch on the start page.")
    ] = ()
    declined: Annotated[
        tuple[Declined, ...], Meta(description="Items of the sources that are left out on purpose.")
    ] = ()


def json_schema() -> dict[str, Any]:
    """The format as a JSON Schema, so that an editor completes and checks a pack while it is written."""
    schema = json.schema(PackFile)
    # An entry takes the origin of its file, which the types cannot say.
    schema["$defs"]["Entry"]["required"].remove("origin")
    for definition in schema["$defs"].values():
        if "description" in definition:
            # A docstring, which keeps its indentation before Python 3.13.
            definition["description"] = cleandoc(definition["description"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "POS Helper catalog file",
        **schema,
    }
