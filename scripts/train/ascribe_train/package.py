"""Put a model folder together: `python -m ascribe_train.package --attribution RUN --stance RUN --encoder DIR --name NAME --out models/`.

Writes 16-bit safetensors, configs, tokenizer and manifest, and the fixture that holds Rust and Python to the same
numbers: inputs made from invented sentences with the logits of the rounded weights, computed in single precision.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pathlib
import shutil

import torch
from safetensors.torch import save_file
from transformers import BertConfig

from . import pairs, stance_input
from .attribution import HIDDEN, WIDTH, AttributionModel
from .pieces import CLS, SEP, TYPES, cut, load_tokenizer
from .windows import NAMES, TAGS

TEXTS = [
    "OSLO — “The harbour stays open,” Mayor Ada Quill told the Northern Herald.\n\nShe said that the port would not close.",
    "NATO's envoy, İlker Moor, called the plan a \"brave step\" and thanked Turkey, two aides said on Monday.",
]


STANCE_SETS = ("diplomacy", "directed", "news_rw", "news_mt")


def digest(path: pathlib.Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def split_hashes(data: pathlib.Path) -> dict[str, str]:
    """One hash for the files of each split that was trained on, or on which the settings were chosen."""
    splits = {
        "polnear/train": "polnear/data/train/**/*.ann", "polnear/dev": "polnear/data/dev/**/*.ann",
        "gum/train": "gum/train/*.conllu", "gum/dev": "gum/dev/*.conllu",
        "gap/development": "gap/gap-development.tsv", "gap/validation": "gap/gap-validation.tsv",
        "diplomacy/train": "diplomacy/train.jsonl", "diplomacy/dev": "diplomacy/dev.jsonl",
        "directed_sentiment/train": "directed_sentiment/train.txt", "directed_sentiment/valid": "directed_sentiment/valid.txt",
        "newsmtsc/train": "newsmtsc/train.jsonl", "newsmtsc/dev": "newsmtsc/dev_*.jsonl",
    }
    out = {}
    for name, pattern in splits.items():
        total = hashlib.sha256()
        for path in sorted(data.glob(pattern)):
            total.update(path.read_bytes())
        out[name] = total.hexdigest()
    labels = pathlib.Path(__file__).resolve().parents[1] / "labels"
    return out | {f"labels/{name}": digest(labels / name) for name in ("quotations.tsv", "references.tsv", "sentences.tsv", "stance.tsv")}


def numbers(tensor: torch.Tensor) -> list:
    return [[round(float(x), 6) for x in row] for row in tensor]


def attribution_fixture(model: AttributionModel, tokenizer) -> list[dict]:
    out = []
    for text in TEXTS:
        pieces = cut(tokenizer, text)
        ids, types = [CLS, *pieces.ids, SEP], [0, *pieces.types, 0]
        with torch.no_grad():
            tags, names, vectors = model.encode(torch.tensor([ids]), torch.tensor([types]), torch.ones(1, len(ids), dtype=torch.long))
            query = vectors[0, 1:4, :WIDTH].mean(0, keepdim=True)
            key = vectors[0, 5:7, WIDTH:2 * WIDTH].mean(0, keepdim=True)
            link_features = torch.tensor([pairs.link((0, 3), (4, 6), pieces.paragraphs, pieces.inside, [(4, 6)], False)])
            link = model.link(query, key, link_features)
            antecedent_features = torch.tensor([pairs.antecedent((8, 9), (1, 3), pieces.paragraphs, pieces.inside, 0, False, 1, True, False)])
            antecedent = model.antecedent(query, key, antecedent_features)
        out.append({
            "text": text, "ids": ids, "types": types, "spans": pieces.spans,
            "tags": numbers(tags[0, 1:-1]), "names": numbers(names[0, 1:-1]),
            "vectors_sum": [round(float(x), 5) for x in vectors[0, 1:-1].sum(-1)],
            "pair": {"query": numbers(query), "key": numbers(key), "link_features": numbers(link_features),
                     "antecedent_features": numbers(antecedent_features),
                     "link": round(float(link), 6), "antecedent": round(float(antecedent), 6)},
        })
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--attribution", type=pathlib.Path, required=True)
    parser.add_argument("--weights", default="epoch3.pt", help="which weights of the attribution run")
    parser.add_argument("--stance", type=pathlib.Path, required=True, help="the export folder of the stance run")
    parser.add_argument("--encoder", type=pathlib.Path, required=True)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--fixture", type=pathlib.Path, required=True)
    args = parser.parse_args()
    folder = args.out / args.name
    folder.mkdir(parents=True, exist_ok=True)
    config = BertConfig.from_pretrained(args.encoder, type_vocab_size=TYPES)
    model = AttributionModel(config).eval()
    state = torch.load(args.attribution / args.weights, map_location="cpu", weights_only=True)
    half = {k: v.half().contiguous() for k, v in state.items() if "position_ids" not in k}
    model.load_state_dict({k: v.float() for k, v in half.items()}, strict=True)
    save_file(half, folder / "attribution.safetensors")
    (folder / "attribution.config.json").write_text(json.dumps(config.to_dict(), indent=1, sort_keys=True) + "\n")
    shutil.copy(args.stance / "model.safetensors", folder / "stance.safetensors")
    shutil.copy(args.stance / "config.json", folder / "stance.config.json")
    settings = json.loads((args.encoder / "tokenizer.json").read_text())
    settings["truncation"] = settings["padding"] = None
    (folder / "tokenizer.json").write_text(json.dumps(settings, ensure_ascii=False) + "\n")
    stance_metrics = json.loads((args.stance / "metrics.json").read_text())
    attribution_metrics = json.loads((args.attribution / "metrics.json").read_text())
    weights = lambda name: {"file": name, "sha256": digest(folder / name)}
    manifest = {
        "format": "ascribe-model/1", "name": args.name, "language": "en", "architecture": "bert",
        "config": "attribution.config.json", "tokenizer": weights("tokenizer.json"), "around": ["[CLS]", "[SEP]"],
        "weights": weights("attribution.safetensors"), "max_length": 256, "overlap": 48, "token_types": TYPES,
        "tags": TAGS, "names": NAMES, "vector_width": WIDTH, "pair_hidden": HIDDEN, "pair_features": [pairs.LINK, pairs.ANTECEDENT],
        "stance": {
            "architecture": "bert", "config": "stance.config.json", "weights": weights("stance.safetensors"),
            "labels": list(stance_input.LABELS), "max_length": 512, "context_before": stance_input.BEFORE,
            "context_after": stance_input.AFTER, "markers": ["[unused1]", "[unused2]", "[unused3]", "[unused4]"],
            "temperature": stance_metrics["calibration"]["three_class"]["temperature"],
        },
        "temperatures": {}, "data": split_hashes(args.data),
        "dev": {
            **{f"attribution.{name}": round(value, 4) for name, value in attribution_metrics["dev"].items()},
            **{f"stance.{name}.macro_f1": stance_metrics[name]["macro_f1"] for name in STANCE_SETS},
        },
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
    tokenizer = load_tokenizer(args.encoder)
    stance = json.loads((args.stance / "fixture.json").read_text())
    fixture = {"model": args.name, "attribution": attribution_fixture(model, tokenizer), "stance": stance}
    args.fixture.write_text(json.dumps(fixture, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
