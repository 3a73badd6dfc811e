"""The backup file: a ZIP archive with a manifest, the cases, the settings and the shop's own packs.

A backup comes from anywhere, so nothing in it is trusted: names, sizes and content are checked before any of
it is used.
"""

import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Literal

import msgspec
from msgspec import Struct

import pos_helper
from pos_helper.backup.progress import Progress
from pos_helper.cases.migrations import NewerFormat, NotACaseFile
from pos_helper.cases.opening import copy_of_cases, make_current
from pos_helper.domain.errors import UserError
from pos_helper.domain.text import Text, replace_surrogates
from pos_helper.files import flush, flush_folder, make_folder, open_private, reason, replacing
from pos_helper.paths import UserPaths

FORMAT = 1
"""The format of new backups."""

MOST_BYTES = 1 << 30
"""So large may the cases of a backup be: more than a million cases."""

MOST_FILE_BYTES = 8 << 20
"""So large may any other file of a backup be. A pack's file has less."""

MOST_FILES = 10_000

CASES, SETTINGS, PACKS = "cases.sqlite3", "settings.json", "packs"
"""The parts of a backup, by their names in the archive and in an unpacked folder."""

_MANIFEST = "manifest.json"
_BEGINNING = b"PK\x03\x04"
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError)
"""What ``zipfile`` raises for an archive that is damaged or made to do harm."""

_CHUNK = 1 << 18

_UNREADABLE = Text("读不出 {path}：{why}。", "Cannot read {path}: {why}.")
_CASES_DAMAGED = Text(
    "处理记录文件 {path} 已损坏，没有备份。请打开一次程序：它会把坏文件原样保留，并告诉您怎么办。",
    "The case file {path} is damaged and was not backed up. Open the program once: it keeps the damaged file "
    "and says what to do.",
)
_INSIDE = Text(
    "备份不能放在程序自己的数据文件夹里，数据丢了备份也会丢。请换个地方，例如U盘。",
    "A backup in the program's own data folder would be lost together with the data. Choose another place, "
    "such as a USB stick.",
)
_DAMAGED = Text(
    "备份文件 {path} 已损坏，没有恢复，现在的数据没有变。",
    "The backup {path} is damaged. Nothing was restored and nothing was changed.",
)
FOREIGN = Text(
    "{path} 不是 POS Helper 的备份文件，没有恢复，现在的数据没有变。",
    "{path} is not a backup of POS Helper. Nothing was restored and nothing was changed.",
)
_NEWER = Text(
    "备份文件 {path} 是更新版本的程序做的，这个版本读不了。请先安装新版本；现在的数据没有变。",
    "The backup {path} was made by a newer version of the program. Install that version first; nothing was "
    "changed.",
)
_NO_ROOM = Text(
    "磁盘空间不够，没有恢复，现在的数据没有变。",
    "There is not enough room on the disk. Nothing was restored and nothing was changed.",
)
_NOT_UNPACKED = Text(
    "无法写入数据文件夹：{why}。没有恢复，现在的数据没有变。",
    "Cannot write to the data folder: {why}. Nothing was restored and nothing was changed.",
)
_TOO_LARGE = Text(
    "{path} 太大，放不进备份。请先把它移出 packs 文件夹。",
    "{path} is too large for a backup. Move it out of the packs folder first.",
)


class _Head(Struct, frozen=True):
    """What a backup of any format says of itself."""

    kind: Literal["pos-helper backup"]
    format: int


class Manifest(Struct, frozen=True):
    """What a backup says of itself."""

    kind: Literal["pos-helper backup"]
    format: int
    program: str
    made_at: datetime


def write_backup(user: UserPaths, path: Path, now: datetime, progress: Progress) -> None:
    """Write a backup of all data, also while a program uses them; among the data it is for this user alone.

    Raises ``UserError`` and ``Cancelled``; ``path`` is as before then.
    """
    settings, packs = _read_settings(user.settings), _own_packs(user.packs)
    cases = _read_cases(user.cases, progress)
    progress.expect(len(cases))
    manifest = Manifest("pos-helper backup", FORMAT, pos_helper.__version__, now)
    with replacing(path, private=_is_among(user, path)) as file, zipfile.ZipFile(file, "w") as archive:
        archive.writestr(_part(_MANIFEST), msgspec.json.encode(manifest))
        archive.writestr(_part(SETTINGS), settings)
        for name, content in packs.items():
            archive.writestr(_part(f"{PACKS}/{name}"), content)
        with archive.open(_part(CASES), "w", force_zip64=True) as part:
            for start in range(0, len(cases), _CHUNK):
                progress.advance(len(part_of := cases[start : start + _CHUNK]))
                part.write(part_of)


def back_up_to(user: UserPaths, path: Path, now: datetime, progress: Progress) -> Path:
    """Write a backup where a person wants it, and return that place.

    Raises as ``write_backup``, also for a place among the data themselves.
    """
    if _is_among(user, path):
        raise UserError(_INSIDE)
    write_backup(user, path, now, progress)
    return path


def _is_among(user: UserPaths, path: Path) -> bool:
    """Whether a place is among the data themselves."""
    return path.resolve().is_relative_to(user.data.resolve())


def read_manifest(path: Path) -> Manifest:
    """What a backup says of itself. Raises ``UserError``."""
    with _reading(path) as archive:
        return _manifest(path, archive)


