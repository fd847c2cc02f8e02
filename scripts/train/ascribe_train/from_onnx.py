"""A pretrained BERT out of an ONNX file: `python -m ascribe_train.from_onnx FOLDER OUT`.

FOLDER holds `config.json`, `tokenizer.json` and `onnx/model.onnx`, as exported for the web; OUT gets the same encoder as
`pretrained` reads it: `config.json`, `model.safetensors`, `tokenizer.json` and `vocab.txt`. An exporter keeps the names of
all weights but those of linear layers, which stand transposed under numbers: there the operation has the layer's name.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import shutil

import onnx
import torch
from onnx import numpy_helper
from transformers import BertConfig, BertModel


def weights(graph: onnx.GraphProto) -> dict[str, torch.Tensor]:
    """The weights of an encoder under the names of a `BertModel`."""
    stored = {tensor.name: torch.tensor(numpy_helper.to_array(tensor)) for tensor in graph.initializer}
    found = {name: value for name, value in stored.items() if name.startswith(("embeddings.", "encoder."))}
    for node in graph.node:
        factors = [stored[name] for name in node.input if name in stored]
        if node.op_type == "MatMul" and node.name.startswith("/encoder/") and factors:
            layer = node.name.removeprefix("/").removesuffix("/MatMul").replace("/", ".")
            found[f"{layer}.weight"] = factors[0].T.contiguous()
    return found


def encoder(folder: pathlib.Path) -> BertModel:
    """The encoder of a folder; an error where the file lacks a weight or holds one of another network."""
    model = BertModel(BertConfig.from_pretrained(folder), add_pooling_layer=False)
    model.load_state_dict(weights(onnx.load(folder / "onnx" / "model.onnx").graph))
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    args = parser.parse_args()
    encoder(args.folder).save_pretrained(args.out)
    shutil.copy(args.folder / "tokenizer.json", args.out)
    vocabulary = json.loads((args.folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    (args.out / "vocab.txt").write_text("".join(f"{piece}\n" for piece in sorted(vocabulary, key=vocabulary.get)), "utf-8")


if __name__ == "__main__":
    main()
