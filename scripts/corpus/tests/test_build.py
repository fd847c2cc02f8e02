#!/usr/bin/env python3
"""Tests of the corpus compiler: `python3 -m unittest discover -s scripts/corpus/tests`."""

import hashlib
import json
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import build
from marks import flags_of, unaccounted
from markup import MarkupError, parse
from parties import Parties
from resolve import Resolver, entity_id
from writers import write

PARTIES = Parties({"turkey": ["Turkey", "Turkish"], "syria": ["Syria", "Damascus"], "us": ["United States"]}, {"KSN": "kiyi-ses"})
HEADER = """split: train
format: {form}
title: Ships wait
date: 2020-02-12
phenomena: split
entity: Şule Irmak | person | turkey
---
"""
BODY = """Ships wait in the strait.

“Damascus must stop,” Şule Irmak said. “Turkey waits.”
> direct | Damascus must stop, | said | Şule Irmak | sule-irmak | syria against: Damascus
> +direct | Turkey waits. | said | Şule Irmak | sule-irmak
"""


def compiled(body: str = BODY, form: str = "txt", header: str = HEADER) -> dict:
    article = parse("ships", header.format(form=form) + body)
    document = write(article)
    sha256 = hashlib.sha256(document.content).hexdigest()
    return Resolver(article, document.text, document.paragraphs, PARTIES).gold(document.path, sha256, document.identifier)


def words(span: dict, record: dict) -> str:
    text = record["article"]["text"]
    assert text[span["start"] : span["end"]] == span["text"]
    return span["text"]


class Gold(unittest.TestCase):
    def test_a_split_speech_is_two_quotes_of_one_utterance(self):
        record = compiled()
        first, second = record["quotes"]
        self.assertEqual(words(first["spans"][0], record), "Damascus must stop,")
        self.assertEqual(words(second["spans"][0], record), "Turkey waits.")
        self.assertEqual((first["utterance"], second["utterance"]), ("u1", "u1"))
        self.assertEqual(words(first["cue"], record), "said")
        self.assertEqual(words(first["source"], record), "Şule Irmak")
        self.assertEqual(first["source"]["form"], "name")
        stance = first["stances"][0]
        self.assertEqual((stance["party"], stance["probabilities"]["against"]), ("syria", 1.0))
        self.assertEqual(words(stance["evidence"][0], record), "Damascus")

    def test_the_hash_is_of_the_file(self):
        content = write(parse("ships", HEADER.format(form="txt") + BODY)).content
        self.assertEqual(compiled()["article"]["sha256"], hashlib.sha256(content).hexdigest())

    def test_words_repeated_are_related(self):
        body = BODY + "\n“Turkey waits,” Irmak repeated.\n> direct | Turkey waits, | repeated | Irmak | sule-irmak\n"
        self.assertEqual(compiled(body)["quotes"][2]["repeats"], "q2")

    def test_evidence_may_stand_outside_of_the_quote(self):
        body = "She told Damascus to “stop”, Şule Irmak said.\n> mixed | stop | told | She | sule-irmak | syria against: Damascus\n"
        record = compiled(body)
        self.assertEqual(words(record["quotes"][0]["stances"][0]["evidence"][0], record), "Damascus")
        self.assertEqual(record["quotes"][0]["source"]["form"], "pronoun")

    def test_an_interrupted_clause_has_two_spans(self):
        body = "The ships, Şule Irmak said, would wait.\n> indirect | The ships // would wait | said | Şule Irmak | sule-irmak\n"
        record = compiled(body)
        self.assertEqual([words(span, record) for span in record["quotes"][0]["spans"]], ["The ships", "would wait"])

    def test_ids_fold_turkish_letters(self):
        self.assertEqual(entity_id("İbrahim Kalın"), "ibrahim-kalin")
        self.assertEqual(entity_id("a State Department spokesperson"), "a-state-department-spokesperson")


