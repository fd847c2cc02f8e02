//! The article's part of a page: cleaned, handed to the extractor, and checked for having found enough.
use dom_query::Document;
use dom_smoothie::Readability;

use super::paragraphs;

/// Never part of the article's text, wherever it stands.
const OUTSIDE: &str = "nav, aside, form, button, select, textarea, iframe, noscript, template, svg, dialog, \
    figure, figcaption, [itemprop='caption'], [class*='caption'], [class*='Caption'], \
    #comments, #disqus_thread, .comments, .comment-list, .comment-section, [class*='comment-body'], \
    .share, .sharing, .share-bar, .social, .social-share, .newsletter, .breadcrumb, .breadcrumbs, \
    .related, .related-articles, .related-posts, .advertisement, [role='navigation'], [role='complementary'], \
    [hidden], [aria-hidden='true']";

/// Nesting beyond which the extractor, which calls itself, might not come back.
const DEEPEST: usize = 400;

/// The fallback is taken when it finds so many times what the extractor found.
const TOO_LITTLE: usize = 4;

/// The text blocks of a page's article; none where there is no text.
pub(super) fn article_blocks(page: Document) -> Vec<String> {
    page.select(OUTSIDE).remove();
    for footer in page.select("footer").nodes() {
        // In a quotation the footer names who is quoted.
        if !footer.ancestors_it(None).any(|above| above.has_name("blockquote")) {
            footer.remove_from_parent();
        }
    }
    let everything = body_blocks(&page);
    if depth(&page) > DEEPEST {
        return everything;
    }
    let extracted = Readability::with_document(page, None, None)
        .and_then(|mut reader| reader.parse())
        .map(|found| paragraphs::of_node(&Document::fragment(found.content).root()))
        .unwrap_or_default();
    if length(&extracted) * TOO_LITTLE < length(&everything) { everything } else { extracted }
}

/// The paragraphs of the body if there are any, without the page's header, else all of its text.
fn body_blocks(page: &Document) -> Vec<String> {
    let paragraphs: Vec<String> = page
        .select("body p, body h2, body h3, body h4, body li, body blockquote")
        .nodes()
        .iter()
        .filter(|node| {
            // A paragraph inside a list item or a quotation is not counted twice.
            let nested = |name: &str| name == "header" || matches!(name, "p" | "li" | "blockquote");
            !node.ancestors_it(None).any(|above| above.node_name().is_some_and(|name| nested(&name)))
        })
        .flat_map(paragraphs::of_node)
        .collect();
    if !paragraphs.is_empty() {
        return paragraphs;
    }
    page.select("body").nodes().iter().flat_map(paragraphs::of_node).collect()
}

fn length(blocks: &[String]) -> usize {
    blocks.iter().map(String::len).sum()
}

/// The deepest nesting of the page, found without calling itself.
fn depth(page: &Document) -> usize {
    let root = page.root();
    let (mut node, mut level, mut deepest) = (root, 0, 0);
    loop {
        if let Some(child) = node.first_child() {
            (node, level) = (child, level + 1);
            deepest = deepest.max(level);
            continue;
        }
        loop {
            if level == 0 {
                return deepest;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(above) = node.parent() else {
                return deepest;
            };
            (node, level) = (above, level - 1);
        }
    }
}
