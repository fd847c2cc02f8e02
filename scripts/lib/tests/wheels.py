"""Small wheels in the shape of PyTorch's, and a project folder to set up with them."""

import hashlib
import os
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

LIB = Path(__file__).resolve().parents[1]
ARM = {
    "torch/lib/libtorch_cpu.so": "cpu",
    "torch/lib/libtorch.so": "torch",
    "torch/lib/libc10.so": "c10",
    "torch/lib/libtorch_python.so": "python",
    "torch.libs/libopenblas-1.so": "blas",
    "torch/include/ATen/ATen.h": "header",
    "torch/nn/functional.py": "python",
    "torch-2.4.0.dist-info/LICENSE": "licence",
    "torch-2.4.0.dist-info/METADATA": "metadata",
}
CUDA = {**ARM, "torch/lib/libtorch_cuda.so": "cuda", "torch/lib/libc10_cuda.so": "cuda", "torch/lib/libgomp-1.so.1": "openmp"}
del CUDA["torch.libs/libopenblas-1.so"]


def write_wheel(path: Path, members: dict) -> str:
    """Writes the wheel and returns its SHA-256."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_program(path: Path, text: str) -> None:
    """Writes a shell script that can be run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n" + text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


class Project:
    """A checkout in a scratch folder, on a machine (uname, pip, cargo, df) that the test makes up."""

    def __init__(self, scratch: Path):
        self.root = scratch / "project"
        self.tools = scratch / "tools"
        self.home = scratch / "home"
        self.log = scratch / "log"
        (self.root / "scripts").mkdir(parents=True)
        (self.root / "scripts/lib").symlink_to(LIB)
        (self.root / "src").mkdir()
        (self.root / "src/main.rs").write_text("fn main() {}\n")
        (self.root / "Cargo.toml").write_text('version = "0.1.0"\nrust-version = "1.88"\n')
        self.home.mkdir()
        self.log.touch()
        self.wheel = scratch / "torch-2.4.0-cp311-cp311-manylinux2014_aarch64.whl"
        self.sha256 = write_wheel(self.wheel, ARM)
        self.machine("Linux", "aarch64")
        self.tool("rustc", "echo 'rustc 1.95.0 (0000 2026-04-14)'")
        self.tool("cc", "exit 0")
        self.tool("c++", "exit 0")
        self.tool("ldd", "echo 'ldd (GNU libc) 2.36'")
        self.tool("df", "printf 'Filesystem 1024-blocks Used Available\\n/dev/x 9 9 9999999\\n'")
        self.tool("cargo", f'echo "cargo $*" >>"{self.log}"\n'
                  'mkdir -p "$CARGO_TARGET_DIR/release"\n'
                  'printf \'#!/bin/sh\\necho "ran $*"\\n\' >"$CARGO_TARGET_DIR/release/ascribe"\n'
                  'chmod +x "$CARGO_TARGET_DIR/release/ascribe"')
        self.pip(f'cp "{self.wheel}" "$dest/"')

    def tool(self, name: str, text: str) -> None:
        """Puts a made-up program before the real ones."""
        write_program(self.tools / name, text + "\n")

    def machine(self, system: str, processor: str) -> None:
        """What uname says."""
        self.tool("uname", f'case $1 in -s) echo {system} ;; -m) echo {processor} ;; esac')

    def pip(self, download: str) -> None:
        """python3 whose `pip download` runs the given shell text; all else is the real Python."""
        self.tool("python3", f'''[ "$1 $2" = "-m pip" ] || exec "{sys.executable}" "$@"
[ "$3" = download ] || exit 0
echo "pip $*" >>"{self.log}"
while [ "$1" != --dest ]; do shift; done
dest=$2
{download}''')

    def run(self, commands: str, **environment: str) -> subprocess.CompletedProcess:
        """Runs shell text after the set-up files, as a script of the project does."""
        # Only the programs that every machine has stand behind the made-up ones.
        system = os.pathsep.join(["/usr/bin", "/bin", "/usr/sbin", "/sbin"])
        script = f'set -euo pipefail; ROOT={self.root}; . "$ROOT/scripts/lib/all.sh"\n' \
                 f'WHEEL_SHA256=${{WHEEL_SHA256:+{self.sha256}}}\n{commands}'
        return subprocess.run(
            ["bash", "-c", script], capture_output=True, text=True, check=False,
            env={"PATH": f"{self.tools}{os.pathsep}{system}", "HOME": str(self.home), **environment})

    @property
    def cached(self) -> Path:
        """Where libtorch belongs."""
        return self.home / ".cache/ascribe/libtorch-2.4.0-linux-aarch64"

    def leftovers(self) -> list:
        """What lies in the cache beside libtorch."""
        folder = self.cached.parent
        return [path.name for path in folder.iterdir() if path != self.cached] if folder.exists() else []
