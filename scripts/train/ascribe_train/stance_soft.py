"""Soft labels by the teacher, for the small stance model to learn (distillation, Hinton, Vinyals, Dean 2015).

`python -m ascribe_train.stance_soft --data DIR --corpus DIR --encoder DIR --teacher FILE --annotations FILE --out FILE`

It judges quotations that nobody labelled (annotations of the unlabelled articles, one a line, as `ascribe annotate --format
jsonl` writes them), the labelled ones with other parties in their place, the stance bank and the public sentences.
Where there is a label too, the goal is half of each. OUT is a list of samples, for `stance_train --soft`.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import json
import pathlib
import random
from collections.abc import Iterator

import torch

from . import bank, stance_bank, stance_data, stance_evaluate
from .stance_batches import collate, items
from .stance_data import Sample
from .stance_input import LABELS, load_tokenizer
from .stance_swap import swap
from .stance_teacher import loaded
from .twin import Twin, fast

MOST_IN_ARTICLE, LONGEST = 4, 900


def unlabelled(data: pathlib.Path, annotations: pathlib.Path, rng: random.Random) -> list[Sample]:
    """Quotations of articles outside the dev part, those in marks first, with the parties that the program asked about."""
    dev = {row["article"] for row in stance_data.lines(data / "diplomacy" / "dev.jsonl")}
    known = {}
    for row in stance_data.lines(data / "diplomacy" / "train.jsonl"):
        known.setdefault(row["article"], []).append((row["quote"]["start"], row["quote"]["end"]))
    rows = []
    for line in open(annotations, encoding="utf-8"):
        read = json.loads(line)
        article = read["article"]["id"]
        if article in dev:
            continue
        found = [q for q in read["quotes"] if q["stances"] and not q["repeats"]]
        rng.shuffle(found)
        found.sort(key=lambda q: q["kind"] == "indirect")
        rows += itertools.chain.from_iterable(itertools.islice(rows_of(article, found, known.get(article, [])), MOST_IN_ARTICLE))
    return stance_data.around_quotes(data, rows, 1.0)


def rows_of(article: str, quotes: list[dict], known: list[stance_data.Span]) -> Iterator[list[stance_data.Judgement]]:
    """The judgements of each quotation that is not too long and not among the `known`."""
    for quote in quotes:
        start, end = quote["spans"][0]["start"], quote["spans"][-1]["end"]
        if end - start > LONGEST or any(a < end and start < b for a, b in known):
            continue
        source = quote["source"] and (quote["source"]["start"], quote["source"]["end"])
        first = [(stance["stance"], stance["evidence"][0]) for stance in quote["stances"]]
        yield [stance_data.Judgement(article, (start, end), source, (words["start"], words["end"]), stance, True) for stance, words in first]


@torch.no_grad()
def judge(model: torch.nn.Module, tokenizer, samples: list[Sample], device: torch.device, gold: bool) -> list[Sample]:
    """The samples with the teacher's probabilities, with `gold` averaged with their labels."""
    made = items(tokenizer, samples)
    soft = [[None] * len(sample.targets) for sample in samples]
    place = {id(sample): i for i, sample in enumerate(samples)}
    for group in stance_evaluate.grouped(made):
        batch = collate(group).to(device)
        logits = model(batch.ids, batch.types, batch.mask, batch.rows, batch.opens).float()
        logits[~batch.outside, 3] = -1e9
        asked = [(item, number) for item in group for number in item.made.targets]
        for (item, number), row in zip(asked, logits.softmax(-1).tolist()):
            soft[place[id(item.sample)]][number] = row
    out = []
    for sample, rows in zip(samples, soft):
        targets = []
        for target, row in zip(sample.targets, rows):
            if row is None:
                continue
            label = max(range(len(LABELS)), key=row.__getitem__)
            if gold:
                row = [(p + (i == target.label)) / 2 for i, p in enumerate(row)]
            targets.append(dataclasses.replace(target, label=target.label if gold else label, soft=tuple(row)))
        if targets:
            out.append(dataclasses.replace(sample, targets=targets))
    return out


def main(given: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("data", "corpus", "encoder", "teacher", "annotations", "out"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    parser.add_argument("--labels", type=pathlib.Path)
    parser.add_argument("--share", type=float, default=1.0, help="of the unlabelled quotations")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=11)
    args = parser.parse_args(given)
    torch.set_num_threads(args.threads)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    rng = random.Random(args.seed)
    tokenizer = load_tokenizer(args.encoder)
    model = Twin(loaded(args.encoder, args.teacher).to(device), fast()).copy.eval()
    labelled = stance_data.diplomacy(args.data, "train")
    if args.labels:
        labelled += stance_data.around_quotes(args.data, stance_data.own_labels(args.labels), 0.5)
    free = unlabelled(args.data, args.annotations, rng)
    free = rng.sample(free, round(args.share * len(free)))
    news = stance_data.news(args.data, "train", together=True)
    directed = stance_data.directed(stance_data.directed_rows(args.data, "train"), reverse=1.0)
    entries, fillers = bank.load(args.corpus / "stance", "train"), bank.load_fillers(args.corpus / "stance")
    kinds = {
        "unlabelled": ([swap(s, rng) if rng.random() < 0.4 else s for s in free], False),
        "swapped": ([swap(s, rng) for s in labelled], True),
        "bank": (stance_bank.filled(entries, fillers, rng), True),
        "news": (rng.sample(news, len(news) // 4), True),
        "directed": (rng.sample(directed, len(directed) // 8), False),
    }
    out = []
    for name, (samples, gold) in kinds.items():
        out += judge(model, tokenizer, samples, device, gold)
        print(name, len(samples), flush=True)
        torch.save(out, args.out)


if __name__ == "__main__":
    main()
