"""Train the attribution model: `python -m ascribe_train.train_attribution --data DIR --encoder DIR --runs DIR`.

Seeds, checkpoints every `--save` steps, resume, one log line a step group; CPU or CUDA without a change. The learning
rate follows one cycle over the planned steps. Dev scores are printed after each epoch; an exponential moving average of
the weights is what is scored and saved.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import random
import time

import torch

from . import evaluate, generate, readers
from .attribution import AttributionModel, loss_of
from .pieces import load_tokenizer
from .twin import Twin, fast
from .windows import around, label, whole

WEIGHTS = {"tags": 1.0, "names": 0.3, "link": 0.4, "antecedent": 0.5}
# Windows are up to so many pieces long, one length a document and epoch: what refers may stand far from the name.
LENGTHS = (256, 320, 384)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--encoder", type=pathlib.Path, required=True)
    parser.add_argument("--runs", type=pathlib.Path, required=True)
    parser.add_argument("--gold", type=pathlib.Path, required=True, help="our own gold corpus (its train part is used)")
    parser.add_argument("--gold-copies", type=int, default=3, help="times that the gold corpus stands in an epoch, each varied otherwise")
    parser.add_argument("--init", type=pathlib.Path, help="weights to start from instead of the pretrained encoder")
    parser.add_argument("--vary", type=float, default=0.5, help="share of the documents that the generator rewrites in each epoch")
    parser.add_argument("--transcripts", type=int, default=200, help="generated transcripts in each epoch")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--diplomacy-share", type=float, default=0.25, help="share of the diplomacy articles in each epoch")
    parser.add_argument("--gap-share", type=float, default=0.34, help="share of the GAP rows in each epoch")
    parser.add_argument("--labels", type=pathlib.Path, help="our labels of pronouns and descriptions (references.tsv)")
    parser.add_argument("--quotations", type=pathlib.Path, help="our labels of quotations, their sources and speakers")
    parser.add_argument("--quotation-share", type=float, default=0.5, help="share of those articles in each epoch")
    parser.add_argument("--polnear-share", type=float, default=1.0, help="share of the PolNeAR articles in each epoch")
    parser.add_argument("--gum-share", type=float, default=1.0, help="share of the GUM documents in each epoch")
    parser.add_argument("--label-share", type=float, default=0.5, help="share of those articles in each epoch")
    parser.add_argument("--agree", type=float, default=0.0, help="weight of the divergence between two readings of each window, with other dropout")
    parser.add_argument("--batch", type=int, default=12)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--narrow", action=argparse.BooleanOptionalAction, default=fast(), help="the encoder in bfloat16")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--save", type=int, default=100)
    parser.add_argument("--small", action="store_true", help="a few documents only, to try the code")
    return parser.parse_args()


class Data:
    """All labelled documents, cut once; `epoch(n)` gives the windows of one epoch in its order."""

    def __init__(self, args, tokenizer):
        docs = {
            "polnear": readers.polnear(args.data, "train"),
            "gum": readers.gum(args.data, "train"),
            "gap": readers.gap(args.data, "development"),
            "diplomacy": readers.diplomacy(args.data, "train"),
            "references": readers.references(args.data, args.labels) if args.labels else [],
            "quotations": readers.quotations(args.data, args.quotations) if args.quotations else [],
            "gold": readers.gold(args.gold, "train"),
        }
        if args.small:
            docs = {k: v[:12] for k, v in docs.items()}
        self.labelled = {k: [label(tokenizer, d) for d in v] for k, v in docs.items()}
        self.args = args
        self.tokenizer = tokenizer

    def dressed(self, labelled, rng: random.Random):
        """The document as it is, or another dress of it."""
        return label(self.tokenizer, generate.vary(labelled.document, rng)) if rng.random() < self.args.vary else labelled

    def epoch(self, number: int) -> list[list]:
        rng = random.Random(f"{self.args.seed}-{number}")
        windows = []
        shares = {"polnear": self.args.polnear_share, "gum": self.args.gum_share, "gap": self.args.gap_share, "references": self.args.label_share}
        for corpus, share in shares.items():
            for labelled in self.labelled[corpus]:
                if rng.random() < share:
                    windows.extend(whole(self.dressed(labelled, rng) if corpus == "polnear" else labelled, rng.choice(LENGTHS), rng))
        for _ in range(self.args.gold_copies):
            for labelled in self.labelled["gold"]:
                windows.extend(whole(self.dressed(labelled, rng), rng.choice(LENGTHS), rng))
        for labelled in self.labelled["quotations"]:
            if rng.random() < self.args.quotation_share:
                windows.extend(around(self.dressed(labelled, rng), rng.choice(LENGTHS), rng))
        made = generate.transcripts([d.document for d in self.labelled["diplomacy"]], self.args.transcripts, rng)
        windows.extend(w for d in made for w in whole(label(self.tokenizer, d), rng.choice(LENGTHS), rng))
        diplomacy = self.labelled["diplomacy"]
        share = len(diplomacy) * self.args.diplomacy_share
        order = sorted(range(len(diplomacy)), key=lambda i: random.Random(f"{self.args.seed}-{i}").random())
        first = int(number * share) % max(1, len(diplomacy))
        for step in range(int(share)):
            windows.extend(around(self.dressed(diplomacy[order[(first + step) % len(diplomacy)]], rng), rng.choice(LENGTHS), rng))
        windows = [w for w in windows if w.links or w.antecedents or any(t >= 0 for t in w.tags) or any(n >= 0 for n in w.names)]
        rng.shuffle(windows)
        pools = [windows[i:i + 50 * self.args.batch] for i in range(0, len(windows), 50 * self.args.batch)]
        batches = []
        for pool in pools:
            pool.sort(key=lambda w: len(w.ids))
            batches.extend(pool[i:i + self.args.batch] for i in range(0, len(pool), self.args.batch))
        rng.shuffle(batches)
        return batches


def main() -> None:
    args = arguments()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    args.runs.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(args.encoder)
    started = time.time()
    data = Data(args, tokenizer)
    print(f"read in {time.time() - started:.0f} s", flush=True)
    model = AttributionModel.pretrained(str(args.encoder)).to(device)
    if args.init:
        model.load_state_dict(torch.load(args.init, map_location=device, weights_only=True))
    average = AttributionModel(model.bert.config).to(device)
    average.load_state_dict(model.state_dict())
    heads = [p for n, p in model.named_parameters() if not n.startswith("bert.")]
    optimizer = torch.optim.AdamW([{"params": model.bert.parameters(), "lr": args.rate}, {"params": heads, "lr": 5 * args.rate}],
                                  weight_decay=0.01, fused=True)
    plan = [len(data.epoch(n)) for n in range(args.epochs)]
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [args.rate, 5 * args.rate], total_steps=sum(plan) + 1, pct_start=0.08)
    print(f"steps by epoch {plan}", flush=True)
    checkpoint = args.runs / "checkpoint.pt"
    step = 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location=device, weights_only=True)
        step = saved["step"]
        model.load_state_dict(saved["model"])
        average.load_state_dict(saved["average"])
        optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        print(f"resumed at step {step}", flush=True)

    twin = Twin(model, args.narrow)

    def save():
        state = {"step": step, "model": model.state_dict(), "average": average.state_dict(),
                 "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict()}
        torch.save(state, checkpoint.with_suffix(".part"))
        checkpoint.with_suffix(".part").replace(checkpoint)

    done, running, tokens, clock = 0, {}, 0, time.time()
    for number in range(args.epochs):
        if step >= done + plan[number]:
            done += plan[number]
            continue
        twin.copy.train()
        for at, windows in enumerate(data.epoch(number)):
            if done + at < step:
                continue
            loss, parts = loss_of(twin.copy, windows, device, WEIGHTS, args.agree)
            optimizer.zero_grad(set_to_none=True)
            twin.backward(loss)
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            twin.refresh()
            step += 1
            decay = min(0.995, (1 + step) / (10 + step))
            with torch.no_grad():
                for kept, new in zip(average.parameters(), model.parameters()):
                    kept.lerp_(new, 1 - decay)
            tokens += sum(len(w.ids) for w in windows)
            for k, v in parts.items():
                running[k] = 0.95 * running.get(k, v) + 0.05 * v
            if step % 20 == 0:
                rate = tokens / (time.time() - clock)
                print(f"step {step}/{sum(plan)} {' '.join(f'{k} {v:.3f}' for k, v in sorted(running.items()))} {rate:.0f} tokens/s", flush=True)
                tokens, clock = 0, time.time()
            if step % args.save == 0:
                save()
        done += plan[number]
        save()
        last = number == args.epochs - 1
        scores = evaluate.scores(average, tokenizer, args.data, device, limit=None if last else 25)
        print(f"epoch {number + 1} {json.dumps(scores)}", flush=True)
        torch.save(average.state_dict(), args.runs / f"epoch{number + 1}.pt")
        (args.runs / "metrics.json").write_text(json.dumps({"epoch": number + 1, "dev": scores, "settings": {k: str(v) for k, v in vars(args).items()}}, indent=1))
        clock = time.time()


if __name__ == "__main__":
    main()
