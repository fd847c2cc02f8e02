"""Fit the curves of calibration of a model folder: `python -m ascribe_train.calibrate MANIFEST NAME=EVAL.json[,EVAL.json] ...`.

NAME is a kind of confidence (`span`, `speaker`) or that of answers of one kind (`speaker, a pronoun`), as in the report.
`ascribe eval … --json EVAL.json` tells for bins of like probability how often the answers were right (`reliability`). Isotonic
regression over the bins (pool adjacent violators; Zadrozny and Elkan, 2002) gives a rising curve for the manifest; by the rule of
succession, so that no number of right answers makes the next one certain. Evaluate
with a manifest without curves first (`--clear` takes them out), and on development data only.
"""

from __future__ import annotations

import itertools
import json
import pathlib
import sys

LEAST = 25  # answers behind a knot


def bins(paths: list[str], name: str) -> list[tuple[float, float, int]]:
    out = []
    for path in paths:
        for one in json.loads(pathlib.Path(path).read_text("utf-8"))["reliability"]:
            if one["name"] == name:
                out.extend((b["said"], b["right"], b["n"]) for b in one["bins"])
    return sorted(out)


def isotonic(points: list[tuple[float, float, int]], least: int = LEAST) -> list[list[float]]:
    """Knots (mean said, share right) of pooled bins, rising, with at least `least` answers each, none of them at 0 or 1."""
    pools: list[list[float]] = []
    for said, right, n in points:
        pools.append([said * n, right * n, n])
        while len(pools) > 1 and (pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2] or pools[-2][2] < least):
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last)]
    if len(pools) > 1 and pools[-1][2] < least:
        last = pools.pop()
        pools[-1] = [a + b for a, b in zip(pools[-1], last)]
    rising = itertools.accumulate(((right + 1) / (n + 2) for _, right, n in pools), max)
    knots = [[round(said / n, 4), round(share, 4)] for (said, _, n), share in zip(pools, rising)]
    return [k for i, k in enumerate(knots) if i == 0 or k[0] > knots[i - 1][0]]


def main() -> None:
    path = pathlib.Path(sys.argv[1])
    manifest = json.loads(path.read_text("utf-8"))
    if "--clear" in sys.argv:
        manifest.pop("calibration", None)
    for argument in sys.argv[2:]:
        if "=" in argument:
            name, files = argument.split("=", 1)
            points = bins(files.split(","), name)
            if sum(p[2] for p in points) < 2 * LEAST:
                print(f"{name}: {sum(p[2] for p in points)} answers are too few for a curve")
                continue
            manifest.setdefault("calibration", {})[name] = isotonic(points)
            print(f"{name}: {sum(p[2] for p in points)} answers, knots {manifest['calibration'][name]}")
    path.write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
