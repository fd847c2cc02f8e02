"""The release build: made once, made again when something changed, and not otherwise."""

import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from wheels import Project  # noqa: E402

BUILD = "cargo build --release --bin ascribe --quiet\n"


class BuildTest(unittest.TestCase):
    """A project whose cargo only notes that it was called."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.project = Project(Path(scratch.name))

    def build(self, **environment):
        """Runs the set-up, and then the program with an argument that holds a blank."""
        run = self.project.run('ensure_libtorch; ensure_program; exec "$(program_path)" annotate "two words"', **environment)
        self.assertEqual(run.returncode, 0, run.stderr)
        return run.stdout

    def builds(self):
        """How often cargo was asked to build."""
        return self.project.log.read_text().count(BUILD)

    def test_the_second_start_calls_no_cargo(self):
        self.assertEqual(self.build(), "ran annotate two words\n")
        self.assertEqual(self.builds(), 1)
        self.assertEqual(self.build(), "ran annotate two words\n")
        self.assertEqual(self.builds(), 1)

    def test_a_changed_or_removed_source_calls_cargo(self):
        source = self.project.root / "src/main.rs"
        self.build()
        time.sleep(0.02)
        source.write_text("fn main() { changed() }\n")
        self.build()
        self.assertEqual(self.builds(), 2)
        time.sleep(0.02)
        source.unlink()
        self.build()
        self.assertEqual(self.builds(), 3)

    def test_another_libtorch_calls_cargo(self):
        own = self.project.root / "own"
        (own / "lib").mkdir(parents=True)
        (own / "lib/libtorch_cpu.so").touch()
        (own / "build-version").write_text("2.4.0\n")
        self.build()
        self.build(LIBTORCH=str(own))
        self.assertEqual(self.builds(), 2)

    def test_a_failed_build_is_not_remembered_as_done(self):
        cargo = (self.project.tools / "cargo").read_text()
        self.project.tool("cargo", f'echo "cargo $*" >>"{self.project.log}"; echo "error[E0425]" >&2; exit 101')
        run = self.project.run("ensure_libtorch; ensure_program")
        self.assertEqual(run.returncode, 2)
        self.assertIn("error[E0425]", run.stderr)
        self.assertIn("the build failed", run.stderr)
        (self.project.tools / "cargo").write_text(cargo)
        self.build()
        self.assertEqual(self.builds(), 2)

    def test_the_target_folder_of_the_user_is_used(self):
        target = self.project.root / "elsewhere"
        self.build(CARGO_TARGET_DIR=str(target))
        self.assertTrue((target / "release/ascribe").exists())
        self.assertFalse((self.project.root / "target").exists())


if __name__ == "__main__":
    unittest.main()
