"""The memory of this process."""

from pathlib import Path


def peak_memory() -> float:
    """The most memory that this process has had resident, in MiB; not a number where that is unknown."""
    # Not getrusage: what it tells a new process begins with the size of the process that started it.
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return float("nan")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024
