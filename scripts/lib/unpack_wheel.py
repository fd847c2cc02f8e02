"""Takes libtorch out of a PyTorch wheel: the CPU libraries and the headers, nothing of Python or CUDA.

usage: unpack_wheel.py WHEEL SHA256 FOLDER

Checks the wheel's hash first (and zipfile the checksum of each member), so that a broken or foreign download is never
unpacked. Only the standard library is used: this runs on a machine that has nothing yet.
"""

import hashlib
import os
import shutil
import sys
import zipfile
from pathlib import Path, PurePosixPath

CHUNK = 1 << 22
# The CUDA build for x86_64 also holds gigabytes of CUDA code and a libtorch.so that needs it: only these are taken.
LIBRARIES = ("libtorch_cpu.", "libc10.", "libgomp", "libomp.")
CPU_BUILD_LIBRARIES = (*LIBRARIES, "libtorch.")


class WheelError(Exception):
    """The wheel is not what it should be."""


def sha256(path: Path) -> str:
    """The file's SHA-256 in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def destination(member: str, libraries: tuple) -> "PurePosixPath | None":
    """Where a member of the wheel belongs in libtorch's folder; None if it is left out."""
    path = PurePosixPath(member)
    if ".." in path.parts or member.endswith("/"):
        return None
    if path.parts[:2] == ("torch", "include"):
        return PurePosixPath(*path.parts[1:])
    if path.parts[:2] == ("torch", "lib") and len(path.parts) == 3:
        return PurePosixPath("lib", path.name) if path.name.startswith(libraries) else None
    # Linux aarch64 keeps OpenBLAS, the Arm Compute Library and their like here.
    if path.parts[0] == "torch.libs":
        return PurePosixPath("lib", path.name)
    if path.parent.name.endswith(".dist-info") and path.name in ("LICENSE", "NOTICE"):
        return PurePosixPath(path.name)
    return None


def version(members: list) -> str:
    """The PyTorch version, out of the name of the metadata folder."""
    for member in members:
        folder = member.split("/")[0]
        if folder.startswith("torch-") and folder.endswith(".dist-info"):
            return folder[len("torch-") : -len(".dist-info")]
    raise WheelError("the wheel has no metadata; it is no PyTorch wheel")


def unpack(wheel: Path, expected: str, folder: Path) -> None:
    """Unpacks the wheel, whose hash must be the expected one, into the folder."""
    found = sha256(wheel)
    if found != expected:
        raise WheelError(f"{wheel.name} has SHA-256 {found}, not {expected}; the download is broken or another file")
    with zipfile.ZipFile(wheel) as archive:
        members = archive.namelist()
        cuda = any(PurePosixPath(member).name.startswith("libtorch_cuda.") for member in members)
        libraries = LIBRARIES if cuda else CPU_BUILD_LIBRARIES
        for member in members:
            inside = destination(member, libraries)
            if inside is None:
                continue
            target = folder / inside
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(member) as source, target.open("wb") as file:
                shutil.copyfileobj(source, file, CHUNK)
    if not any((folder / "lib").glob("libtorch_cpu.*")):
        raise WheelError(f"{wheel.name} holds no libtorch_cpu")
    # torch-sys reads this file and refuses a version that does not fit.
    (folder / "build-version").write_text(version(members) + "\n")


def main(arguments: list) -> int:
    """The command line."""
    if len(arguments) != 3:
        print("usage: unpack_wheel.py WHEEL SHA256 FOLDER", file=sys.stderr)
        return 2
    wheel, expected, folder = arguments
    try:
        unpack(Path(wheel), expected, Path(folder))
    except (WheelError, zipfile.BadZipFile, OSError) as error:
        print(f"{os.path.basename(wheel)}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
