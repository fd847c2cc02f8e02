"""Tests of the stance model's input, data and loss. They need no trained model and no data folder.

A small word-piece tokenizer is built here, so that a range of pieces can be read as words.
"""

import contextlib
import dataclasses
import io
import json
import pathlib
import random
import sys
import tempfile
import unittest

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from transformers import BertConfig, BertModel, MPNetConfig

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from ascribe_train import (stance_batches, stance_data, stance_export, stance_input, stance_loss, stance_metrics, stance_soft,  # noqa: E402
                           stance_swap, stance_teacher, stance_train)  # noqa: E402
from ascribe_train.stance_data import Sample, Target  # noqa: E402

NAMES = {101: "[CLS]", 102: "[SEP]", 2: "<h>", 3: "</h>", 4: "<t>", 5: "</t>"}


def words(text: str) -> tuple[list[str], list[int], list[tuple[int, int]]]:
    """White-space words as pieces with ids from 1000."""
    found, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        found.append((at, at + len(word)))
        at += len(word)
    return text.split(), list(range(1000, 1000 + len(found))), found


def read(made: stance_input.Pass, pieces: list[str]) -> str:
    return " ".join(NAMES.get(i) or pieces[i - 1000] for i in made.ids)


def span(text: str, part: str) -> tuple[int, int]:
    return text.index(part), text.index(part) + len(part)


class Region(unittest.TestCase):
    def passes(self, text: str, quote: str, holder: str | None, targets: list[str]):
        pieces, ids, spans = words(text)

        def cover(part: str) -> tuple[int, int]:
            return stance_input.covering(spans, *span(text, part))

        made = stance_input.passes(ids, cover(quote), holder and cover(holder), [cover(t) for t in targets])
        return [(one, read(one, pieces)) for one in made]

    def test_markers_stand_around_holder_and_targets(self):
        [(made, shown)] = self.passes("Olm said Norland lied and Sudmark wept today", "Norland lied and Sudmark wept", "Olm", ["Norland", "Sudmark"])
        self.assertEqual(shown, "[CLS] <h> Olm </h> said <t> Norland </t> lied and <t> Sudmark </t> wept today [SEP]")
        self.assertEqual([made.ids[o] for o in made.opens], [4, 4])
        self.assertEqual([made.ids[o + 1] - 1000 for o in made.opens], [2, 5])

    def test_types_are_one_in_the_quote_only(self):
        [(made, _)] = self.passes("Olm said Norland lied today", "Norland lied", "Olm", ["Norland"])
        self.assertEqual(made.types, [0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0])

    def test_partly_covered_word_is_covered(self):
        text = "the Norlander spoke"
        _, _, spans = words(text)
        self.assertEqual(stance_input.covering(spans, *span(text, "Norland")), (1, 2))
        self.assertIsNone(stance_input.covering(spans, 3, 4))

    def test_inner_markers_close_first(self):
        [(_, shown)] = self.passes("the Norland envoy said no", "no", "the Norland envoy", ["Norland"])
        self.assertEqual(shown, "[CLS] <h> the <t> Norland </t> envoy </h> said no [SEP]")
        [(_, shown)] = self.passes("Norland said no", "no", "Norland", ["Norland"])
        self.assertEqual(shown, "[CLS] <h> <t> Norland </t> </h> said no [SEP]")
        [(_, shown)] = self.passes("Olm Norland no", "no", "Olm", ["Norland"])
        self.assertEqual(shown, "[CLS] <h> Olm </h> <t> Norland </t> no [SEP]")

    def test_same_range_twice_shares_its_markers(self):
        [(made, shown)] = self.passes("they lied", "they lied", None, ["they", "they"])
        self.assertEqual(shown, "[CLS] <t> they </t> lied [SEP]")
        self.assertEqual((made.targets, made.opens), ([0, 1], [1, 1]))

    def test_region_has_a_fixed_context(self):
        text = " ".join(f"b{i}" for i in range(80)) + " Norland lied " + " ".join(f"a{i}" for i in range(80))
        [(_, shown)] = self.passes(text, "Norland lied", None, ["Norland"])
        self.assertTrue(shown.startswith(f"[CLS] b{80 - stance_input.BEFORE} "))
        self.assertTrue(shown.endswith(f" a{stance_input.AFTER - 1} [SEP]"))

    def test_region_grows_to_targets_in_reach(self):
        text = "Norland " + " ".join(f"b{i}" for i in range(95)) + " it lied " + " ".join(f"a{i}" for i in range(63)) + " Sudmark"
        [(made, shown)] = self.passes(text, "it lied", None, ["Norland", "Sudmark"])
        self.assertTrue(shown.startswith("[CLS] <t> Norland </t> b0 ") and shown.endswith(" <t> Sudmark </t> [SEP]"))
        far = "x " + text.replace("Norland b0", "Norland x b0") + " x"
        [(made, shown)] = self.passes(far, "it lied", "Norland", ["Norland", "Sudmark"])
        self.assertEqual(made.targets, [1])
        self.assertNotIn("<h>", shown)

    def test_no_target_in_reach_is_no_pass(self):
        text = "Norland " + " ".join(f"b{i}" for i in range(200)) + " it lied"
        self.assertEqual(self.passes(text, "it lied", None, ["Norland"]), [])
        self.assertEqual(self.passes(text, "it lied", None, []), [])

    def test_long_quote_has_a_window_for_each_target(self):
        text = "before " + " ".join(f"w{i}" for i in range(300)) + " after"
        quote = text.removeprefix("before ").removesuffix(" after")
        early, late, near = self.passes(text, quote, "before", ["w0", "w299", "before"])
        self.assertIn("<t> w0 </t>", early[1])
        self.assertIn("<h> before </h>", early[1])
        self.assertIn("<t> w299 </t> after [SEP]", late[1])
        self.assertNotIn("<h>", late[1])
        self.assertIn("w127 ", near[1])
        self.assertIn("<t> before </t>", near[1])
        self.assertEqual(sum(early[0].types), stance_input.QUOTE + stance_input.AFTER + 2)
        longest = stance_input.QUOTE + stance_input.REACH_BEFORE + stance_input.REACH_AFTER
        self.assertTrue(all(len(one.ids) <= longest + 6 for one, _ in (early, late, near)))