def unpack(path: Path, folder: Path, progress: Progress) -> Manifest:
    """Unpack a backup that is whole into an empty folder and flush it to the disk.

    The cases are brought to the newest format. Raises ``UserError`` for anything but a whole backup, and
    ``Cancelled``; the folder is to be thrown away then.
    """
    with _reading(path) as archive:
        manifest = _manifest(path, archive)
        parts = _checked_parts(path, archive)
        size = sum(part.file_size for part in parts)
        if shutil.disk_usage(folder).free < 2 * size:
            raise UserError(_NO_ROOM)
        progress.expect(size)
        make_folder(folder / PACKS)
        for part in parts:
            with archive.open(part) as source:
                _unpack_part(source, folder / part.filename, part.file_size, progress)
    try:
        msgspec.json.decode((folder / SETTINGS).read_bytes(), type=dict[str, object])
        make_current(folder / CASES)
    except NewerFormat as error:
        raise UserError(_NEWER.format(path=path)) from error
    except (NotACaseFile, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UserError(_DAMAGED.format(path=path)) from error
    for each in {folder, folder / PACKS, *((folder / part.filename).parent for part in parts)}:
        flush_folder(each)
    return manifest


# --- writing ------------------------------------------------------------------------------------


def _part(name: str) -> zipfile.ZipInfo:
    # Without a time: an archive takes none before 1980, which the clock may say.
    part = zipfile.ZipInfo(name)
    part.compress_type = zipfile.ZIP_DEFLATED
    return part


def _read_settings(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b"{}\n"
    except OSError as error:
        raise _cannot_read(path, error) from error


def _own_packs(folder: Path) -> dict[str, bytes]:
    """All files in the folder of the shop's packs, by their place in it."""
    files = {}
    try:
        for file in _files_below(folder):
            if file.stat().st_size > MOST_FILE_BYTES:
                raise UserError(_TOO_LARGE.format(path=file))
            files[replace_surrogates(file.relative_to(folder).as_posix())] = file.read_bytes()
    except OSError as error:
        raise _cannot_read(folder, error) from error
    if len(files) > MOST_FILES:
        raise UserError(_TOO_LARGE.format(path=folder))
    return files


def _files_below(folder: Path) -> Iterator[Path]:
    for top in sorted(folder.iterdir()) if folder.exists() else ():
        if not top.is_dir():
            yield top
        for place, _, names in os.walk(top):
            yield from (file for name in sorted(names) if (file := Path(place, name)).is_file())


def _read_cases(path: Path, progress: Progress) -> bytes:
    try:
        with closing(copy_of_cases(path, progress.advance)) as db:
            return db.serialize()
    except NotACaseFile as error:
        raise UserError(_CASES_DAMAGED.format(path=path)) from error


def _cannot_read(path: Path, error: OSError) -> UserError:
    why = reason(error)
    zh, en = _UNREADABLE.zh.format(path=path, why=why.zh), _UNREADABLE.en.format(path=path, why=why.en)
    return UserError(Text(zh, en))


# --- reading ------------------------------------------------------------------------------------


@contextmanager
def _reading(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open an archive; whatever is wrong with it, here or in the block, becomes a ``UserError``."""
    try:
        with path.open("rb") as file:
            is_archive = file.read(len(_BEGINNING)) == _BEGINNING
        if not is_archive:
            raise UserError(FOREIGN.format(path=path))
        with zipfile.ZipFile(path) as archive:
            yield archive
    except OSError as error:
        raise _cannot_read(path, error) from error
    except _FAULTS as error:
        raise UserError(_DAMAGED.format(path=path)) from error


def _manifest(path: Path, archive: zipfile.ZipFile) -> Manifest:
    try:
        if archive.getinfo(_MANIFEST).file_size > MOST_FILE_BYTES:
            raise UserError(FOREIGN.format(path=path))
        content = archive.read(_MANIFEST)
        if msgspec.json.decode(content, type=_Head).format > FORMAT:
            raise UserError(_NEWER.format(path=path))
        return msgspec.json.decode(content, type=Manifest)
    except (KeyError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UserError(FOREIGN.format(path=path)) from error


def _checked_parts(path: Path, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of a backup, of which none is too large or lies outside of its place."""
    parts = [part for part in archive.infolist() if part.filename != _MANIFEST]
    names = [part.filename for part in parts]
    is_ours = (
        len({*names}) == len(names) <= MOST_FILES
        and {CASES, SETTINGS} <= {*names}
        and all(_has_its_place(part.filename) and not part.is_dir() for part in parts)
        and all(part.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts)
        and all(
            part.file_size <= (MOST_BYTES if part.filename == CASES else MOST_FILE_BYTES) for part in parts
        )
    )
    if not is_ours:
        raise UserError(FOREIGN.format(path=path))
    return parts


def _has_its_place(name: str) -> bool:
    if name in (CASES, SETTINGS):
        return True
    folder, *below = name.split("/")
    return folder == PACKS and bool(below) and all(_is_plain(part) for part in below)


def _is_plain(name: str) -> bool:
    return name not in ("", ".", "..") and not {*name} & {*"\\:\0"}


def _unpack_part(source: IO[bytes], place: Path, size: int, progress: Progress) -> None:
    try:
        make_folder(place.parent)
        with open(place, "xb", opener=open_private) as target:
            while chunk := source.read(_CHUNK):
                progress.advance(len(chunk))
                target.write(chunk)
            if target.tell() != size:
                raise zipfile.BadZipFile("a part is shorter than it should be")
            flush(target)
    except OSError as error:
        why = reason(error)
        raise UserError(
            Text(_NOT_UNPACKED.zh.format(why=why.zh), _NOT_UNPACKED.en.format(why=why.en))
        ) from error
