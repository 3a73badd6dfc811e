"""The user's preferences and the shop's details, stored as JSON. Without Qt, for the command line too."""

import logging
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

import msgspec
from msgspec import Meta, Struct, field
from msgspec.structs import fields, replace

from pos_helper.domain.card_data import has_card_data
from pos_helper.domain.errors import UserError
from pos_helper.domain.filled_in import NUMBERS, clean, field_problem
from pos_helper.domain.machines import Machine
from pos_helper.domain.periods import Retention
from pos_helper.domain.report_options import Paper, ReportFormat, ReportLanguage
from pos_helper.domain.shop import Shop
from pos_helper.domain.text import Lang, Text, replace_surrogates
from pos_helper.files import keep_aside, make_folder, write_atomic

_S = TypeVar("_S", bound=Struct)

_log = logging.getLogger(__name__)

_KEPT_ASIDE = Text(
    "有些设置读不出来，已改用默认值。原来的设置文件保留为 {kept}。",
    "Some settings cannot be read and were set to their defaults. The old settings file was kept as {kept}.",
)


class Settings(Struct, frozen=True):
    """The settings that persist between starts.

    ``language`` is ``None`` to follow the system, ``report_language`` is ``None`` to follow the window.
    ``export_folder`` is the folder of the last report, ``""`` before the first. ``machines_asked``: the
    question which machines stand here was asked once. ``choices`` has the id of the entry that was chosen for
    good for a code, by the key of the code (``CodeKeys.exact``). ``conflicts_told``: the names of the case
    files of a sync program that the user knows of. ``helped_first``: causes and steps that often helped in
    this shop are shown first.
    """

    language: Lang | None = None
    appearance: Literal["auto", "light", "dark"] = "auto"
    text_percent: Annotated[int, Meta(ge=50, le=300)] = 100
    shop: Shop = field(default_factory=Shop)
    report_format: ReportFormat = field(default=ReportFormat.PDF, name="sheet_format")
    report_language: ReportLanguage | None = field(default=None, name="sheet_language")
    paper: Paper = Paper.A4
    export_folder: str = ""
    machines: tuple[Machine, ...] = ()
    machines_asked: bool = False
    choices: dict[str, str] = field(default_factory=dict)
    retention: Retention = field(default=Retention.DAYS_180, name="keep_cases_days")
    conflicts_told: tuple[str, ...] = ()
    helped_first: bool = True


class LoadedSettings(NamedTuple):
    """The settings, and a notice for the user if the file had problems."""

    settings: Settings
    notice: Text | None


def load_settings(path: Path) -> LoadedSettings:
    """Read the settings; invalid values are replaced by defaults. Never raises ``UserError``.

    A file with invalid values is kept aside and named in the notice, and the valid ones are saved to a new
    file.
    """
    found, fault = _read(path)
    shop_found, machines_found = found.pop("shop", {}), found.pop("machines", [])
    settings, wrong = _usable(found, Settings)
    shop, shop_wrong = _usable(shop_found, Shop)
    machines, machines_wrong = _usable_machines(machines_found)
    settings = replace(settings, shop=clean(shop), machines=machines)
    wrong += [*(f"shop.{name}" for name in shop_wrong), *machines_wrong]
    if not fault and wrong:
        fault = f"wrong fields: {', '.join(wrong)}"
    if not fault:
        return LoadedSettings(settings, None)
    try:
        kept = _kept_aside(path, fault)
    except UserError as error:
        _log.warning("The settings cannot be used whole (%s): %s", fault, error.text.en)
        return LoadedSettings(settings, error.text)
    try:
        save_settings(path, settings)
    except UserError as error:  # The notice names the kept file, which has all values.
        _log.warning("What could be used of the settings was not written anew: %s", error.text.en)
    return LoadedSettings(settings, _KEPT_ASIDE.format(kept=kept))


def save_settings(path: Path, settings: Settings, before: Settings | None = None) -> Settings:
    """Write the settings atomically and return them as saved, with card data masked.

    Unknown fields in the file, such as those of a newer version, are preserved. So are fields that have not
    changed since ``before``: another window may have changed them in the file. Raises ``UserError`` for an
    invalid field of the shop or of a machine, or a file that cannot be written.
    """
    for record in (settings.shop, *settings.machines):
        for name in NUMBERS:
            if problem := field_problem(name, getattr(record, name, "")):
                raise UserError(problem)
    kept = replace(
        settings,
        shop=clean(settings.shop),
        machines=tuple(clean(machine) for machine in settings.machines),
        # A folder with a part masked in its name could not be opened.
        export_folder=""
        if has_card_data(settings.export_folder)
        else replace_surrogates(settings.export_folder),
    )
    make_folder(path.parent)
    found, fault = _read(path)
    if fault:
        _kept_aside(path, fault)
    new = msgspec.to_builtins(kept)
    if before is not None:
        old = msgspec.to_builtins(before)
        new = {name: value for name, value in new.items() if value != old[name] or name not in found}
    merged = _merged(found, new)
    write_atomic(path, msgspec.json.format(msgspec.json.encode(merged), indent=2) + b"\n", private=True)
    return kept


def _read(path: Path) -> tuple[dict[str, Any], str]:
    """The fields of the file, and why it cannot be read, or ``""``. A missing file has no fields."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Any]), ""
    except FileNotFoundError:
        return {}, ""
    except UnicodeDecodeError:
        return {}, "not UTF-8"
    except RecursionError:
        return {}, "too deep"
    except (OSError, msgspec.DecodeError) as error:
        return {}, str(error)


def _kept_aside(path: Path, fault: str) -> Path:
    kept = keep_aside(path)
    _log.warning("The settings cannot be used whole (%s) and were kept as %s", fault, kept)
    return kept


def _usable(found: object, kind: type[_S]) -> tuple[_S, list[str]]:
    """An object of the valid fields, and the names of the invalid ones."""
    if not isinstance(found, dict):
        return kind(), ["all"]
    values = {}
    wrong = []
    for known in fields(kind):
        if known.encode_name in found:
            try:
                value = msgspec.convert(found[known.encode_name], known.type)
            except msgspec.ValidationError:
                wrong.append(known.name)
                continue
            if known.name in NUMBERS and field_problem(known.name, value):
                wrong.append(known.name)
                continue
            values[known.name] = value
    return kind(**values), wrong


def _usable_machines(found: object) -> tuple[tuple[Machine, ...], list[str]]:
    """The machines with their valid fields, and the names of the invalid ones. An empty machine is none."""
    if not isinstance(found, list):
        return (), ["machines"]
    machines = []
    wrong = []
    for number, each in enumerate(found):
        machine, machine_wrong = _usable(each, Machine)
        machines.append(clean(machine))
        wrong += [f"machines[{number}].{name}" for name in machine_wrong]
    return tuple(machine for machine in machines if machine != Machine()), wrong


def _merged(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """The old fields updated with the new ones, recursively for nested objects; a choice can be forgotten."""
    both = {
        name: _merged(old[name], value)
        for name, value in new.items()
        if isinstance(value, dict) and isinstance(old.get(name), dict) and name != "choices"
    }
    return {**old, **new, **both}
