"""Build what a shop installs, into dist/: ``make package``, on Debian.

- the wheel and the source archive, for who has Python;
- for Linux a folder that needs no Python as .tar.xz, and the same as a Debian package.

All of them bring the compiled catalog along, so that the first start is as quick as any other.
"""

import gzip
import lzma
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
from email.utils import formatdate
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QIcon

from pos_helper import __version__, paths
from pos_helper.catalog.indexed_catalog import write_shipped

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
PARTS = ROOT / "resources" / "packaging"
LINUX = PARTS / "linux"
ICON = ROOT / "resources" / "icons" / "pos-helper.svg"
ICON_SIZES = (48, 128, 256)
PROJECT = "POS Helper contributors <pos-helper@example.invalid>"

CONTROL = """\
Package: pos-helper
Version: {version}
Architecture: {architecture}
Maintainer: {project}
Section: misc
Priority: optional
Installed-Size: {size}
Depends: {depends}, fontconfig-config
Recommends: fonts-noto-cjk | fonts-wqy-microhei
Description: what a card terminal's code means and what to do now
 An offline helper at the shop counter: did the money move, may it be tried
 again, what to say to the customer, and how to find the fault. In Chinese and
 English.
"""
CHANGES = (
    "pos-helper ({version}) unstable; urgency=medium\n\n  * See CHANGELOG.md.\n\n -- {project}  {date}\n"
)
COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: pos-helper

Files: *
Copyright: POS Helper contributors
License: MIT
{licence}
Comment: The licences of Qt, PySide, Python and the other libraries stand in
 /opt/pos-helper/licences.
"""
# A program that brings its libraries along, in /opt, is what these speak of.
ACCEPTED = (
    "dir-or-file-in-opt",
    "embedded-library",
    "unstripped-binary-or-object",
    "custom-library-search-path",
    "library-not-linked-against-libc",
    "shared-library-lacks-prerequisites",
    "hardening-no-pie",
)


def main() -> None:
    """Build everything; exit with a line if a tool is missing or fails."""
    if shutil.which("objdump") is None or shutil.which("dpkg-deb") is None:
        sys.exit("Packages are built on Debian or Ubuntu, with the package binutils.")
    # Files of a package have the time of the last commit, so that two builds of it are the same.
    os.environ.setdefault("SOURCE_DATE_EPOCH", _output("git", "log", "-1", "--format=%ct").strip())
    DIST.mkdir(exist_ok=True)
    print("Compiling the catalog", flush=True)
    write_shipped(paths.resources() / "catalog", paths.shipped_index())
    try:
        build()
    finally:
        # A checkout compiles for itself: there the packs change at any time.
        shutil.rmtree(paths.shipped_index().parent)
    for file in sorted(DIST.iterdir()):
        print(f"{file.stat().st_size / 1e6:8.1f} MB  {file.name}")


def build() -> None:
    """Build everything from the checkout and its compiled catalog."""
    print("Building the wheel", flush=True)
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", DIST, ROOT)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program = frozen(folder)
        print("Packing for Linux", flush=True)
        tar_xz(program, DIST / f"pos-helper-{__version__}-linux-{_architecture()}.tar.xz")
        deb(program, folder / "deb", DIST / f"pos-helper_{__version__}_{_architecture()}.deb")


def frozen(folder: Path) -> Path:
    """Freeze the program into a folder that needs no Python, and return its path."""
    print("Freezing the program", flush=True)
    environment = folder / "venv"
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    constraints = folder / "constraints.txt"
    constraints.write_text(_pinned(), encoding="utf-8")
    wheel = max(DIST.glob(f"pos_helper-{__version__}-*.whl"), key=lambda file: file.stat().st_mtime)
    pip = (python, "-m", "pip", "--quiet", "--disable-pip-version-check", "install")
    _run(*pip, "--constraint", constraints, wheel, "pyinstaller", "setuptools")
    work = ("--workpath", folder / "work", "--distpath", folder, "--noconfirm", "--log-level", "ERROR")
    _run(python, "-m", "PyInstaller", *work, PARTS / "pos-helper.spec")
    program = folder / "pos-helper"
    licences(environment, program / "licences")
    return program


def licences(environment: Path, target: Path) -> None:
    """Gather the licences of everything that the program brings along."""
    target.mkdir()
    shutil.copy(ROOT / "LICENSE", target / "pos-helper.txt")
    for info in environment.glob("lib/python*/site-packages/*.dist-info"):
        texts = [file for file in info.rglob("*") if file.is_file() and "licen" in file.name.lower()]
        for text in texts:
            shutil.copy(text, target / f"{info.name.split('-')[0]}-{text.stem}.txt")
    shutil.copy(
        Path(sys.base_prefix, "lib", f"python3.{sys.version_info.minor}", "LICENSE.txt"),
        target / "Python.txt",
    )


def tar_xz(program: Path, target: Path) -> None:
    """Pack a folder, with the time of the last commit and nobody's name."""

    def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = "root"
        member.mtime = _time()
        return member

    with lzma.open(target, "wb", preset=9) as packed, tarfile.open(fileobj=packed, mode="w") as archive:
        archive.add(program, f"pos-helper-{__version__}", filter=plain)


