"""Write all data to one file, and restore them from it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from pos_helper.backup import restore
from pos_helper.backup.archive import back_up_to
from pos_helper.backup.progress import Progress
from pos_helper.commands.command import Commands, Context, ExitCode, Say, add_command
from pos_helper.commands.output import print_lines, print_notice
from pos_helper.domain.text import Text

_SAVED = Text("已备份：{path}", "Backed up: {path}")


class FileArgument(Struct, frozen=True):
    """The argument of ``backup`` and ``restore``: the backup file."""

    file: Path


def add_backup(commands: Commands, t: Say) -> None:
    """Add ``backup``."""
    about = t(
        "把处理记录、机器、本店代码和设置存成一个文件",
        "write cases, machines, own codes and settings to one file",
    )
    _add(commands, t, "backup", about, back_up)


def add_restore(commands: Commands, t: Say) -> None:
    """Add ``restore``."""
    about = t(
        "用备份文件恢复全部数据；现在的数据会先留底",
        "restore all data from a backup; the present data are kept",
    )
    _add(commands, t, "restore", about, restore_backup)


def _add(
    commands: Commands, t: Say, name: str, about: str, run: Callable[[FileArgument, Context], int]
) -> None:
    parser = add_command(commands, name, about, FileArgument, run)
    parser.add_argument(
        "file", type=Path, metavar="FILE", help=t("备份文件（.zip）", "the backup, a .zip file")
    )


def back_up(arguments: FileArgument, context: Context) -> ExitCode:
    """Write a backup of all data. Raises ``UserError``."""
    back_up_to(context.user, arguments.file, _now(), Progress())
    print_lines([_SAVED.format(path=arguments.file).of(context.lang)])
    return ExitCode.OK


def restore_backup(arguments: FileArgument, context: Context) -> ExitCode:
    """Restore all data from a backup, and print where the present ones are kept. Raises ``UserError``."""
    user = context.user
    staged = restore.prepare(user, arguments.file, _now(), Progress())
    print_lines([restore.restore(user, staged).sentence.of(context.lang)])
    return ExitCode.OK


def finish_restoring(context: Context) -> None:
    """Finish what a killed program began to restore, before any other command. Raises ``UserError``."""
    restored = restore.finish_restoring(context.user)
    if restored is not None:
        print_notice(restored.sentence.of(context.lang))


def _now() -> datetime:
    return datetime.now().astimezone()
