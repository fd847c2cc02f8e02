"""Tests of the attribution network's inputs that need the standard library only."""

import json
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from ascribe_train import marks, names, pairs, readers  # noqa: E402


class Forms(unittest.TestCase):
    def test_pronouns_descriptions_and_names_are_told_apart(self):
        cases = {"He": 0, "she": 1, "They": 3, "the spokesman": 5, "The minister": 5, "The Kremlin": 6, "Önal": 6}
        self.assertEqual({mention: pairs.form(mention) for mention in cases}, cases)

    def test_turkish_letters_fold_to_plain_ones(self):
        self.assertEqual(pairs.words("İbrahim KALIN, Kalın"), ["ibrahim", "kalin", "kalin"])


class Features(unittest.TestCase):
    paragraphs = [0, 0, 0, 0, 1, 1, 1, 1]
    inside = [True, True, False, False, True, True, False, False]

    def test_a_source_behind_its_content_is_told_from_one_before(self):
        after = pairs.link((4, 6), (6, 7), self.paragraphs, self.inside, [(2, 3), (6, 7)], False)
        self.assertEqual((after[0], after[9], after[12], after[16]), (1, 1, 1, 1))
        before = pairs.link((4, 6), (2, 3), self.paragraphs, self.inside, [(2, 3), (6, 7)], True)
        self.assertEqual((before[1], before[10], before[13], before[21]), (1, 1, 1, 1))

    def test_nothing_has_its_own_flag(self):
        self.assertEqual(pairs.link_null((4, 6), self.inside)[23], 1)
        self.assertEqual(pairs.antecedent_null(2)[35], 1)


class Names(unittest.TestCase):
    def test_runs_of_capitals_are_found_without_function_words_and_possessives(self):
        text = "The mayor, Ada Quill, met Omar bin Sayed. On Monday Quill's aides left."
        self.assertEqual([text[a:b] for a, b in names.find(text)], ["Ada Quill", "Omar bin Sayed", "Quill"])


class References(unittest.TestCase):
    def test_a_pronoun_stands_for_the_names_that_the_label_meets(self):
        text = "Ada Quill met Bo Moor. She left."
        with tempfile.TemporaryDirectory() as folder:
            data = pathlib.Path(folder)
            (data / "allsides").mkdir()
            rows = [{"id": "a", "text": text}, {"id": "b", "text": "Nobody came."}]
            (data / "allsides" / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
            (data / "labels.tsv").write_text("a\t23\t26\t0-9\n", "utf-8")
            [document] = readers.references(data, data / "labels.tsv")
        [anaphor] = document.anaphors
        self.assertEqual(text[slice(*anaphor.mention)], "She")
        meant = [text[slice(*name)] for name, right in zip(anaphor.names, anaphor.right) if right]
        self.assertEqual(meant, ["Ada Quill"])


class OwnQuotations(unittest.TestCase):
    def test_a_pronoun_stands_for_the_names_of_the_speaker_and_a_title_is_no_speech(self):
        text = "Ada Quill met Bo Moor. She said “we sail”. “The Rope” is a song. Moor said “no”."
        with tempfile.TemporaryDirectory() as folder:
            data = pathlib.Path(folder)
            (data / "allsides").mkdir()
            (data / "allsides" / "articles.jsonl").write_text(json.dumps({"id": "a", "text": text}) + "\n", "utf-8")

            def at(words: str) -> str:
                return f"{text.index(words)}-{text.index(words) + len(words)}"

            last = text.rindex("Moor")
            rows = [["a", at("we sail"), "speech", at("She"), at("Ada Quill"), "-"], ["a", at("The Rope"), "none", "-", "-", "-"],
                    ["a", f"{text.index('no”')}-{text.index('no”') + 2}", "speech", f"{last}-{last + 4}", f"{last}-{last + 4}", "-"]]
            (data / "own.tsv").write_text("".join("\t".join(row) + "\n" for row in rows), "utf-8")
            [document] = readers.quotations(data, data / "own.tsv")
        self.assertEqual([text[slice(*s)] for s in document.not_speech], ["The Rope"])
        self.assertEqual([text[slice(*r.source)] for r in document.relations], ["She", "Moor"])
        [anaphor] = document.anaphors
        meant = [text[slice(*n)] for n, right in zip(anaphor.names, anaphor.right) if right]
        self.assertEqual((text[slice(*anaphor.mention)], meant), ("She", ["Ada Quill"]))


class Marks(unittest.TestCase):
    def test_what_stands_between_marks_is_inside(self):
        text = "“We sail,” she said.\nHe called it \"brave\" work."
        inner = [text[c:d] for _, _, c, d in marks.scan(text)]
        self.assertEqual(inner, ["We sail,", "brave"])


if __name__ == "__main__":
    unittest.main()
