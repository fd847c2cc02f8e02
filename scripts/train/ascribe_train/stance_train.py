"""Train the stance model: `python -m ascribe_train.stance_train --data DIR --encoder DIR --runs DIR`.

Every epoch mixes a share of each data set (`--plan`), ending on epochs heavy in diplomacy. Runs on the CPU and on
CUDA unchanged, and as several processes that share the work (`torchrun --nproc-per-node 2 -m ascribe_train.stance_train ...`);
a run that was stopped goes on from its last checkpoint when the same command is given again.
RUNS gets train.log, dev.jsonl (figures after each epoch), checkpoint.pt and best.pt.
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import random
import time

import torch
from torch import nn

from . import bank, stance_bank, stance_data, stance_evaluate
from .peers import Peers
from .stance_batches import Batch, batches, collate, epoch_samples, items, varied
from .stance_input import load_tokenizer
from .stance_loss import Averaged, Loss, disagreement, factor, taught
from .stance_teacher import freeze, loaded, pretrained
from .twin import Twin, fast

POOLS = ("diplomacy", "directed", "news", "bank", "corpus", "soft", "directed_own", "news_own", "entities")


def arguments(given: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--encoder", type=pathlib.Path, required=True)
    parser.add_argument("--runs", type=pathlib.Path, required=True)
    parser.add_argument("--corpus", type=pathlib.Path, required=True, help="our own corpus, with gold and the stance bank")
    parser.add_argument("--init", type=pathlib.Path, help="weights to start from (best.pt of a run) instead of the encoder")
    parser.add_argument("--labels", type=pathlib.Path, help="more quotations of the diplomacy articles, labelled in the same manner")
    parser.add_argument("--sentences", type=pathlib.Path, help="sentences of those articles, labelled in the manner of the public sets")
    parser.add_argument("--quotations", type=pathlib.Path, help="quotations of those articles, labelled toward whomever they name")
    parser.add_argument("--soft", type=pathlib.Path, help="soft labels of a teacher (stance_soft)")
    parser.add_argument("--plan", default="1,.7,1,1,1,1,1,1,1;1,.7,.8,1,2,1,1,1,1;1,.4,.5,2,2,1,.5,.5,1;1,.25,.3,2,2,1,.3,.3,1;1,.25,.3,2,2,1,.3,.3,1",
                        help="an epoch each: shares of diplomacy, directed, news, bank, corpus, soft labels, our sentences (directed, news), our quotations")
    parser.add_argument("--tokens", type=int, default=1280, help="padded tokens a batch")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=6e-4)
    parser.add_argument("--swap", type=float, default=0.5, help="share of diplomacy quotes whose parties are replaced")
    parser.add_argument("--reverse", type=float, default=0.4, help="weight of the unlabelled direction of a directed pair")
    parser.add_argument("--even", type=float, default=0.4, help="weight of a neutral sentence of ours in the manner of NewsMTSC")
    parser.add_argument("--unsure", type=float, default=0.5, help="weight of a label marked as unsure")
    parser.add_argument("--ema", type=float, default=0.998)
    parser.add_argument("--smoothing", type=float, default=0.05)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--narrow", action=argparse.BooleanOptionalAction, default=fast(), help="the encoder in bfloat16")
    parser.add_argument("--agree", type=float, default=0.0,
                        help="weight of the divergence between two readings of each pass, with other names and dropout")
    parser.add_argument("--agree-from", type=float, default=0.0, help="part of the run that is over when the second reading begins")
    parser.add_argument("--teacher", type=pathlib.Path, help="weights (best.pt of a run) whose answers to each pass are learned with the labels")
    parser.add_argument("--teacher-encoder", type=pathlib.Path, help="the encoder those weights belong to")
    parser.add_argument("--teach", type=float, default=1.0, help="weight of the divergence from the teacher's answers")
    parser.add_argument("--meet", type=int, default=20, help="steps after which several processes take the mean of their weights")
    parser.add_argument("--freeze", type=int, default=0, help="layers from the bottom that stay as pretrained")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--save-every", type=int, default=400, help="steps between checkpoints")
    parser.add_argument("--minutes", type=float, default=0, help="end after so long; the rate falls with the time too")
    parser.add_argument("--limit", type=int, default=0, help="stop after so many steps (a trial run)")
    return parser.parse_args(given)


def load_pools(args: argparse.Namespace) -> dict[str, list[stance_data.Sample]]:
    directed = stance_data.directed(stance_data.directed_rows(args.data, "train"), args.reverse)
    diplomacy = stance_data.diplomacy(args.data, "train", args.unsure)
    if args.labels:
        diplomacy += stance_data.around_quotes(args.data, stance_data.own_labels(args.labels), args.unsure)
    soft = torch.load(args.soft, weights_only=False) if args.soft else []
    sentences = stance_data.own_sentences(args.data, args.sentences, args.even, args.reverse) if args.sentences else {}
    entities = stance_data.entities(args.data, args.quotations, args.unsure) if args.quotations else []
    return {**sentences, "entities": entities, "diplomacy": diplomacy, "directed": directed, "news": stance_data.news(args.data, "train", together=True),
            "corpus": stance_bank.corpus(args.corpus / "gold", "train"), "soft": soft}


def pick_directions(samples: list[stance_data.Sample], rng: random.Random) -> list[stance_data.Sample]:
    """Of a neutral directed row one direction; of another row the labelled one, and now and then the other too."""
    out = []
    for labelled, other in zip(samples[::2], samples[1::2]):
        if labelled.targets[0].label == stance_data.NEUTRAL:
            out.append(labelled if rng.random() < 0.6 else other)
        else:
            out.append(labelled)
            if rng.random() < 0.4:
                out.append(other)
    return out


class Run:
    """One training run and where it stands: `epoch` and the batch `at` in it, `step` over all, seconds spent."""

    def __init__(self, args: argparse.Namespace):
        self.args = args
        torch.set_num_threads(args.threads)
        self.peers = Peers()
        args.runs.mkdir(parents=True, exist_ok=True)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.tokenizer = load_tokenizer(args.encoder)
        self.pools = load_pools(args)
        self.bank = bank.load(args.corpus / "stance", "train")
        self.fillers = bank.load_fillers(args.corpus / "stance")
        self.dev = stance_evaluate.dev_sets(self.tokenizer, args.data, args.corpus, whole=False)
        self.plan = [dict(zip(POOLS, map(float, part.split(",")))) for part in args.plan.split(";")]
        torch.manual_seed(args.seed)
        self.model = pretrained(args.encoder).to(self.device)
        freeze(self.model, args.freeze)
        if args.init:
            self.model.load_state_dict(torch.load(args.init, map_location=self.device, weights_only=False)["model"])
        self.teacher = loaded(args.teacher_encoder, args.teacher).to(self.device).eval() if args.teacher else None
        once = stance_bank.filled(self.bank, self.fillers, random.Random(args.seed))
        self.loss = Loss({**self.pools, "bank": once}, args.smoothing)
        trained = [(n, p) for n, p in self.model.named_parameters() if p.requires_grad]
        self.body = [p for n, p in trained if n.startswith("bert.")]
        self.head = [p for n, p in trained if not n.startswith("bert.")]
        self.optimizer = torch.optim.AdamW([{"params": self.body}, {"params": self.head}], weight_decay=0.01, fused=True)
        self.average = Averaged(self.model, args.ema)
        self.total = sum(len(self.epoch_batches(e)) for e in range(len(self.plan)))
        self.step, self.epoch, self.at, self.best, self.spent = 0, 0, 0, -1.0, 0.0
        self.resume()
        self.twin = Twin(self.model, args.narrow)
        shown = {k: str(v) for k, v in vars(args).items()}
        self.say(f"{self.device} {self.total} steps, pools {({n: len(p) for n, p in self.pools.items()})}, {shown}")

    def say(self, text: str) -> None:
        if self.peers.rank:
            return
        with open(self.args.runs / "train.log", "a", encoding="utf-8") as log:
            log.write(time.strftime("%H:%M:%S ") + text + "\n")

    def epoch_batches(self, epoch: int) -> list[list]:
        """The batches of an epoch; they depend on the seed and the number of the epoch only."""
        rng = random.Random(self.args.seed * 1000 + epoch)
        share = self.plan[epoch].get("bank", 0.0)
        pools = {n: pick_directions(pool, rng) if n.startswith("directed") else pool for n, pool in self.pools.items()}
        chosen = epoch_samples(pools, self.plan[epoch], rng)

        def way() -> list[stance_data.Sample]:
            """The samples with names drawn for them."""
            filled = [one for _ in range(round(share)) for one in stance_bank.filled(self.bank, self.fillers, rng)]
            return filled + varied(chosen, self.args.swap, rng)

        made = items(self.tokenizer, way(), way() if self.args.agree else None)
        return self.peers.share(batches(made, self.args.tokens, rng))

    def resume(self) -> None:
        path = self.args.runs / "checkpoint.pt"
        if not path.exists():
            return
        saved = torch.load(path, map_location=self.device, weights_only=False)
        self.model.load_state_dict(saved["model"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.average.values, self.average.steps = saved["average"], saved["step"]
        self.step, self.epoch, self.at, self.best, self.spent = (saved[k] for k in ("step", "epoch", "at", "best", "spent"))
        self.say(f"resumed at step {self.step}, epoch {self.epoch}, batch {self.at}")

    def save(self) -> None:
        if self.peers.rank:
            return
        state = {"model": self.model.state_dict(), "optimizer": self.optimizer.state_dict(), "average": self.average.values,
                 "step": self.step, "epoch": self.epoch, "at": self.at, "best": self.best, "spent": self.spent}
        path = self.args.runs / "checkpoint.pt"
        torch.save(state, path.with_suffix(".new"))
        os.replace(path.with_suffix(".new"), path)

    def read(self, batch: Batch) -> torch.Tensor:
        return self.twin.copy(batch.ids, batch.types, batch.mask, batch.rows, batch.opens)

    def learn(self, group: list, progress: float) -> tuple[float, int]:
        """One step; returns the loss and the padded tokens."""
        for parameters, rate in zip(self.optimizer.param_groups, (self.args.rate, self.args.head_rate)):
            parameters["lr"] = rate * factor(progress)
        self.twin.copy.train()
        self.optimizer.zero_grad(set_to_none=True)
        batch = collate(group).to(self.device)
        logits = self.read(batch)
        loss, tokens = self.loss(logits, batch), batch.ids.numel()
        if self.teacher is not None:
            with torch.no_grad():
                goal = self.teacher(batch.ids, batch.types, batch.mask, batch.rows, batch.opens)
            loss = loss + self.args.teach * taught(logits, goal, batch)
        if self.args.agree and progress >= self.args.agree_from:
            other = collate(group, other=True).to(self.device)
            again = self.read(other)
            loss = (loss + self.loss(again, other)) / 2 + self.args.agree * disagreement(logits, again, batch)
            tokens += other.ids.numel()
        self.twin.backward(loss)
        nn.utils.clip_grad_norm_(self.body + self.head, 1.0)
        self.optimizer.step()
        self.twin.refresh()
        self.step, self.at = self.step + 1, self.at + 1
        return loss.item(), tokens

    def reseed(self) -> None:
        """Dropout of the next steps, the same again after a resume."""
        torch.manual_seed(self.args.seed * 7919 + self.epoch * 131 + self.at + 104729 * self.peers.rank)

    def run_epoch(self) -> str:
        """Train to the end of the epoch ("epoch"), of the time ("time") or to the limit of a trial ("limit")."""
        args, todo = self.args, self.epoch_batches(self.epoch)
        self.reseed()
        began, tokens, losses, ended = time.time(), 0, [], "epoch"
        while self.at < len(todo) and ended == "epoch":
            elapsed = self.spent + time.time() - began
            progress = max(self.step / self.total, elapsed / (60 * args.minutes) if args.minutes else 0.0)
            loss, count = self.learn(todo[self.at], progress)
            tokens += count
            losses.append(loss)
            over = False
            if self.peers.count == 1 or self.step % args.meet == 0 or self.at == len(todo):
                over = self.peers.meet(self.body + self.head, progress) >= 1.0
                self.twin.refresh()
            self.average.update(self.model)
            if self.step % 50 == 0:
                recent = losses[-50:]
                self.say(f"epoch {self.epoch} step {self.step}/{self.total} loss {sum(recent) / len(recent):.4f} "
                         f"{tokens / (time.time() - began):.0f} tok/s")
            if self.step % args.save_every == 0:
                self.spent, began, tokens = self.spent + time.time() - began, time.time(), 0
                self.save()
                self.reseed()
            if args.limit and self.step >= args.limit:
                ended = "limit"
            elif over:
                ended = "time"
        self.spent += time.time() - began
        return ended

    def evaluate(self, name: str, model: nn.Module) -> None:
        """Log the dev figures and keep the model if it is the best so far."""
        if self.peers.rank:
            return
        figures = stance_evaluate.report(Twin(model, self.args.narrow).copy, self.dev, self.device)
        self.say(f"epoch {self.epoch} done, {name}: {stance_evaluate.line(figures)}")
        with open(self.args.runs / "dev.jsonl", "a", encoding="utf-8") as file:
            file.write(json.dumps({"epoch": self.epoch, "weights": name, "seconds": round(self.spent), **figures}) + "\n")
        if figures["mean"] > self.best:
            self.best = figures["mean"]
            settings = {k: str(v) for k, v in vars(self.args).items()}
            torch.save({"model": model.state_dict(), "epoch": self.epoch, "weights": name, "step": self.step,
                        "seconds": self.spent, "settings": settings}, self.args.runs / "best.pt")


def main(given: list[str] | None = None) -> None:
    run = Run(arguments(given))
    while run.epoch < len(run.plan):
        ended = run.run_epoch()
        if ended == "limit":
            return
        run.epoch, run.at = run.epoch + 1, 0
        last = ended == "time" or run.epoch == len(run.plan)
        run.evaluate("ema", run.average.applied(run.model))
        if last:
            run.evaluate("raw", run.model)
            run.epoch = len(run.plan)
        run.save()
    run.say(f"finished, best mean {run.best:.4f}, {run.spent:.0f} s")


if __name__ == "__main__":
    main()
