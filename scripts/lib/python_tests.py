"""Runs the unit tests beside the Python scripts: tests/test_*.py of each folder given.

usage: python_tests.py FOLDER…

The training code needs PyTorch, which a machine that only builds and runs the program does not have. A test file that
cannot be loaded for want of such a package is skipped by name; any other failure to load is a failure.
"""

import importlib.util
import sys
import unittest
from pathlib import Path


def load(file: Path) -> "unittest.TestSuite | None":
    """The tests of one file; None if they need a package that is not installed."""
    spec = importlib.util.spec_from_file_location(f"{file.parent.parent.name}_{file.stem}", file)
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except ModuleNotFoundError as error:
        name = (error.name or "").split(".")[0]
        ours = file.parent.parent / name
        if not name or ours.exists() or ours.with_suffix(".py").exists():
            raise
        print(f"skipped {file}: {name} is not installed", file=sys.stderr)
        return None
    return unittest.defaultTestLoader.loadTestsFromModule(module)


def main(folders: list) -> int:
    """The command line."""
    suite = unittest.TestSuite()
    for folder in map(Path, folders):
        sys.path.insert(0, str(folder.resolve()))
        suite.addTests(tests for file in sorted(folder.glob("tests/test_*.py")) if (tests := load(file)))
    return 0 if unittest.TextTestRunner().run(suite).wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
