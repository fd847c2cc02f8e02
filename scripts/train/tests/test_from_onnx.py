"""A pretrained encoder read from an ONNX file."""

import pathlib
import sys
import tempfile
import unittest

import torch
from transformers import BertConfig, BertModel

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from ascribe_train import from_onnx  # noqa: E402


class FromOnnx(unittest.TestCase):
    def test_an_exported_encoder_comes_back_weight_for_weight(self):
        torch.manual_seed(1)
        config = BertConfig(vocab_size=30, hidden_size=8, num_hidden_layers=2, num_attention_heads=2, intermediate_size=12,
                            max_position_embeddings=16)
        model = BertModel(config, add_pooling_layer=False).eval()
        for weight in model.parameters():
            # An exporter stores equal weights once, as no trained network has them.
            torch.nn.init.normal_(weight)
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            config.save_pretrained(folder)
            (folder / "onnx").mkdir()
            ids = torch.ones(1, 4, dtype=torch.long)
            torch.onnx.export(model, (ids, ids, ids), str(folder / "onnx" / "model.onnx"))
            read = from_onnx.encoder(folder)
        for weight, value in model.state_dict().items():
            self.assertTrue(torch.equal(value, read.state_dict()[weight]), weight)


if __name__ == "__main__":
    unittest.main()
