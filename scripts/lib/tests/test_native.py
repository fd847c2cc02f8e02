"""What is done to real libraries and programs: the CUDA stand-ins and the search path of a packaged program."""

import platform
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import forget_rpath  # noqa: E402

LIB = Path(__file__).resolve().parents[1]
TOOLS = platform.system() == "Linux" and all(map(shutil.which, ("cc", "nm", "readelf")))


def compile_library(folder: Path, name: str, source: str, *arguments: str) -> None:
    """Compiles a library of C."""
    file = folder / f"{name}.c"
    file.write_text(source)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", folder / name, file, *arguments], check=True)


@unittest.skipUnless(TOOLS, "needs a C compiler on Linux")
class NativeTest(unittest.TestCase):
    """Libraries of a few functions, made here."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name) / "lib"
        self.folder.mkdir()

    def test_stubs_stand_in_for_the_cuda_libraries(self):
        soname = "libcudart.so.12"
        version = self.folder / "version.map"
        version.write_text(f"{soname} {{ global: *; }};")
        compile_library(self.folder, soname, "int cudaGetDevice(void) { return 0; }\n"
                        'const char *cudaGetErrorString(int e) { (void)e; return "real"; }',
                        f"-Wl,-soname,{soname}", f"-Wl,--version-script,{version}")
        compile_library(self.folder, "libtorch_cpu.so",
                        "int cudaGetDevice(void); const char *cudaGetErrorString(int);\n"
                        "int device(void) { return cudaGetDevice(); }\n"
                        "const char *error(void) { return cudaGetErrorString(1); }",
                        str(self.folder / soname), "-Wl,-rpath,$ORIGIN")
        (self.folder / soname).unlink()
        subprocess.run(["bash", "-euo", "pipefail", "-c", f'. "{LIB}/cuda_stubs.sh"; write_cuda_stubs "{self.folder}"'], check=True)

        self.assertFalse((self.folder / "libcupti.so.12").exists(), "nothing needs it here")
        self.assertTrue((self.folder / "libtorch.so").exists())
        program = self.folder / "call.c"
        program.write_text("#include <stdio.h>\nint device(void); const char *error(void);\n"
                           'int main(void) { printf("%d %s\\n", device(), error()); return 0; }')
        subprocess.run(["cc", "-o", self.folder / "call", program, self.folder / "libtorch_cpu.so",
                        f"-Wl,-rpath,{self.folder}"], check=True)
        said = subprocess.run([self.folder / "call"], capture_output=True, text=True, check=True).stdout
        self.assertEqual(said, "100 no CUDA in this build\n")

    def test_a_packaged_program_forgets_the_build_folder_and_still_runs(self):
        source = self.folder / "main.c"
        source.write_text("int main(void) { return 7; }")
        program = self.folder / "program"
        subprocess.run(["cc", "-o", program, source, "-Wl,-rpath,$ORIGIN/../lib", "-Wl,-rpath,/build/machine/lib"], check=True)
        self.assertIn(b"/build/machine/lib", program.read_bytes())
        self.assertEqual(forget_rpath.main([str(program)]), 0)
        self.assertNotIn(b"/build/machine", program.read_bytes())
        dynamic = subprocess.run(["readelf", "-d", program], capture_output=True, text=True, check=True).stdout
        self.assertIn("[$ORIGIN/../lib]", dynamic)
        self.assertEqual(subprocess.run([program], check=False).returncode, 7)


class ForgetTest(unittest.TestCase):
    """The bytes alone."""

    def test_a_program_without_its_own_folder_is_refused(self):
        with self.assertRaisesRegex(ValueError, "was build.rs left out"):
            forget_rpath.forget(b"\x7fELF nothing here\0")

    def test_nothing_moves(self):
        before = b"abc\0$ORIGIN/../lib:/home/somebody/lib\0def"
        after = forget_rpath.forget(before)
        self.assertEqual(after, b"abc\0$ORIGIN/../lib" + bytes(len(":/home/somebody/lib")) + b"\0def")


if __name__ == "__main__":
    unittest.main()
