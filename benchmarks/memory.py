"""Memory use of this process."""

from pathlib import Path


def peak_memory() -> float:
    """Return the peak resident memory of this process in MiB, or NaN where the system does not report it."""
    # Not getrusage: its value for a new process starts at the size of the parent process.
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return float("nan")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024