class Readers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = pathlib.Path(folder.name)

    def write(self, name: str, text: str) -> None:
        (self.data / name).parent.mkdir(parents=True, exist_ok=True)
        (self.data / name).write_text(text, "utf-8")

    def test_directed_widens_cut_words_and_turns_the_pair_round(self):
        self.write("directed_sentiment/train.txt", "[Norlan]d blames [the Sudmar]k ferry.\tNorlan\tthe Sudmar\t3\n"
                   "[Olm] is thanked by [Ruel].\tOlm\tRuel\t2\n")
        rows = stance_data.directed_rows(self.data, "train")
        first, first_back, second, _ = stance_data.directed(rows, reverse=0.4)
        self.assertEqual(first.text, "Norland blames the Sudmark ferry.")
        self.assertEqual(first.text[slice(*first.holder)], "Norland")
        self.assertEqual(first.text[slice(*first.targets[0].span)], "the Sudmark")
        self.assertEqual(first.targets[0].label, stance_data.AGAINST)
        self.assertEqual((first_back.targets[0].label, first_back.targets[0].weight), (stance_data.NEUTRAL, 0.4))
        self.assertEqual(second.text[slice(*second.holder)], "Ruel")
        self.assertEqual(second.targets[0].label, stance_data.FAVOR)

    def test_directed_dev_leaves_out_sentences_of_train(self):
        self.write("directed_sentiment/train.txt", "[Olm] met [Ruel].\tOlm\tRuel\t0\n")
        self.write("directed_sentiment/valid.txt", "Olm met [Ruel] in [Norland].\tRuel\tNorland\t0\n[Ruel] and [Olm] met.\tOlm\tRuel\t0\n"
                   "[Olm] met [Ruel].\tOlm\tRuel\t0\n")
        kept = stance_data.directed_dev(self.data)
        self.assertEqual([row[0] for row in kept], ["Olm met Ruel in Norland.", "Ruel and Olm met."])
        self.assertEqual(kept[1][0][slice(*kept[1][1])], "Olm")

    def test_diplomacy_joins_the_rows_of_a_quote(self):
        text = "Old news. " * 200 + "“Norland lied,” Olm said of Sudmark. " + "More news. " * 200
        def at(part):
            return {"start": text.index(part), "end": text.index(part) + len(part), "text": part}
        row = {"id": "x1", "article": "a", "quote": at("Norland lied,"), "source": at("Olm"), "speech": True, "sure": False,
               "explicit": True, "party": "norland", "target": at("Norland"), "stance": "against"}
        other = {**row, "id": "x2", "explicit": False, "party": "sudmark", "target": at("Sudmark"), "stance": "none", "sure": True}
        label = {**row, "id": "x3", "speech": False, "stance": None}
        self.write("allsides/articles.jsonl", json.dumps({"id": "a", "text": text}) + "\n")
        self.write("diplomacy/train.jsonl", "".join(json.dumps(r) + "\n" for r in (row, other, label)))
        [sample] = stance_data.diplomacy(self.data, "train")
        self.assertLess(len(sample.text), 1400)
        self.assertEqual(sample.text[slice(*sample.quote)], "Norland lied,")
        self.assertEqual(sample.text[slice(*sample.holder)], "Olm")
        self.assertEqual([sample.text[slice(*t.span)] for t in sample.targets], ["Norland", "Sudmark"])
        self.assertEqual([(t.label, t.weight, t.outside) for t in sample.targets], [(2, 0.5, False), (3, 1.0, True)])

    def test_own_labels_are_judgements(self):
        self.write("own.tsv", "a\t10-40\t-\tnorland\t12-19\tfavor\tunsure\na\t10-40\t2-5\tsudmark\t1-9\tnone\tsure\n")
        first, second = stance_data.own_labels(self.data / "own.tsv")
        self.assertEqual(first, stance_data.Judgement("a", (10, 40), None, (12, 19), "favor", False))
        self.assertEqual((second.source, second.sure, first.outside, second.outside), ((2, 5), True, False, True))

    def test_own_sentences_come_in_the_manner_of_both_public_sets(self):
        text = "Long ago. Olm blamed Ruel. More."
        self.write("allsides/articles.jsonl", json.dumps({"id": "a", "text": text}) + "\n")
        self.write("own.tsv", "a\t10-26\t-\t21-25\tneutral\na\t10-26\t10-13\t21-25\tagainst\n")
        made = stance_data.own_sentences(self.data, self.data / "own.tsv", even=0.3, reverse=0.4)
        [news] = made["news_own"]
        self.assertEqual((news.text, news.holder, news.targets), ("Olm blamed Ruel.", None, [Target((11, 15), 1, 0.3, False)]))
        there, back = made["directed_own"]
        self.assertEqual((there.text[slice(*there.holder)], there.targets), ("Olm", [Target((11, 15), 2, 1.0, False)]))
        self.assertEqual((back.text[slice(*back.holder)], back.targets), ("Ruel", [Target((0, 3), 1, 0.4, False)]))

    def test_own_quotations_judge_whomever_they_name(self):
        text = "Olm told Moor that “Ruel lied”."
        self.write("allsides/articles.jsonl", json.dumps({"id": "a", "text": text}) + "\n")
        self.write("own.tsv", "a\t20-29\tspeech\t0-3\t0-3\t9-13=none,20-24=against?\na\t5-8\tnone\t-\t-\t-\n")
        [sample] = stance_data.entities(self.data, self.data / "own.tsv", 0.5)
        self.assertEqual((sample.corpus, sample.text[slice(*sample.holder)], sample.text[slice(*sample.quote)]), ("entities", "Olm", "Ruel lied"))
        self.assertEqual(sample.targets, [Target((9, 13), 3, 1.0, True), Target((20, 24), 2, 0.5, False)])

    def test_news_targets_of_a_sentence_together_or_apart(self):
        rows = [{"sentence": "Olm hit Ruel.", "from": a, "to": b, "polarity": p, "id": str(a)} for a, b, p in ((0, 3, -1), (8, 12, 1))]
        self.write("newsmtsc/train.jsonl", "".join(json.dumps(r) + "\n" for r in rows))
        [both] = stance_data.news(self.data, "train", together=True)
        self.assertEqual([(both.text[slice(*t.span)], t.label) for t in both.targets], [("Olm", 2), ("Ruel", 0)])
        self.assertEqual(len(stance_data.news(self.data, "train", together=False)), 2)


