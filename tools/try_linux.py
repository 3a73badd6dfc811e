"""Install the Debian package from dist/ in bare Debian systems and use it there: ``make trylinux``, as root.

Each system is made by debootstrap in a temporary folder, with its base packages alone, and deleted again.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SUITES = ("bookworm", "trixie")
DATA = "/root/收银 助手"
WINDOW_SECONDS = "8"
# As a person does: look up, work, export, open the window, remove. The data must outlive the program.
USES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (0, ("pos-helper", "--version")),
    (0, ("pos-helper", "--data-dir", DATA, "lookup", "E1", "--lang", "zh")),
    (1, ("pos-helper", "--data-dir", DATA, "lookup", "qqqqqqq")),
    (0, ("pos-helper", "--data-dir", DATA, "export", "terminal.e1", "--format", "pdf", "-o", "/root/a.pdf")),
    (
        0,
        ("pos-helper", "--data-dir", DATA, "export", "terminal.e1", "--format", "html", "-o", "/root/a.html"),
    ),
    # ``timeout`` ends a window that is open as it should be with 124.
    (
        124,
        (
            "env",
            "QT_QPA_PLATFORM=offscreen",
            "timeout",
            WINDOW_SECONDS,
            "pos-helper",
            "--data-dir",
            DATA,
            "E1",
        ),
    ),
    (0, ("test", "-s", f"{DATA}/cases.sqlite3")),
    (0, ("apt-get", "-qq", "remove", "pos-helper")),
    (0, ("test", "-s", f"{DATA}/cases.sqlite3")),
    (1, ("test", "-e", "/opt/pos-helper")),
)


def main() -> int:
    """Try the newest package in each system; return 1 if something did not work."""
    if shutil.which("debootstrap") is None:
        sys.exit("debootstrap is missing: apt-get install debootstrap")
    packages = sorted((ROOT / "dist").glob("*.deb"), key=lambda file: file.stat().st_mtime)
    if not packages:
        sys.exit("There is no package in dist/: make package")
    failed = [suite for suite in SUITES if not works_in(suite, packages[-1])]
    print(f"It does not work in {', '.join(failed)}" if failed else "It works in " + " and ".join(SUITES))
    return 1 if failed else 0


def works_in(suite: str, package: Path) -> bool:
    """Whether the package can be installed, used and removed in a bare system."""
    print(f"Making a bare {suite}", flush=True)
    with tempfile.TemporaryDirectory(prefix="pos-helper-bare-") as name:
        system = Path(name) / "system"
        made = [
            "debootstrap",
            "--variant=minbase",
            "--include=ca-certificates",
            suite,
            str(system),
            *mirror(),
        ]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
        shutil.copy(package, system / "root" / "pos-helper.deb")
        (system / "dev" / "shm").mkdir(exist_ok=True)
        inside = ("chroot", str(system), "env", "DEBIAN_FRONTEND=noninteractive", "LANG=C.UTF-8")
        install = ("apt-get", "-qq", "install", "--no-install-recommends", "/root/pos-helper.deb")
        for expected, command in ((0, install), *USES):
            done = subprocess.run((*inside, *command), capture_output=True, text=True, check=False)
            if done.returncode != expected:
                print(f"{suite}: {' '.join(command)} ended with {done.returncode}, not {expected}")
                print(done.stdout[-2000:], done.stderr[-2000:], sep="\n")
                return False
    return True


def mirror() -> list[str]:
    """Where this machine has its own packages from."""
    told = subprocess.run(
        ["apt-cache", "policy", "base-files"], check=True, capture_output=True, text=True
    ).stdout
    places = [word for word in told.split() if word.startswith(("http://", "https://"))]
    return places[:1]


if __name__ == "__main__":
    sys.exit(main())