def deb(program: Path, root: Path, target: Path) -> None:
    """Build the Debian package: the folder under /opt, with a desktop file, icons and a manual page."""
    shutil.copytree(program, root / "opt" / "pos-helper", symlinks=True)
    share = root / "usr" / "share"
    documents = share / "doc" / "pos-helper"
    for folder in ("usr/bin", "DEBIAN"):
        (root / folder).mkdir(parents=True)
    (root / "usr" / "bin" / "pos-helper").symlink_to("/opt/pos-helper/pos-helper")
    _place(LINUX / "pos-helper.desktop", share / "applications" / "pos-helper.desktop")
    for file in LINUX.glob("*.metainfo.xml"):
        _place(file, share / "metainfo" / file.name)
    _place(ICON, share / "icons" / "hicolor" / "scalable" / "apps" / "pos-helper.svg")
    icons(share / "icons" / "hicolor")
    _packed(share / "man" / "man1" / "pos-helper.1.gz", (LINUX / "pos-helper.1").read_text(encoding="utf-8"))
    values = {"version": __version__, "project": PROJECT, "date": formatdate(_time())}
    _packed(documents / "changelog.gz", CHANGES.format(**values))
    licence = "".join(
        f" {line or '.'}\n" for line in (ROOT / "LICENSE").read_text(encoding="utf-8").splitlines()
    )
    (documents / "copyright").write_text(COPYRIGHT.format(licence=licence.rstrip()), encoding="utf-8")
    overrides = share / "lintian" / "overrides" / "pos-helper"
    overrides.parent.mkdir(parents=True)
    overrides.write_text("".join(f"pos-helper: {tag}\n" for tag in ACCEPTED), encoding="utf-8")
    for path in root.rglob("*"):
        if not path.is_symlink():
            library = path.is_file() and ".so" in path.name
            executable = path.is_dir() or (not library and os.access(path, os.X_OK))
            path.chmod(0o755 if executable else 0o644)
            os.utime(path, (_time(), _time()))
    size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    values |= {"architecture": _architecture(), "size": str(size // 1024), "depends": depends(root)}
    (root / "DEBIAN" / "control").write_text(CONTROL.format(**values), encoding="utf-8")
    _run("dpkg-deb", "--root-owner-group", "-Zxz", "--build", root, target)


def icons(theme: Path) -> None:
    """Draw the icon in the sizes that panels ask for."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication.instance() or QGuiApplication([])
    for size in ICON_SIZES:
        folder = theme / f"{size}x{size}" / "apps"
        folder.mkdir(parents=True)
        assert QIcon(str(ICON)).pixmap(QSize(size, size), 1.0).save(str(folder / "pos-helper.png"))
    del application


def depends(root: Path) -> str:
    """The system's packages with the libraries that are needed and not brought along."""
    files = [path for path in (root / "opt").rglob("*") if path.is_file() and _is_elf(path)]
    told = _output("objdump", "-p", *files)
    brought = {path.name for path in files}
    # The parts of the C library are all of one package, which must be as new as the newest symbol used.
    newest = max(re.findall(r"GLIBC_([0-9.]+)", told), key=lambda version: [*map(int, version.split("."))])
    packages = set()
    for library in set(re.findall(r"NEEDED +(\S+)", told)) - brought:
        owner = _output("dpkg", "-S", f"*/{library}").partition(":")[0]
        packages.add(f"libc6 (>= {newest})" if owner == "libc6" else owner)
    return ", ".join(sorted(packages))


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _pinned() -> str:
    """The constraints of development, but for what packages are made of in another version."""
    other = (ROOT / "requirements" / "packages.txt").read_text(encoding="utf-8")
    names = {line.partition("==")[0] for line in other.splitlines() if "==" in line}
    lines = (ROOT / "requirements" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return "\n".join([*(line for line in lines if line.partition("==")[0] not in names), other])


def _place(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(file, target)


def _packed(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(text.encode(), mtime=0))


def _time() -> int:
    return int(os.environ["SOURCE_DATE_EPOCH"])


def _architecture() -> str:
    return _output("dpkg", "--print-architecture").strip()


def _output(*command: str | Path, cwd: Path = ROOT) -> str:
    return subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.PIPE, text=True).stdout


def _run(*command: str | Path) -> None:
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(f"{Path(error.cmd[0]).name} failed (see above)")
