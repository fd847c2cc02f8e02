//! The whole way over the shipped articles: what is published holds together.

mod shipped;

use ascribe::article::{Article, InputSettings, ReadSettings, blocks, discover, read_all};
use ascribe::quote::{Flag, marks};
use shipped::{annotators, root};

fn articles() -> Vec<Article> {
    let inputs = discover(&[root().join("corpus/articles")], &InputSettings::default()).expect("they are there");
    read_all(&inputs, &ReadSettings::default()).collect::<Result<_, _>>().expect("all can be read")
}

#[test]
fn every_offset_of_the_shipped_articles_verifies_and_no_marked_string_is_lost() {
    let articles = articles();
    assert!(articles.len() >= 20);
    let annotator = annotators(1).remove(0);
    for (article, result) in articles.iter().zip(annotator.annotate_all(&articles)) {
        let annotation = result.expect("annotates");
        assert_eq!(annotation.verify(), [], "{}", article.path);
        assert_eq!(annotation.article.text, article.text.as_str());
        let covered: Vec<(usize, usize)> = annotation
            .quotes
            .iter()
            .flat_map(|quote| quote.spans.iter().map(|span| (span.start, span.end)))
            .chain(annotation.not_speech.iter().map(|found| (found.start, found.end)))
            .collect();
        for marked in marks::scan(&article.text, &blocks(&article.text, article.title.as_deref())) {
            let (start, end) = (marked.inner.start(), marked.inner.end());
            // Where the closing mark is missing, the tagger may end the string before the end of its paragraph: then it is
            // a quotation that begins with the string and says that it is unclosed.
            let unclosed = || {
                annotation.quotes.iter().any(|quote| {
                    quote.spans[0].start == start && quote.flags.contains(&ascribe::annotation::Flag::Unclosed)
                })
            };
            let kept = covered.iter().any(|&(from, until)| from <= start && end <= until)
                || marked.has(Flag::Unclosed) && unclosed();
            assert!(kept || marked.inner.is_empty(), "{}: {:?}", article.path, article.text.slice(marked.inner));
        }
    }
}

#[test]
fn a_text_too_long_for_one_article_is_an_error_of_that_article() {
    let annotator = annotators(1).remove(0);
    let long = shipped::article("long.txt", &"word ".repeat(200_001));
    let short = shipped::article("short.txt", "“It holds,” Mayor Ada Quill said.");
    let results = annotator.annotate_all(&[long, short]);
    let error = results[0].as_ref().expect_err("too long").to_string();
    assert!(error.contains("split the file"), "{error}");
    assert_eq!(results[1].as_ref().expect("annotates").quotes.len(), 1);
}
