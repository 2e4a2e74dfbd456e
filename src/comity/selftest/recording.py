"""What did a program do to the files of one folder, call by call? Recorded with strace, from the program as it really runs.

A call that the list of events cannot tell is refused, never left out. Only on Linux, where strace is.
Source: strace(1); the system calls that SQLite makes (os_unix.c).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from comity.terms import BadInput


@dataclass(frozen=True, slots=True)
class Created:
    """A name that came into the folder."""

    file: str


@dataclass(frozen=True, slots=True)
class Removed:
    """A name that left it."""

    file: str


@dataclass(frozen=True, slots=True)
class Wrote:
    """Bytes written from an offset on."""

    file: str
    at: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Resized:
    """A file made so long."""

    file: str
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """A sync that returned; of the folder itself where the file is blank."""

    file: str


@dataclass(frozen=True, slots=True)
class Said:
    """A line on the program's output."""

    line: str


Event = Created | Removed | Wrote | Resized | Synced | Said

_CALLS = (
    "?open,?openat,?openat2,?creat,write,writev,pwrite64,pwritev,?pwritev2,truncate,ftruncate,fallocate,?copy_file_range,sendfile,mmap,fsync,"
    "fdatasync,?sync_file_range,?unlink,unlinkat,?rename,?renameat,?renameat2,?link,linkat,?symlink,symlinkat,?mkdir,mkdirat"
)
"""Every call that can change a file or its name; a question mark where a kind of machine does not have it."""
_CALL = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_HEX = re.compile(r'["<]((?:\\x[0-9a-f]{2})*)[">]')


def cannot_trace() -> str | None:
    """Why strace cannot be used here, and what to do; None if it can."""
    found = shutil.which("strace")
    if found is None:
        return "strace is not installed; install it with: apt-get install strace"
    done = subprocess.run([found, "--seccomp-bpf", "-f", "-o", "/dev/null", "true"], capture_output=True, text=True, check=False)  # noqa: S603
    return None if done.returncode == 0 else f"strace may not trace here ({done.stderr.strip().splitlines()[-1]}); allow ptrace"


def record(program: Sequence[str], folder: Path) -> list[Event]:
    """Run the program to its end, and return what it did to the files of ``folder`` and what it said; BadInput if it failed."""
    there = {path.name for path in folder.iterdir()}
    with tempfile.NamedTemporaryFile(prefix="comity-calls-") as log:
        options = ["-f", "--seccomp-bpf", "-xx", "-y", "-s", str(1 << 20), "-o", log.name, "-e", f"trace={_CALLS}"]
        done = subprocess.run(["strace", *options, *program], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)  # noqa: S603, S607
        if done.returncode:
            said = done.stderr.strip() or "it said nothing"
            raise BadInput(f"the writer ended by itself, while its calls were recorded: {said.splitlines()[-1]}")
        calls = Path(log.name).read_text(encoding="ascii").splitlines()
    return list(_events(calls, str(folder.resolve()), there))


def _events(calls: Sequence[str], folder: str, there: set[str]) -> Iterator[Event]:
    where = "".join(f"\\x{byte:02x}" for byte in folder.encode())
    for call in calls:
        if not (where in call or " write(1<" in call):
            continue
        found = _CALL.match(call)
        if found is None:
            raise BadInput(f"a call was recorded that cannot be read: {call[:80]}")
        name, arguments, returned = found[1], found[2], int(found[3])
        if returned >= 0:
            yield from _told(name, arguments, returned, folder, there)


def _told(name: str, arguments: str, returned: int, folder: str, there: set[str]) -> Iterator[Event]:
    """A call that succeeded, as events; ``there`` are the names in the folder."""
    texts = [bytes.fromhex(text.replace("\\x", "")) for text in _HEX.findall(arguments)]
    numbers = [int(number) for number in re.findall(r", (\d+)(?=, |$)", arguments)]
    path = next((text.decode() for text in texts if text.decode(errors="replace").startswith(folder)), "")
    file = path.removeprefix(folder).removeprefix("/")
    match name:
        case "write" if arguments.startswith("1<"):
            yield Said(texts[1].decode().rstrip("\n"))
        case "openat" | "open" | "creat":
            if "O_TRUNC" in arguments:
                raise BadInput(f"a call was recorded that the model of a disk does not know: {name} with O_TRUNC of {file}")
            if "O_CREAT" in arguments and file not in there:
                there.add(file)
                yield Created(file)
        case "pwrite64" if len(texts[1]) >= returned:
            yield Wrote(file, numbers[-1], texts[1][:returned])
        case "ftruncate":
            yield Resized(file, numbers[-1])
        case "fsync" | "fdatasync":
            yield Synced(file)
        case "unlink":
            there.discard(file)
            yield Removed(file)
        case _:
            raise BadInput(f"a call was recorded that the model of a disk does not know: {name} of {file}")
