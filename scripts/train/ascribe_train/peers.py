"""Local SGD: processes that learn from batches of their own and every few steps take the mean of their weights
(Stich, "Local SGD Converges Fast and Communicates Little", ICLR 2019). Alone where no launcher (`torchrun`) started several.
"""

from __future__ import annotations

import datetime
import os

import torch
from torch import distributed, nn

PATIENCE = datetime.timedelta(hours=1)


class Peers:
    def __init__(self) -> None:
        self.count, self.rank = int(os.environ.get("WORLD_SIZE", "1")), int(os.environ.get("RANK", "0"))
        if self.count > 1:
            distributed.init_process_group("gloo", timeout=PATIENCE)

    def share(self, batches: list) -> list:
        """This process's part of the batches; all parts are equally long."""
        return batches[self.rank:len(batches) // self.count * self.count:self.count]

    def meet(self, parameters: list[nn.Parameter], progress: float) -> float:
        """Give all the mean of their parameters; returns the progress of the furthest."""
        if self.count == 1:
            return progress
        with torch.no_grad():
            flat = torch.cat([p.reshape(-1) for p in parameters])
            distributed.all_reduce(flat)
            for parameter, mean in zip(parameters, flat.div_(self.count).split([p.numel() for p in parameters])):
                parameter.copy_(mean.view_as(parameter))
        furthest = torch.tensor(progress, dtype=torch.float64)
        distributed.all_reduce(furthest, distributed.ReduceOp.MAX)
        return furthest.item()