class Swapping(unittest.TestCase):
    def test_parties_change_form_for_form_and_offsets_follow(self):
        text = "Moscow heard it: “Russia and the Russian fleet lied to the United States; Russia knows,” the Turkish envoy said."
        quote = span(text, "Russia and the Russian fleet lied to the United States; Russia knows,")
        targets = [Target(span(text, "Russia"), 2, 1.0, False), Target(span(text, "United States"), 1, 1.0, False)]
        sample = Sample("x", "diplomacy", text, quote, span(text, "the Turkish envoy"), targets)
        for seed in range(40):
            other = stance_swap.swap(sample, random.Random(seed))
            first, second = (other.text[slice(*t.span)] for t in other.targets)
            self.assertNotEqual(first, "Russia")
            self.assertEqual(other.text.count(f"{first} knows"), 1)
            self.assertNotEqual(first, second)
            self.assertTrue(other.text[slice(*other.quote)].endswith(" knows,"))
            self.assertTrue(other.text[slice(*other.holder)].startswith("the ") and other.text[slice(*other.holder)].endswith(" envoy"))
            self.assertTrue(other.text[other.quote[0]:].startswith(first))
            self.assertNotIn("the the", other.text)

    def test_a_holder_gets_another_name_wherever_it_stands(self):
        text = "“Norland lied,” said Minister Ada Olm. Olm left."
        targets = [Target(span(text, "Norland"), 2, 1.0, False)]
        sample = Sample("x", "diplomacy", text, span(text, "Norland lied,"), span(text, "Minister Ada Olm"), targets)
        other = stance_swap.rename(sample, random.Random(4))
        self.assertTrue(other.text[slice(*other.holder)].startswith("Minister "))
        self.assertNotIn("Olm", other.text)
        self.assertEqual(other.text[slice(*other.targets[0].span)], "Norland")
        for holder in ("Minister", None):
            same = dataclasses.replace(sample, holder=holder and span(text, holder))
            self.assertIs(stance_swap.rename(same, random.Random(4)), same)

    def test_text_without_parties_stays(self):
        sample = Sample("x", "diplomacy", "Olm slept.", (0, 10), None, [Target((0, 3), 1, 1.0, False)])
        self.assertIs(stance_swap.swap(sample, random.Random(1)), sample)

    def test_newspapers_are_no_parties(self):
        sample = Sample("x", "diplomacy", "He told the Washington Post so.", (0, 7), None, [])
        self.assertIs(stance_swap.swap(sample, random.Random(1)), sample)

    def test_every_party_can_stand_for_every_kind(self):
        for party in stance_swap.PARTIES:
            for kind in stance_swap.KINDS:
                self.assertTrue(stance_swap.render(party, kind, True, random.Random(0)), (party, kind))


