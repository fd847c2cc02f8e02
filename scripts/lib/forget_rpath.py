"""Takes the folder of the build machine out of a Linux program's library search path, in place.

usage: forget_rpath.py PROGRAM

The build writes `$ORIGIN/../lib:/the/build/machine/libtorch/lib`. In a package only the first may stay: the second
names a folder of somebody else's machine. A string in ELF ends at its first zero byte, so that the rest can be
overwritten with zeros without moving anything.
"""

import sys
from pathlib import Path

OWN = b"$ORIGIN/../lib"


def forget(program: bytes) -> bytes:
    """The program's bytes without what follows its own folder in the search path."""
    start = program.find(OWN)
    if start < 0:
        raise ValueError("it has no $ORIGIN/../lib in its search path; was build.rs left out?")
    start += len(OWN)
    end = program.index(b"\0", start)
    return program[:start] + bytes(end - start) + program[end:]


def main(arguments: list) -> int:
    """The command line."""
    if len(arguments) != 1:
        print("usage: forget_rpath.py PROGRAM", file=sys.stderr)
        return 2
    program = Path(arguments[0])
    try:
        program.write_bytes(forget(program.read_bytes()))
    except (OSError, ValueError) as error:
        print(f"{program}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
