"""Runs a command and prints the most memory that it had, in kilobytes: peak.py COMMAND…"""

import resource
import subprocess
import sys

if __name__ == "__main__":
    subprocess.run(sys.argv[1:], check=True, stderr=subprocess.DEVNULL)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    # macOS counts bytes.
    print(peak // 1024 if sys.platform == "darwin" else peak)
