"""Writes an article in the format that its markup asks for, and says what text a reader will find in it.

Each format exists to show a reader of the program: plain text with three kinds of line ends, Markdown, a web page
with its furniture, one JSON object, JSON lines. Gold offsets refer to `Document.text`, so the text must be what a
reader extracts, letter for letter; for a web page that is the paragraphs joined by a blank line, without the title.
"""

import html
import json
from dataclasses import dataclass

from markup import ArticleMarkup, MarkupError
from resolve import SOURCE

NOTICE = "Ascribe corpus: this article was made up for training and testing, and nobody said what it quotes."
SEPARATORS = {"blank": "\n\n", "line": "\n", "crlf": "\r\n\r\n"}
ENTITIES = {"“": "&ldquo;", "”": "&rdquo;", "’": "&rsquo;", "‘": "&#8216;", "«": "&laquo;", "»": "&raquo;", "„": "&bdquo;"}
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta property="og:title" content="{title}">
<meta property="og:site_name" content="{source}">
<meta property="og:type" content="article">
<meta property="article:published_time" content="{date}T07:30:00Z">
<meta name="author" content="{author}">
<link rel="canonical" href="{url}">
</head>
<body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/mail">“Letters”</a></li></ul></nav>
<main>
<article>
<h1>{title}</h1>
<figure><img src="/images/{name}.jpg" alt=""><figcaption>{caption}</figcaption></figure>
{paragraphs}
</article>
</main>
<aside><h2>More from this desk</h2><ul><li><a href="/a">Five things to know</a></li></ul></aside>
<footer><p>{notice}</p></footer>
</body>
</html>
"""

Range = tuple[int, int]


@dataclass
class Document:
    """An article as it goes to disk: file name, path in the records (a line of JSON lines has one of its own), bytes
    (of the line for JSON lines), its text, and where the paragraphs of the markup stand in it."""

    file: str
    path: str
    identifier: str
    content: bytes
    text: str
    paragraphs: list[Range]


def write(article: ArticleMarkup) -> Document:
    """Lays the article out in its format."""
    form, _, shared_file = article.header["format"].partition(":")
    body = [paragraph.text for paragraph in article.paragraphs]
    if form in ("txt", "md"):
        separator = SEPARATORS[article.header.get("separator", "blank")]
        inner = "\r\n" if separator.startswith("\r") else "\n"
        text, ranges = _join([part.replace("\n", inner) for part in [*body, NOTICE]], separator)
        text += inner
        content = (_front_matter(article) + text).encode() if form == "md" else text.encode()
    elif form == "html":
        text, ranges = _join(body, "\n\n")
        content = _page(article, body).encode()
    elif form == "json":
        text, ranges = _join(body, "\n\n")
        keys = {"title": "title", "date": "date", "url": "url", "source": "source", "text": "text"}
        content = (json.dumps(_fields(article, text, keys), ensure_ascii=False, indent=2) + "\n").encode()
    elif form == "jsonl" and shared_file:
        text, ranges = _join(body, "\n\n")
        keys = {"id": "id", "title": "headline", "date": "published", "url": "link", "source": "publisher", "text": "body"}
        content = json.dumps(_fields(article, text, keys), ensure_ascii=False).encode()
    else:
        raise MarkupError(f"{article.name}: `{article.header['format']}` is no format; write txt, md, html, json or jsonl:FILE")
    file = f"{shared_file or article.name}.{form}"
    path = f"{file}/{article.name}" if shared_file else file
    return Document(file, path, article.name, content, text, ranges[: len(body)])


def _join(parts: list[str], separator: str) -> tuple[str, list[Range]]:
    ranges, at = [], 0
    for part in parts:
        ranges.append((at, at + len(part)))
        at += len(part) + len(separator)
    return separator.join(parts), ranges


def _fields(article: ArticleMarkup, text: str, keys: dict[str, str]) -> dict:
    header = article.header
    values = {"id": article.name, "title": header["title"], "date": header["date"], "url": header.get("url")}
    values |= {"source": SOURCE, "text": text}
    return {name: values[key] for key, name in keys.items() if values[key] is not None}


def _front_matter(article: ArticleMarkup) -> str:
    return f"---\ntitle: {article.header['title']}\ndate: {article.header['date']}\nsource: {SOURCE}\n---\n"


def _page(article: ArticleMarkup, body: list[str]) -> str:
    header = article.header
    return PAGE.format(
        name=article.name,
        title=_escape(header["title"]),
        date=header["date"],
        url=header.get("url", ""),
        author=_escape(header.get("author", "")),
        caption=_escape(header.get("caption", "")),
        source=_escape(SOURCE),
        notice=_escape(NOTICE),
        paragraphs="\n".join(f"<p>{_escape(part)}</p>" for part in body),
    )


def _escape(text: str) -> str:
    return "".join(ENTITIES.get(char, char) for char in html.escape(text))
