//! From elements to blocks of text, as a browser would show them: block elements divide, inline elements do not,
//! white space collapses, `br` breaks the line and two of them the paragraph.
use dom_query::NodeRef;

/// Elements that begin and end a block.
const BLOCKS: [&str; 47] = [
    "address",
    "article",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "li",
    "main",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "video",
    "audio",
    "legend",
    "optgroup",
    "menu",
    "search",
];

/// Elements whose content is no text of the page.
const SILENT: [&str; 10] =
    ["script", "style", "head", "title", "noscript", "template", "svg", "math", "object", "figcaption"];

/// The blocks of text below a node, in order, without the empty ones.
pub(super) fn of_node(root: &NodeRef) -> Vec<String> {
    let mut blocks = Blocks::default();
    let mut node = *root;
    let mut level = 0_usize;
    loop {
        let name = node.node_name().unwrap_or_default();
        let silent = SILENT.contains(&&*name);
        if node.is_text() {
            blocks.write(&node.text());
        } else if name.eq_ignore_ascii_case("br") {
            blocks.break_line();
        } else if BLOCKS.contains(&&*name) {
            blocks.close();
        }
        if let Some(child) = node.first_child().filter(|_| !silent) {
            node = child;
            level += 1;
            continue;
        }
        // Up to the next element that was not visited yet, closing what is left.
        loop {
            if node.node_name().is_some_and(|name| BLOCKS.contains(&&*name)) {
                blocks.close();
            }
            if level == 0 {
                return blocks.finish();
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(above) = node.parent() else {
                return blocks.finish();
            };
            node = above;
            level -= 1;
        }
    }
}

#[derive(Default)]
struct Blocks {
    done: Vec<String>,
    open: String,
    /// White space that shows only if something follows.
    space: bool,
    /// Line breaks in a row.
    breaks: usize,
}

impl Blocks {
    fn write(&mut self, text: &str) {
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c') {
                self.space = true;
                continue;
            }
            match self.breaks {
                0 if self.space && !self.open.is_empty() => self.open.push(' '),
                1 if !self.open.is_empty() => self.open.push('\n'),
                2.. => self.close(),
                _ => {}
            }
            (self.space, self.breaks) = (false, 0);
            self.open.push(c);
        }
    }

    fn break_line(&mut self) {
        self.breaks += 1;
    }

    fn close(&mut self) {
        (self.space, self.breaks) = (false, 0);
        let block = std::mem::take(&mut self.open);
        if !block.chars().all(crate::text::is_blank) {
            self.done.push(block);
        }
    }

    fn finish(mut self) -> Vec<String> {
        self.close();
        self.done
    }
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;

    fn blocks(html: &str) -> Vec<String> {
        of_node(&Document::fragment(html).root())
    }

    #[test]
    fn inline_elements_join_and_block_elements_divide() {
        assert_eq!(
            blocks("<div>One <b>bold</b><i>er</i>\n  word<p>Two</p>three</div><ul><li>four<li>five</ul>"),
            ["One bolder word", "Two", "three", "four", "five"]
        );
    }

    #[test]
    fn line_breaks_and_entities_are_as_shown() {
        assert_eq!(
            blocks("<p> a &amp; b<br/>c <br> <br>d&nbsp;&#8217;&ccedil;</p><script>x</script><p>&nbsp;</p>"),
            ["a & b\nc", "d\u{a0}’ç"]
        );
    }
}