class Batches(unittest.TestCase):
    def setUp(self):
        listed = ["[UNK]", "olm", "said", "nor", "##land", "lied", "ruel", "slept", "."]
        self.tokenizer = Tokenizer(models.WordPiece({w: 1000 + i for i, w in enumerate(listed)}, unk_token="[UNK]"))
        self.tokenizer.normalizer = normalizers.Lowercase()
        self.tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()

    def sample(self, text: str, target: str, **more) -> Sample:
        return Sample(more.get("id", "x"), more.get("corpus", "news"), text, (0, len(text)), None,
                      [Target(span(text, target), more.get("label", 2), 1.0, more.get("outside", False))])

    def test_word_pieces_of_a_target_are_inside_its_markers(self):
        [item] = stance_batches.items(self.tokenizer, [self.sample("Olm said Norland lied.", "Norland")])
        self.assertEqual(item.made.ids, [101, 1001, 1002, 4, 1003, 1004, 5, 1005, 1008, 102])

    def test_padding_and_rows(self):
        made = stance_batches.items(self.tokenizer, [self.sample("Olm slept.", "Olm"), self.sample("Olm said Norland lied.", "Norland")])
        batch = stance_batches.collate(made)
        self.assertEqual(batch.ids.shape, (2, 10))
        self.assertEqual(batch.mask.sum(1).tolist(), [7, 10])
        self.assertEqual(batch.ids[batch.rows, batch.opens].tolist(), [4, 4])

    def test_batches_keep_every_item_and_the_limit(self):
        made = stance_batches.items(self.tokenizer, [self.sample("Olm slept." * (1 + i % 7), "Olm", id=str(i)) for i in range(50)])
        groups = stance_batches.batches(made, 60, random.Random(0))
        self.assertEqual(sorted(i.sample.id for g in groups for i in g), sorted(str(i) for i in range(50)))
        self.assertTrue(all(len(g) == 1 or len(g) * max(len(i.made.ids) for i in g) <= 60 for g in groups))

    def test_shares_repeat_and_cut_pools(self):
        pools = {"news": [self.sample("Olm slept.", "Olm", id=str(i)) for i in range(10)], "directed": [self.sample("Olm slept.", "Olm")] * 4}
        chosen = stance_batches.epoch_samples(pools, {"news": 1.5, "directed": 0.5}, random.Random(0))
        self.assertEqual(len(chosen), 15 + 2)

    def test_names_vary_in_quotations_of_articles_without_soft_labels(self):
        named = self.sample("Russia lied.", "Russia", corpus="diplomacy")
        soft = dataclasses.replace(named, targets=[dataclasses.replace(named.targets[0], soft=(0.2, 0.3, 0.5, 0.0))])
        still = [soft, dataclasses.replace(named, corpus="news")]
        other, *rest = stance_batches.varied([named, *still], 1.0, random.Random(0))
        self.assertNotEqual(other.text, named.text)
        self.assertEqual(rest, still)
        self.assertEqual(stance_batches.varied([named], 0.0, random.Random(0)), [named])

    def test_a_pass_has_its_other_names_where_it_is_cut_alike(self):
        first = [self.sample("Olm said Norland lied.", "Norland"), self.sample("Olm slept.", "Olm")]
        second = [self.sample("Ruel said Olm lied.", "Olm"), dataclasses.replace(self.sample("Olm slept.", "Olm"), targets=[])]
        made = stance_batches.items(self.tokenizer, first, second)
        self.assertEqual([i.other is not None for i in made], [True, False])
        self.assertTrue(all(i.other is None for i in stance_batches.items(self.tokenizer, first)))
        batch, other = stance_batches.collate(made), stance_batches.collate(made, other=True)
        self.assertEqual(batch.labels.tolist(), other.labels.tolist())
        self.assertEqual((batch.ids[0, 4].item(), other.ids[0, 4].item()), (1003, 1001))
        self.assertEqual(batch.ids[1, :5].tolist(), other.ids[1, :5].tolist())

    def test_readings_that_agree_are_not_apart(self):
        samples = [self.sample("Olm slept.", "Olm"), self.sample("Ruel slept.", "Ruel", outside=True)]
        batch = stance_batches.collate(stance_batches.items(self.tokenizer, samples))
        one, two = torch.tensor([[1.0, 0.0, -1.0, 5.0], [0.0, 1.0, 0.0, 2.0]]), torch.tensor([[1.0, 0.0, -1.0, -5.0], [0.0, 1.0, 0.0, -2.0]])
        apart = stance_loss.disagreement(one, two, batch)
        self.assertEqual(stance_loss.disagreement(one, one, batch).item(), 0.0)
        self.assertAlmostEqual(apart.item(), stance_loss.disagreement(two, one, batch).item(), places=6)
        shut = stance_batches.collate(stance_batches.items(self.tokenizer, samples[:1]))
        self.assertLess(stance_loss.disagreement(one[:1], two[:1], shut).item(), 1e-6)
        self.assertGreater(apart.item(), 0.1)

    def test_a_reading_is_taught_by_the_classes_its_target_may_have(self):
        samples = [self.sample("Olm slept.", "Olm"), self.sample("Ruel slept.", "Ruel", outside=True)]
        batch = stance_batches.collate(stance_batches.items(self.tokenizer, samples))
        teacher = torch.tensor([[2.0, 0.0, 0.0, 9.0], [0.0, 1.0, 0.0, 2.0]])
        shut = torch.tensor([[2.0, 0.0, 0.0, -9.0], [0.0, 1.0, 0.0, 2.0]])
        self.assertLess(abs(stance_loss.taught(shut, teacher, batch).item()), 1e-6)
        logits = torch.zeros(2, 4, requires_grad=True)
        stance_loss.taught(logits, teacher, batch).backward()
        self.assertEqual(logits.grad[0, 3].item(), 0.0)
        self.assertLess(logits.grad[0, 0].item(), 0.0)
        self.assertLess(logits.grad[1, 3].item(), 0.0)
        self.assertGreater(logits.grad[1, 0].item(), 0.0)

    def test_none_is_shut_for_targets_in_the_quote(self):
        samples = [self.sample("Olm slept.", "Olm", label=y) for y in (0, 1, 2)]
        samples += [self.sample("Ruel slept.", "Ruel", label=y, outside=True) for y in (0, 1, 2, 3)]
        loss = stance_loss.Loss({"news": samples}, smoothing=0.0)
        inside = stance_batches.collate(stance_batches.items(self.tokenizer, samples[:1]))
        low, high = (loss(torch.tensor([[0.0, 0.0, 0.0, none]]), inside).item() for none in (-9.0, 9.0))
        self.assertAlmostEqual(low, high, places=5)
        self.assertAlmostEqual(low, torch.log(torch.tensor(3.0)).item(), places=5)
        outside = stance_batches.collate(stance_batches.items(self.tokenizer, samples[-1:]))
        self.assertLess(loss(torch.tensor([[0.0, 0.0, 0.0, 9.0]]), outside).item(), 0.01)

    def test_soft_labels_are_the_goal_where_there_are_some(self):
        samples = [self.sample("Olm slept.", "Olm", label=y) for y in (0, 1, 2)]
        loss = stance_loss.Loss({"news": samples}, smoothing=0.05)
        target = dataclasses.replace(samples[0].targets[0], soft=(0.25, 0.5, 0.25, 0.0))
        batch = stance_batches.collate(stance_batches.items(self.tokenizer, [dataclasses.replace(samples[0], targets=[target])]))
        logits = torch.tensor([[0.25, 0.5, 0.25, 1.0]]).log().requires_grad_()
        loss(logits, batch).backward()
        self.assertLess(logits.grad.abs().max().item(), 1e-6)


