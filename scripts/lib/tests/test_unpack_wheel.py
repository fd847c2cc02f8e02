"""What is taken out of a wheel, and what is refused."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import unpack_wheel  # noqa: E402
from wheels import ARM, CUDA, write_wheel  # noqa: E402


class UnpackTest(unittest.TestCase):
    """Wheels with a few bytes a member."""

    def unpack(self, members):
        """Unpacks a wheel of these members; returns the files in the folder."""
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        wheel, folder = Path(scratch.name) / "torch.whl", Path(scratch.name) / "libtorch"
        unpack_wheel.unpack(wheel, write_wheel(wheel, members), folder)
        return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())

    def test_a_cpu_wheel_gives_its_libraries_and_what_they_need(self):
        self.assertEqual(self.unpack(ARM), [
            "LICENSE", "build-version", "include/ATen/ATen.h",
            "lib/libc10.so", "lib/libopenblas-1.so", "lib/libtorch.so", "lib/libtorch_cpu.so"])

    def test_a_cuda_wheel_gives_nothing_of_cuda(self):
        self.assertEqual(self.unpack(CUDA), [
            "LICENSE", "build-version", "include/ATen/ATen.h",
            "lib/libc10.so", "lib/libgomp-1.so.1", "lib/libtorch_cpu.so"])

    def test_a_member_that_climbs_out_is_left_out(self):
        self.assertNotIn("evil.h", " ".join(self.unpack({**ARM, "torch/include/../../evil.h": "evil"})))

    def test_another_hash_is_refused(self):
        with tempfile.TemporaryDirectory() as scratch:
            wheel = Path(scratch) / "torch.whl"
            write_wheel(wheel, ARM)
            with self.assertRaisesRegex(unpack_wheel.WheelError, "not 0000; the download is broken"):
                unpack_wheel.unpack(wheel, "0000", Path(scratch) / "libtorch")
            self.assertFalse((Path(scratch) / "libtorch").exists())

    def test_a_wheel_of_something_else_is_refused(self):
        with self.assertRaisesRegex(unpack_wheel.WheelError, "holds no libtorch_cpu"):
            self.unpack({"numpy/core.py": "", "numpy-2.0.dist-info/METADATA": ""})


if __name__ == "__main__":
    unittest.main()
