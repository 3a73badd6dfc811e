"""Run the tests that depend on fonts, locale and time zone as on other machines: ``make environments``.

The fonts, locales and libraries come from Debian's packages, into a temporary folder; nothing is installed.
Arguments are handed to pytest, in the place of the usual tests if they name any.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

TESTS = (
    *("tests/domain", "tests/export", "tests/ui", "tests/e2e", "tests/test_app.py"),
    *("tests/test_bundled_font.py", "tests/test_locales.py"),
    *("tests/commands/test_report.py", "tests/commands/test_window.py"),
)

LATIN = "fonts-dejavu-core"
# A package is a name; the libraries are what Qt's plugin for Wayland loads.
WAYLAND = ("libwayland-client0", "libwayland-cursor0", "libwayland-egl1")
LOCALES = "locales"


@dataclass(frozen=True)
class Machine:
    """What a machine has that this one may lack. Its zone is written out: there may be no table of zones."""

    name: str
    lang: str
    zone: str
    fonts: tuple[str, ...]
    libraries: tuple[str, ...] = ()


MACHINES = (
    Machine(
        "Chinese, with Chinese fonts and Wayland, east of Greenwich",
        lang="zh_CN.UTF-8",
        zone="<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45",
        fonts=(LATIN, "fonts-noto-cjk"),
        libraries=WAYLAND,
    ),
    Machine(
        "Turkish, without a Chinese font, west of Greenwich",
        lang="tr_TR.UTF-8",
        zone="NST3:30NDT,M3.2.0,M11.1.0",
        fonts=(LATIN,),
    ),
    Machine(
        "of no language, with a Chinese font that has few weights",
        lang="C",
        zone="UTC0",
        fonts=(LATIN, "fonts-wqy-microhei"),
    ),
)


def main(arguments: list[str]) -> int:
    """Run the tests on every machine; give 1 if a test failed on any."""
    for program in ("apt-get", "dpkg", "localedef"):
        if shutil.which(program) is None:
            sys.exit(f"The environments are made from Debian's packages, and this system has no {program}.")
    tests = arguments if any(not word.startswith("-") for word in arguments) else [*arguments, *TESTS]
    failed = []
    with tempfile.TemporaryDirectory(prefix="pos-helper-environments-") as name:
        folder = Path(name)
        unpack(folder)
        for machine in MACHINES:
            print(f"\nOn a machine that is {machine.name}:", flush=True)
            # What fails there waits for its time to run out: a few failures tell enough.
            command = [sys.executable, "-m", "pytest", "-q", "--maxfail=5", *tests]
            if subprocess.run(command, cwd=ROOT, env=environment(machine, folder), check=False).returncode:
                failed.append(machine.name)
    if failed:
        print("\nTests failed on a machine that is " + "; ".join(failed))
    return 1 if failed else 0


def unpack(folder: Path) -> None:
    """Unpack the packages of all machines below the folder, each by its name, and make the locales."""
    machines = [package for machine in MACHINES for package in (*machine.fonts, *machine.libraries)]
    packages = list(dict.fromkeys([*machines, LOCALES]))
    print(f"Fetching {', '.join(packages)}", flush=True)
    download = ["apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download", *packages]
    if subprocess.run(download, cwd=folder, stderr=subprocess.DEVNULL, check=False).returncode:
        subprocess.run(["apt-get", "-qq", "update"], check=False)
        if subprocess.run(download, cwd=folder, check=False).returncode:
            sys.exit("Debian's packages cannot be fetched (see above). If their list is missing, be root.")
    for package in packages:
        (archive,) = folder.glob(f"{package}_*.deb")
        subprocess.run(["dpkg", "-x", archive, folder / package], check=True)
        archive.unlink()
    (folder / "made-locales").mkdir()
    source = folder / LOCALES / "usr" / "share" / "i18n"
    for lang in (machine.lang for machine in MACHINES if machine.lang != "C"):
        localedef = ["localedef", "--no-archive", "-i", lang.partition(".")[0], "-f", "UTF-8"]
        subprocess.run(
            [*localedef, folder / "made-locales" / lang],
            env={**os.environ, "I18NPATH": str(source)},
            check=True,
        )


def environment(machine: Machine, folder: Path) -> dict[str, str]:
    """The variables that make this machine look like another."""
    ours = ("LC_", "LANG", "FONTCONFIG_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    libraries = [str(path) for name in machine.libraries for path in (folder / name).glob("usr/lib/*")]
    if libraries:
        kept["LD_LIBRARY_PATH"] = ":".join([*libraries, *filter(None, [kept.get("LD_LIBRARY_PATH")])])
    return {
        **kept,
        "LANG": machine.lang,
        "LOCPATH": str(folder / "made-locales"),
        "TZ": machine.zone,
        "FONTCONFIG_FILE": str(fonts_file(machine, folder)),
    }


def fonts_file(machine: Machine, folder: Path) -> Path:
    """Write fontconfig's settings for a machine that has some fonts and no others."""
    fonts = "".join(f"<dir>{folder / package}/usr/share/fonts</dir>" for package in machine.fonts)
    path = folder / f"{machine.lang}.conf"
    path.write_text(
        f"<fontconfig>{fonts}<cachedir>{folder}/font-cache</cachedir>"
        '<include ignore_missing="yes">/etc/fonts/conf.d</include></fontconfig>',
        encoding="utf-8",
    )
    return path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
