"""Write a trained stance model for the program: 16-bit weights, config, development figures, agreement fixture.

`python -m ascribe_train.stance_export --data DIR --corpus DIR --encoder DIR --runs DIR [--weights best.pt]` fills RUNS/export. All
figures and the logits of the fixture come from the weights as rounded to 16 bits, computed in 32.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pathlib
import random

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer

from . import stance_data, stance_evaluate, stance_input
from .stance_batches import collate, items
from .stance_input import LABELS, load_tokenizer
from .stance_model import StanceModel
from .stance_swap import swap

# Invented: text, quote, holder, targets; the first hit of each string counts.
INVENTED = [
    ("“Norland has kept its word, and we thank its pilots,” the harbor master said on Friday, while Sudmark stayed silent.",
     "Norland has kept its word, and we thank its pilots,", "the harbor master", ["Norland", "Sudmark"]),
    ("Envoy Teska Ruel told reporters that the ferry had sunk.\n\n“Sudmark’s gunboats fired first — a cowardly act,” she added.",
     "Sudmark’s gunboats fired first — a cowardly act,", "she", ["Sudmark’s"]),
    ("The café owners’ union of Östmark met Norland’s minister, whom it called “neither friend nor foe” 🙂 of the trade.",
     "neither friend nor foe", "it", ["Norland’s", "Östmark"]),
    ("Premier Olm praised the Sudmark relief crews and blamed nobody.",
     "Premier Olm praised the Sudmark relief crews and blamed nobody.", None, ["Sudmark"]),
]


def rounded(model: StanceModel) -> StanceModel:
    """The model with every weight rounded to 16 bits, in 32-bit numbers."""
    model.load_state_dict({n: v.half().float() if v.is_floating_point() else v for n, v in model.state_dict().items()})
    return model


@torch.no_grad()
def fixture(model: StanceModel, tokenizer: Tokenizer) -> list[dict]:
    model.eval()
    out = []
    for text, quote, holder, targets in INVENTED:
        def span(words: str) -> tuple[int, int]:
            return text.index(words), text.index(words) + len(words)

        asked = [stance_data.Target(span(t), 0, 1.0, False) for t in targets]
        sample = stance_data.Sample("invented", "fixture", text, span(quote), holder and span(holder), asked)
        for item in items(tokenizer, [sample]):
            b = collate([item])
            logits = model(b.ids, b.types, b.mask, b.rows, b.opens)
            out.append({"text": text, "quote": list(sample.quote), "holder": list(sample.holder) if holder else None,
                        "targets": [list(asked[n].span) for n in item.made.targets], "ids": item.made.ids,
                        "types": item.made.types, "opens": item.made.opens,
                        "logits": [[round(x, 6) for x in row] for row in logits.tolist()]})
    return out


@torch.no_grad()
def swap_consistency(model: StanceModel, tokenizer: Tokenizer, data: pathlib.Path, device: torch.device, seed: int) -> dict:
    """How often the stance stays when the parties of a diplomacy dev quote are replaced by others."""
    rng = random.Random(seed)
    same = asked = 0
    for sample in stance_data.diplomacy(data, "dev"):
        guesses = []
        for one in (sample, swap(sample, rng)):
            answers = {}
            for item in items(tokenizer, [one]):
                logits, _, outside = stance_evaluate.predict(model, [item], device)
                for row, number, out in zip(logits, item.made.targets, outside):
                    answers[number] = int((row if out else row[:3]).argmax())
            guesses.append(answers)
        shared = set(guesses[0]) & set(guesses[1])
        asked += len(shared)
        same += sum(guesses[0][n] == guesses[1][n] for n in shared)
    return {"pairs": asked, "same": round(same / max(1, asked), 4)}


def main(given: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("data", "corpus", "encoder", "runs"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    parser.add_argument("--weights", default="best.pt", help="file in RUNS")
    parser.add_argument("--neutral", type=float, help="added to the neutral logit; without it what is best on the development sets")
    parser.add_argument("--none", type=float, default=0.0, help="added to the logit of `none`")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--swap-seed", type=int, default=3, help="below 0: leave the consistency out")
    args = parser.parse_args(given)
    torch.set_num_threads(args.threads)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    saved = torch.load(args.runs / args.weights, map_location="cpu", weights_only=False)
    model = StanceModel.pretrained(args.encoder)
    model.load_state_dict(saved["model"])
    tokenizer = load_tokenizer(args.encoder)
    sets = stance_evaluate.dev_sets(tokenizer, args.data, args.corpus, whole=True)
    offset, tried = stance_evaluate.neutral_offset(model.to(device), sets, device)
    offset = offset if args.neutral is None else args.neutral
    with torch.no_grad():
        model.out.bias[LABELS.index("neutral")] += offset
        model.out.bias[LABELS.index("none")] += args.none
    model = rounded(model.cpu())
    folder = args.runs / "export"
    folder.mkdir(exist_ok=True)
    weights = {name: value.half() for name, value in model.exported().items()}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    config = json.loads((args.encoder / "config.json").read_text("utf-8"))
    for name in ("_name_or_path", "gradient_checkpointing", "transformers_version", "use_cache"):
        config.pop(name, None)
    config["stance"] = {"labels": list(LABELS), "markers": {"holder": stance_input.HOLDER, "target": stance_input.TARGET},
                        "quote_pieces": stance_input.QUOTE, "before": stance_input.BEFORE, "after": stance_input.AFTER,
                        "reach_before": stance_input.REACH_BEFORE, "reach_after": stance_input.REACH_AFTER}
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", "utf-8")
    cases = fixture(model, tokenizer)
    (folder / "fixture.json").write_text(json.dumps(cases, indent=1, ensure_ascii=False) + "\n", "utf-8")
    figures = stance_evaluate.report(model.to(device), sets, device)
    figures["neutral_offset"] = {"added": offset, "macro_f1": tried, "none": args.none}
    if args.swap_seed >= 0:
        figures["swap_consistency"] = swap_consistency(model, tokenizer, args.data, device, args.swap_seed)
    figures["training"] = {k: saved[k] for k in ("epoch", "weights", "step", "settings")} | {"seconds": round(saved["seconds"])}
    for name in ("data", "corpus", "encoder", "runs", "init"):
        figures["training"]["settings"].pop(name, None)
    figures["weights_sha256"] = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    (folder / "metrics.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    print(stance_evaluate.line(figures))


if __name__ == "__main__":
    main()
