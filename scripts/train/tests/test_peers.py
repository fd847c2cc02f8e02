"""Tests of training in several processes: two are started here, as `torchrun` would."""

import os
import pathlib
import socket
import sys
import unittest
from unittest import mock

import torch
from torch import multiprocessing, nn

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from ascribe_train.peers import Peers  # noqa: E402


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def peer(rank: int, port: int, answers: multiprocessing.Queue) -> None:
    os.environ.update(WORLD_SIZE="2", RANK=str(rank), MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port))
    peers = Peers()
    weights = [nn.Parameter(torch.full((2, 3), float(rank))), nn.Parameter(torch.tensor([rank * 10.0]))]
    furthest = peers.meet(weights, 0.25 + rank / 2)
    answers.put((rank, peers.share(list(range(5))), furthest, [w.flatten().tolist() for w in weights]))
    answers.close()
    answers.join_thread()


class TestPeers(unittest.TestCase):
    def test_two_share_the_batches_and_take_the_mean_of_their_weights(self):
        context = multiprocessing.get_context("spawn")
        answers, port = context.Queue(), free_port()
        started = [context.Process(target=peer, args=(rank, port, answers)) for rank in range(2)]
        for process in started:
            process.start()
        seen = sorted(answers.get(timeout=120) for _ in started)
        for process in started:
            process.join()
        mean = [[0.5] * 6, [5.0]]
        self.assertEqual(seen, [(0, [0, 2], 0.75, mean), (1, [1, 3], 0.75, mean)])

    def test_one_alone_has_all_batches_and_keeps_its_weights(self):
        with mock.patch.dict(os.environ):
            os.environ.pop("WORLD_SIZE", None)
            peers = Peers()
        weights = [nn.Parameter(torch.ones(2))]
        self.assertEqual((peers.share([1, 2, 3]), peers.meet(weights, 0.5)), ([1, 2, 3], 0.5))
        self.assertEqual(weights[0].tolist(), [1.0, 1.0])


if __name__ == "__main__":
    unittest.main()