class Refusals(unittest.TestCase):
    def refused(self, body: str, because: str, header: str = HEADER) -> None:
        with self.assertRaises(MarkupError) as caught:
            compiled(body, header=header)
        self.assertIn(because, str(caught.exception))

    def test_words_that_do_not_occur(self):
        self.refused(BODY.replace("| Turkey waits. |", "| Turkey sails. |"), "does not stand in the paragraph")

    def test_marks_that_nobody_annotated(self):
        self.refused(BODY + "\nThe “strait” is calm.\n", "belongs to no annotation")

    def test_flags_that_the_text_has_not(self):
        self.refused(BODY.rstrip() + " | flags: unclosed\n", "none by the text")

    def test_typing_errors_without_a_flag(self):
        self.refused(BODY.replace("waits.”", "waits."), "unclosed")

    def test_parties_that_nobody_knows(self):
        self.refused(BODY.replace("syria against", "atlantis against"), "`atlantis`")

    def test_parties_that_nobody_judged(self):
        self.refused(BODY.replace(" | syria against: Damascus", ""), "`Damascus` names syria")

    def test_entities_that_nobody_uses(self):
        header = HEADER.replace("---", "entity: Ada Roe | person | -\n---")
        self.refused(BODY, "`ada-roe` neither speaks nor reports", header)

    def test_speakers_that_nobody_declared(self):
        self.refused(BODY.replace("| sule-irmak |", "| ada-roe |"), "`ada-roe` is no entity")

    def test_names_that_the_registry_has_otherwise(self):
        header = HEADER.replace("Şule Irmak | person", "KSN | organization")
        self.refused(BODY.replace("Şule Irmak", "KSN").replace("sule-irmak", "ksn"), "knows `KSN` as `kiyi-ses`", header)

    def test_quotes_out_of_order(self):
        lines = BODY.split("\n")
        self.refused("\n".join([*lines[:3], lines[4].replace("+", ""), lines[3], ""]), "does not stand in the paragraph")

    def test_phenomena_outside_of_the_list(self):
        self.refused(BODY, "`splitt` is no phenomenon", HEADER.replace("phenomena: split", "phenomena: splitt"))


class Marks(unittest.TestCase):
    def flags(self, text: str, said: str, runs_on: bool = False) -> list[str]:
        start = text.index(said)
        return flags_of(text, (start, start + len(said)), (0, len(text)), [], runs_on)

    def test_each_typing_error_has_its_flag(self):
        self.assertEqual(self.flags("“We wait,” she said.", "We wait,"), [])
        self.assertEqual(self.flags("We wait,” she said.", "We wait,"), ["no_open"])
        self.assertEqual(self.flags("“We wait, she said.", "We wait,"), ["unclosed"])
        self.assertEqual(self.flags('"We wait,” she said.', "We wait,"), ["mixed_marks"])
        self.assertEqual(self.flags("“We wait, ” she said.", "We wait,"), ["space_inside"])
        self.assertEqual(self.flags("“We wait,”she said.", "We wait,"), ["no_space_after"])
        self.assertEqual(self.flags("She said: “We wait.", "We wait.", runs_on=True), ["continued"])
        self.assertEqual(self.flags("„Wir warten“, sagte sie.", "Wir warten"), [])

    def test_apostrophes_and_nested_marks_are_no_quotations(self):
        text = "‘It’s the ’90s,’ the sailors’ cook said. At 5'10\" he's tall."
        said, measure = "It’s the ’90s,", "5'10\""
        marked = [(text.index(said), text.index(said) + len(said))]
        measures = [(text.index(measure), text.index(measure) + len(measure))]
        self.assertEqual(unaccounted(text, marked, measures), [])
        self.assertEqual(unaccounted(text, marked, []), [text.index('"')])


class Formats(unittest.TestCase):
    def test_json_formats_hold_the_text_letter_for_letter(self):
        for form, key in (("json", "text"), ("jsonl:wire", "body")):
            document = write(parse("ships", HEADER.format(form=form) + BODY))
            self.assertEqual(json.loads(document.content)[key], document.text)

    def test_a_line_has_a_path_of_its_own(self):
        document = write(parse("ships", HEADER.format(form="jsonl:wire") + BODY))
        self.assertEqual((document.file, document.path), ("wire.jsonl", "wire.jsonl/ships"))

    def test_carriage_returns_stay(self):
        record = compiled(header=HEADER.replace("---", "separator: crlf\n---"))
        self.assertIn("strait.\r\n\r\n“Damascus", record["article"]["text"])
        self.assertEqual(words(record["quotes"][1]["spans"][0], record), "Turkey waits.")

    def test_a_page_has_its_paragraphs_and_its_title_apart(self):
        document = write(parse("ships", HEADER.format(form="html") + BODY))
        self.assertTrue(document.text.startswith("Ships wait in the strait.\n\n“Damascus"))
        self.assertIn("<p>&ldquo;Damascus must stop,&rdquo; Şule Irmak said.", document.content.decode())

    def test_front_matter_is_not_in_the_text(self):
        document = write(parse("ships", HEADER.format(form="md") + BODY))
        self.assertTrue(document.content.decode().endswith("---\n" + document.text))


class Corpus(unittest.TestCase):
    def test_files_on_disk_are_what_the_markup_gives(self):
        files, _ = build.compile_corpus(build.CORPUS)
        differing = [str(path) for path, content in files.items() if not build.same(build.CORPUS / path, content)]
        self.assertEqual(differing, [], "run scripts/corpus/build.py")


if __name__ == "__main__":
    unittest.main()
