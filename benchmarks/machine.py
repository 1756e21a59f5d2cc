"""What measured: the first line that a benchmark prints, for figures are told with the machine and the versions they come from."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("searcher", "numpy", "whoosh-reloaded", "tantivy", "bm25s")


def machine() -> str:
    """The processor and its cores, the system, Python, our packages and those of the peers, and how busy the machine is."""
    packages = ", ".join(f"{name} {_version(name)}" for name in PACKAGES)
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"# {_processor()}, {os.cpu_count()} cores, {platform.platform()}, Python {platform.python_version()}, {packages}{load}"


def peak_memory() -> int:
    """The peak of this process's memory in bytes; 0 where the system does not say."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage says includes the parent's memory before this program was started
        return next(int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    try:
        import resource
    except ImportError:  # Windows has none
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
