"""Getting libtorch: out of the wheel, once and whole, or the user's own."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from wheels import Project, write_wheel  # noqa: E402


class LibtorchTest(unittest.TestCase):
    """Each test has a fresh machine: an empty home and a project without a link."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = Path(scratch.name)
        self.project = Project(self.scratch)

    def set_up(self, **environment):
        """Runs ensure_libtorch."""
        return self.project.run("ensure_libtorch", **environment)

    def assert_refused(self, run, *texts):
        """It ended with status 2 and says these things; and nothing is taken for libtorch."""
        self.assertEqual(run.returncode, 2, run.stderr)
        for text in texts:
            self.assertIn(text, run.stderr)
        self.assertFalse(self.project.cached.exists())
        self.assertEqual(self.project.leftovers(), [])

    def test_a_fresh_machine_gets_the_libraries_and_a_link(self):
        run = self.set_up()
        self.assertEqual(run.returncode, 0, run.stderr)
        link = self.project.root / ".cache/libtorch"
        self.assertEqual(link.resolve(), self.project.cached.resolve())
        self.assertEqual((link / "lib/libopenblas-1.so").read_text(), "blas")
        self.assertEqual((link / "build-version").read_text(), "2.4.0\n")
        self.assertEqual(self.project.leftovers(), [])
        self.assertEqual(run.stdout, "")

    def test_the_second_time_nothing_is_downloaded(self):
        self.set_up()
        self.project.pip("exit 1")
        self.assertEqual(self.set_up().returncode, 0)
        (self.project.root / ".cache/libtorch").unlink()
        self.assertEqual(self.set_up().returncode, 0)

    def test_a_download_that_breaks_off_leaves_nothing_and_can_be_repeated(self):
        self.project.pip('head -c 100 "%s" >"$dest/torch-2.4.0.whl"; echo "connection lost" >&2; exit 1' % self.project.wheel)
        self.assert_refused(self.set_up(), "connection lost", "could not download the PyTorch wheel")
        self.project.pip(f'cp "{self.project.wheel}" "$dest/"')
        self.assertEqual(self.set_up().returncode, 0)

    def test_half_a_wheel_is_not_taken_for_a_whole_one(self):
        self.project.pip('head -c 100 "%s" >"$dest/torch-2.4.0.whl"' % self.project.wheel)
        self.assert_refused(self.set_up(), "the download is broken", "could not unpack")

    def test_what_a_killed_run_left_is_removed(self):
        self.project.pip("kill -9 $PPID; sleep 1; exit 1")
        self.assertEqual(self.set_up().returncode, -9)
        self.assertEqual(len(self.project.leftovers()), 1)
        self.assertFalse(self.project.cached.exists())
        self.project.pip(f'cp "{self.project.wheel}" "$dest/"')
        self.assertEqual(self.set_up().returncode, 0)
        self.assertEqual(self.project.leftovers(), [])

    def test_a_run_that_comes_second_takes_the_folder_of_the_first(self):
        self.project.pip(f'cp "{self.project.wheel}" "$dest/"; mkdir -p "{self.project.cached}"; '
                         f'echo 2.4.0 >"{self.project.cached}/build-version"')
        run = self.set_up()
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(self.project.leftovers(), [])
        self.assertEqual([path.name for path in self.project.cached.iterdir()], ["build-version"])

    def test_a_wheel_at_hand_needs_no_pip(self):
        self.project.tool("python3", f'[ "$1 $2" != "-m pip" ] || exit 1\nexec "{sys.executable}" "$@"')
        self.assert_refused(self.set_up(), "python3 has no pip")
        run = self.set_up(ASCRIBE_TORCH_WHEEL=str(self.project.wheel))
        self.assertEqual(run.returncode, 0, run.stderr)

    def test_another_wheel_at_hand_is_refused(self):
        other = self.scratch / "torch-2.4.0-other.whl"
        write_wheel(other, {"torch/lib/libtorch_cpu.so": "other"})
        self.assert_refused(self.set_up(ASCRIBE_TORCH_WHEEL=str(other)), "has SHA-256", "could not unpack")

    def test_a_full_disk_is_told_before_the_download(self):
        self.project.tool("df", "printf 'Filesystem 1024-blocks Used Available\\n/dev/x 9 9 102400\\n'")
        self.assert_refused(self.set_up(), "needs 600 MB, 100 MB are free", "XDG_CACHE_HOME")
        self.assertEqual(self.project.log.read_text(), "")

    def test_missing_tools_are_told_before_the_download(self):
        self.project.tool("rustc", "echo 'rustc 1.70.0'")
        self.assert_refused(self.set_up(), "Rust 1.70.0 is too old; 1.88 or newer", "rustup update")
        self.project.tool("rustc", "echo 'rustc 1.88.0'")
        self.assert_refused(self.set_up(CXX="no-such-compiler -O2"), "no C and C++ compiler", "build-essential")
        (self.project.tools / "cargo").unlink()
        if not Path("/usr/bin/cargo").exists():
            self.assert_refused(self.set_up(), "cargo is not installed", "rustup.rs")

    def test_other_platforms_are_told_what_is_supported(self):
        self.project.machine("Linux", "riscv64")
        self.assert_refused(self.set_up(), "no ready libtorch 2.4.0 for linux riscv64", "set LIBTORCH")
        self.project.machine("Darwin", "x86_64")
        self.assert_refused(self.set_up(), "for macos x86_64")
        self.project.machine("Linux", "aarch64")
        self.project.tool("ldd", "echo 'musl libc (aarch64)' >&2; exit 1")
        self.assert_refused(self.set_up(), "this Linux uses musl")

    def test_each_platform_asks_for_its_own_wheel(self):
        for system, processor, tag in (("Linux", "x86_64", "manylinux1_x86_64"),
                                       ("Linux", "aarch64", "manylinux2014_aarch64"),
                                       ("Darwin", "arm64", "macosx_11_0_arm64")):
            self.project.machine(system, processor)
            self.project.tool("xcode-select", "exit 0")
            self.project.pip("exit 1")
            self.set_up()
            self.assertIn(f"--platform {tag} ", self.project.log.read_text())