class Teacher(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(1)
        config = MPNetConfig(vocab_size=1020, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=16)
        self.model = stance_teacher.StanceTeacher(config).eval()

    def ask(self, ids: list[list[int]]) -> torch.Tensor:
        mask = torch.tensor([[int(i > 0) for i in row] for row in ids])
        return self.model(torch.tensor(ids), torch.zeros(len(ids), len(ids[0]), dtype=torch.long), mask, torch.tensor([0]), torch.tensor([1]))

    def test_padding_changes_nothing(self):
        alone, padded = self.ask([[101, 4, 1001, 5, 102]]), self.ask([[101, 4, 1001, 5, 102, 0, 0], [101, 4, 1002, 1003, 5, 1004, 102]])
        torch.testing.assert_close(alone, padded)

    def test_frozen_layers_and_words_learn_nothing(self):
        stance_teacher.freeze(self.model, 1)
        self.ask([[101, 4, 1001, 5, 102]]).sum().backward()
        moved = {name for name, value in self.model.named_parameters() if value.grad is not None and value.grad.abs().sum() > 0}
        self.assertFalse(any(name.startswith(("bert.embeddings", "bert.encoder.layer.0")) for name in moved))
        self.assertTrue({"markers", "types", "out.weight"} <= moved)

    def test_judged_samples_hold_the_probabilities_or_the_mean_with_the_label(self):
        listed = ["[UNK]", "olm", "slept"]
        tokenizer = Tokenizer(models.WordPiece({w: 1000 + i for i, w in enumerate(listed)}, unk_token="[UNK]"))
        tokenizer.normalizer, tokenizer.pre_tokenizer = normalizers.Lowercase(), pre_tokenizers.BertPreTokenizer()
        sample = Sample("x", "news", "Olm slept", (0, 9), None, [Target((0, 3), 2, 1.0, False)])
        [free], [mean] = (stance_soft.judge(self.model, tokenizer, [sample], torch.device("cpu"), gold) for gold in (False, True))
        plain, mixed = free.targets[0].soft, mean.targets[0].soft
        self.assertAlmostEqual(sum(plain), 1.0, places=5)
        self.assertEqual(plain[3], 0.0)
        self.assertAlmostEqual(mixed[2], (plain[2] + 1) / 2, places=6)
        self.assertEqual(mean.targets[0].label, 2)


class WholeRun(unittest.TestCase):
    """A tiny random encoder over invented data: train, stop, go on, export."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        words = "speaker ) target ( olm ruel nor ##land thanks blames met the ferry said . , “ ” in".split()
        vocabulary = ["[PAD]", *(f"[unused{i}]" for i in range(99)), "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]
        encoder = self.root / "encoder"
        torch.manual_seed(0)
        config = BertConfig(vocab_size=len(vocabulary), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)
        BertModel(config, add_pooling_layer=False).save_pretrained(encoder)
        (encoder / "vocab.txt").write_text("\n".join(vocabulary), "utf-8")
        tokenizer = Tokenizer(models.WordPiece({w: i for i, w in enumerate(vocabulary)}, unk_token="[UNK]"))
        tokenizer.normalizer = normalizers.BertNormalizer()
        tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        tokenizer.save(str(encoder / "tokenizer.json"))
        self.write_data(self.root / "data")

    def write_data(self, data: pathlib.Path) -> None:
        for part in ("allsides", "diplomacy", "newsmtsc", "directed_sentiment"):
            (data / part).mkdir(parents=True)
        articles, rows = [], []
        for i in range(12):
            text = f"Ruel said “Olm {('thanks', 'met', 'blames')[i % 3]} Russia” in the ferry {i}."

            def at(part):
                return {"start": text.index(part), "end": text.index(part) + len(part), "text": part}

            articles.append({"id": str(i), "text": text})
            outside = i % 4 == 3
            rows.append({"id": f"x{i}", "article": str(i), "quote": at(text[text.index("Olm"):text.index("”")]), "source": at("Ruel"),
                         "target": at("ferry" if outside else "Russia"), "explicit": not outside, "sure": True, "speech": True,
                         "stance": "none" if outside else ("favor", "neutral", "against")[i % 3]})
        news = [{"id": str(i), "sentence": f"The ferry met Olm {i}.", "from": 14, "to": 17, "polarity": i % 3 - 1} for i in range(9)]

        def dump(name, values):
            (data / name).write_text("".join(json.dumps(v) + "\n" for v in values), "utf-8")

        dump("allsides/articles.jsonl", articles)
        for part in ("train", "dev"):
            dump(f"diplomacy/{part}.jsonl", rows)
        for part in ("train", "dev_rw", "dev_mt"):
            dump(f"newsmtsc/{part}.jsonl", news)
        for part, word in (("train", "blames"), ("valid", "thanks")):
            lines = [f"[Olm] {word} [Ruel] in {i}.\tOlm\tRuel\t{i % 5}\n" for i in range(10)]
            (data / "directed_sentiment" / f"{part}.txt").write_text("".join(lines), "utf-8")

    def test_a_stopped_run_goes_on_and_is_exported(self):
        runs = self.root / "runs"
        self.write_bank(self.root / "corpus" / "stance")
        where = ["--data", str(self.root / "data"), "--corpus", str(self.root / "corpus"), "--encoder", str(self.root / "encoder"),
                 "--runs", str(runs)]
        given = [*where, "--plan", "1,1,1,0,0;1,.5,.5,0,0", "--tokens", "80", "--save-every", "3"]
        stance_train.main([*given, "--limit", "4"])
        self.assertFalse((runs / "best.pt").exists())
        stance_train.main(given)
        log = (runs / "train.log").read_text("utf-8")
        self.assertIn("resumed at step 3, epoch 0, batch 3", log)
        self.assertIn("finished", log)
        with contextlib.redirect_stdout(io.StringIO()):
            stance_export.main(where)
        weights = load_file(runs / "export" / "model.safetensors")
        self.assertEqual({str(w.dtype) for w in weights.values()}, {"torch.float16"})
        self.assertIn("encoder.layer.0.attention.self.query.weight", weights)
        self.assertEqual(list(weights["stance.out.weight"].shape), [4, 16])
        self.check_fixture(weights, json.loads((runs / "export" / "fixture.json").read_text("utf-8")))
        figures = json.loads((runs / "export" / "metrics.json").read_text("utf-8"))
        self.assertIn("macro_f1", figures["directed_both"])
        self.assertIn("temperature", figures["calibration"]["three_class"])

    def write_bank(self, folder: pathlib.Path) -> None:
        """A bank of one quotation a part, with two parties to fill it."""
        (folder / "bank").mkdir(parents=True)
        (folder / "fillers.toml").write_text(
            '[[party]]\nid = "n"\nkind = "state"\nname = ["Norland"]\n[[party]]\nid = "s"\nkind = "state"\nname = ["Sudland"]\n', "utf-8")
        entries = [{"id": part, "split": part, "topic": "t", "kind": "direct", "kinds": {"A": "state"}, "phenomena": [],
                    "text": "“[[We thank {A}]],” {S} said.", "stances": {"A": "favor"}} for part in ("train", "dev")]
        (folder / "bank" / "b.jsonl").write_text("\n".join(map(json.dumps, entries)) + "\n", "utf-8")

    def check_fixture(self, weights: dict, cases: list[dict]) -> None:
        """A plain BertModel with the exported names gives the logits of the fixture."""
        bert = BertModel.from_pretrained(self.root / "encoder", add_pooling_layer=False).eval()
        bert.load_state_dict({n: w.float() for n, w in weights.items() if not n.startswith("stance.")})
        self.assertEqual(len(cases), 4)
        for case in cases:
            with torch.no_grad():
                hidden = bert(torch.tensor([case["ids"]]), token_type_ids=torch.tensor([case["types"]])).last_hidden_state[0, case["opens"]]
                state = torch.nn.functional.gelu(hidden @ weights["stance.dense.weight"].float().T + weights["stance.dense.bias"].float())
                logits = state @ weights["stance.out.weight"].float().T + weights["stance.out.bias"].float()
            torch.testing.assert_close(logits, torch.tensor(case["logits"]), atol=1e-4, rtol=0)


class Metrics(unittest.TestCase):
    def test_macro_f1(self):
        figures = stance_metrics.scores([0, 0, 1, 2], [0, 1, 1, 2], 3)
        self.assertAlmostEqual(figures["favor"]["f1"], 2 / 3, places=3)
        self.assertAlmostEqual(figures["macro_f1"], (2 / 3 + 2 / 3 + 1) / 3, places=3)

    def test_temperature_undoes_a_scale(self):
        torch.manual_seed(0)
        logits = torch.randn(4000, 3)
        gold = torch.distributions.Categorical(logits=logits).sample()
        found = stance_metrics.temperature(logits * 2.5, gold)
        self.assertAlmostEqual(found["temperature"], 2.5, delta=0.25)
        self.assertLess(found["ece"], found["ece_before"])

    def test_rate_rises_and_falls(self):
        self.assertLess(stance_loss.factor(0.0), 0.05)
        self.assertGreater(stance_loss.factor(1 / 16), 0.99)
        self.assertEqual(stance_loss.factor(1.0), 0.02)


if __name__ == "__main__":
    unittest.main()
