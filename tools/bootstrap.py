"""Install what is missing to run or develop the program; called by ``make``.

    python3 tools/bootstrap.py          for `make run`
    python3 tools/bootstrap.py --dev    for `make test` and all other jobs too

Python packages go into ``.venv``, in the versions pinned in ``requirements/constraints.txt``. On Debian and
Ubuntu, Qt's system libraries are installed too, as root or with sudo.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
CONSTRAINTS = ROOT / "requirements" / "constraints.txt"

# Libraries that Qt and its xcb and offscreen plugins load, with their Debian packages.
QT_NEEDS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}


def main(arguments: list[str]) -> int:
    """Install everything and return 0; exit with a one-line message if a command fails."""
    dev = arguments == ["--dev"]
    try:
        if sys.platform == "linux":
            add_system_packages(dev)
        add_python_packages(dev)
    except subprocess.CalledProcessError as error:
        sys.exit(f"Setting up failed (see above): {' '.join(map(str, error.cmd[:4]))} …")
    return 0


def add_system_packages(dev: bool) -> None:
    """Install missing system packages with apt; without apt, print what is missing.

    Exits with the command to type if root is needed and not available.
    """
    libraries = {name: package for name, package in QT_NEEDS.items() if not can_load(name)}
    packages = sorted(set(libraries.values()))
    if importlib.util.find_spec("ensurepip") is None:
        packages.insert(0, f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    if dev and shutil.which("Xvfb") is None:
        packages.append("xvfb")
    if not packages:
        return
    if shutil.which("apt-get") is None:
        print("This system lacks what Qt or the tests need; install it with your package manager:")
        print("  " + ", ".join([*libraries, *(name for name in packages if name not in libraries.values())]))
        return
    sudo = how_to_be_root()
    if sudo is None:
        line = f"apt-get update && apt-get install --no-install-recommends {' '.join(packages)}"
        as_root = "sudo sh -c" if shutil.which("sudo") else "su -c"
        sys.exit(
            "Some system packages are missing, and only root may install them. Type this, then try again:\n"
            f"  {as_root} '{line}'"
        )
    apt_get = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o=Dpkg::Use-Pty=0"]
    print(f"Installing system packages: {' '.join(packages)}", flush=True)
    subprocess.run([*sudo, *apt_get, "update"], check=True)
    subprocess.run(
        [*sudo, *apt_get, "install", "--no-install-recommends", *packages],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def can_load(library: str) -> bool:
    """Whether the dynamic linker can load the library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def how_to_be_root() -> list[str] | None:
    """Return the prefix that runs a command as root (empty for root itself), or ``None`` without one."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    silent = subprocess.run(["sudo", "-n", "true"], stderr=subprocess.DEVNULL, check=False).returncode == 0
    return ["sudo"] if silent or sys.stdin.isatty() else None


def add_python_packages(dev: bool) -> None:
    """Create the virtual environment if needed, and install the program and its dependencies in it."""
    if not (VENV_PYTHON.exists() and runs(VENV_PYTHON)):
        print(f"Making {VENV.name} with Python {sys.version.split()[0]}", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    print("Installing Python packages", flush=True)
    # Build tools first, at their pinned versions, so that pip does not fetch others for an isolated build.
    pip_install(*project["build-system"]["requires"])
    tools = project["dependency-groups"]["dev"] if dev else []
    pip_install("--no-build-isolation", "--editable", ".", *tools)


def runs(python: Path) -> bool:
    """Whether the interpreter works and has pip; a moved or half-created environment may not."""
    check = [str(python), "-c", "import pip"]
    return subprocess.run(check, stderr=subprocess.DEVNULL, check=False).returncode == 0


def pip_install(*what: str) -> None:
    """Install packages into the virtual environment at their pinned versions."""
    pip = [str(VENV_PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]
    subprocess.run([*pip, "install", "--constraint", str(CONSTRAINTS), *what], cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