class OwnLibtorchTest(unittest.TestCase):
    """LIBTORCH of the user wins, if it fits."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.project = Project(Path(scratch.name))
        self.own = Path(scratch.name) / "own"
        (self.own / "lib").mkdir(parents=True)

    def set_up(self):
        """Runs ensure_libtorch with the user's own and prints what it settled on."""
        return self.project.run('ensure_libtorch; echo "$LIBTORCH_IN_USE"', LIBTORCH=str(self.own))

    def test_it_is_taken_and_nothing_is_fetched(self):
        (self.own / "lib/libtorch_cpu.so").touch()
        (self.own / "build-version").write_text("2.4.0+cpu\n")
        run = self.set_up()
        self.assertEqual(run.stdout, f"{self.own}\n", run.stderr)
        self.assertFalse((self.project.root / ".cache").exists())
        self.assertEqual(self.project.log.read_text(), "")

    def test_the_version_may_stand_in_the_header(self):
        (self.own / "lib/libtorch_cpu.so").touch()
        header = self.own / "include/torch/csrc/api/include/torch/version.h"
        header.parent.mkdir(parents=True)
        header.write_text('#define TORCH_VERSION "2.4.0"\n')
        self.assertEqual(self.set_up().returncode, 0)

    def test_another_version_is_refused(self):
        (self.own / "lib/libtorch_cpu.so").touch()
        (self.own / "build-version").write_text("2.1.0\n")
        run = self.set_up()
        self.assertEqual(run.returncode, 2)
        self.assertIn("holds version 2.1.0; tch is made for 2.4.0", run.stderr)

    def test_a_folder_without_the_library_is_refused(self):
        run = self.set_up()
        self.assertEqual(run.returncode, 2)
        self.assertIn("there is no lib/libtorch_cpu.so in it", run.stderr)


if __name__ == "__main__":
    unittest.main()
