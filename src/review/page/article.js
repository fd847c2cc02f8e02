// The article with everything marked in it. Offsets are in code points, so the text is an array of them; everything
// that comes out of an article becomes a text node.

// Makes an element. Attributes that are null or false are left out, functions become listeners.
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

const isWord = (character) => character !== undefined && /[\p{L}\p{N}\p{M}]/u.test(character);
const isBlank = (character) => character === undefined || /\s/u.test(character);

// Whether a quotation would start or end here: at a word, and behind its final comma or full stop.
function isBorder(characters, at, isStart) {
  const [before, behind] = [characters[at - 1], characters[at]];
  if (isStart) return isWord(behind) && !isWord(before);
  return (isWord(before) && !isWord(behind)) || (/[.,!?…]/u.test(before ?? "") && !isWord(behind));
}

// The next border from a place, in a direction of -1 or 1.
export function nextBorder(characters, at, direction, isStart) {
  let next = at + direction;
  while (next > 0 && next < characters.length && !isBorder(characters, next, isStart)) next += direction;
  return Math.max(0, Math.min(characters.length, next));
}

// The words of spans, as they are read.
export function wordsOf(characters, spans) {
  return spans.map(([start, end]) => characters.slice(start, end).join("")).join(" … ");
}

export class ArticleView {
  // `moved(span, edge, offset)` is called when an end of a span is dragged or moved by a key.
  constructor(container, moved) {
    this.container = container;
    this.moved = moved;
    this.characters = [];
    this.starts = new WeakMap();
    container.addEventListener("pointerdown", (event) => this.grab(event));
    // Dragging a handle selects no text. (`user-select` would hide the text from `offsetAt`, too.)
    container.addEventListener("mousedown", (event) => event.target.closest(".handle") && event.preventDefault());
    container.addEventListener("pointermove", (event) => this.drag(event));
    for (const end of ["pointerup", "pointercancel"]) container.addEventListener(end, () => this.drop());
    container.addEventListener("keydown", (event) => this.step(event));
  }

  // Draws the article. `layers` are { name, spans, href, key }; `spans` are the quotation's, with handles at their ends.
  show(text, layers, spans) {
    if (text !== this.text) {
      this.text = text;
      this.characters = Array.from(text);
    }
    this.spans = spans;
    const held = this.container.contains(document.activeElement) ? document.activeElement.dataset.handle : null;
    const borders = new Set([0, this.characters.length]);
    for (const layer of layers) for (const [start, end] of layer.spans) borders.add(start).add(end);
    const sorted = [...borders].filter((at) => at <= this.characters.length).sort((one, other) => one - other);
    const nodes = [];
    sorted.forEach((start, index) => {
      spans.forEach((span, number) => span[1] === start && nodes.push(this.handle(number, 1)));
      spans.forEach((span, number) => span[0] === start && nodes.push(this.handle(number, 0)));
      if (index + 1 < sorted.length) nodes.push(this.piece(start, sorted[index + 1], layers));
    });
    this.container.replaceChildren(...nodes);
    if (held) this.container.querySelector(`[data-handle="${held}"]`)?.focus({ preventScroll: true });
  }

  piece(start, end, layers) {
    const text = document.createTextNode(this.characters.slice(start, end).join(""));
    this.starts.set(text, start);
    const on = layers.filter((layer) => layer.spans.some(([from, to]) => from <= start && end <= to));
    if (on.length === 0) return text;
    const linked = on.find((layer) => layer.href);
    const attributes = { class: on.map((layer) => layer.name).join(" ") };
    const keys = on.map((layer) => layer.key).filter(Boolean);
    if (keys.length) attributes["data-link"] = keys.join(" ");
    return linked
      ? element("a", { ...attributes, href: linked.href, title: linked.title }, text)
      : element("span", attributes, text);
  }

  handle(number, edge) {
    const at = this.spans[number][edge];
    const around = this.characters.slice(edge ? Math.max(0, at - 24) : at, edge ? at : at + 24).join("");
    const part = this.spans.length > 1 ? ` of part ${number + 1}` : "";
    return element("span", {
      class: "handle", role: "slider", tabindex: "0", "data-handle": `${number}-${edge}`,
      "aria-label": `${edge ? "End" : "Start"} of the quotation${part}`, "aria-orientation": "horizontal",
      "aria-valuemin": "0", "aria-valuemax": this.characters.length, "aria-valuenow": at, "aria-valuetext": around,
    });
  }

  // The party's words that begin at an offset.
  pieceAt(offset) {
    return [...this.container.querySelectorAll(".party")].find((piece) => this.starts.get(piece.firstChild) === offset);
  }

  // Moves an end, as far as the spans before and behind it leave room.
  move(number, edge, offset) {
    const span = this.spans[number];
    const low = edge ? span[0] + 1 : (this.spans[number - 1]?.[1] ?? 0);
    const high = edge ? (this.spans[number + 1]?.[0] ?? this.characters.length) : span[1] - 1;
    const settled = Math.max(low, Math.min(high, offset));
    if (settled !== span[edge]) this.moved(number, edge, settled);
  }

  grab(event) {
    const handle = event.target.closest?.(".handle");
    if (!handle) return;
    event.preventDefault();
    handle.focus({ preventScroll: true });
    this.held = handle.dataset.handle.split("-").map(Number);
    // The container stays, the handle is drawn anew with every move.
    this.container.setPointerCapture(event.pointerId);
    this.container.classList.add("dragging");
  }

  drag(event) {
    if (!this.held) return;
    const offset = this.offsetAt(event.clientX, event.clientY);
    if (offset !== null) this.move(...this.held, offset);
  }

  drop() {
    this.held = null;
    this.container.classList.remove("dragging");
  }

  step(event) {
    const handle = event.target.closest?.(".handle");
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!handle || !direction) return;
    event.preventDefault();
    const [number, edge] = handle.dataset.handle.split("-").map(Number);
    const at = this.spans[number][edge];
    this.move(number, edge, event.shiftKey ? at + direction : nextBorder(this.characters, at, direction, edge === 0));
  }

  // The code point at a point of the window; null where there is no text.
  offsetAt(x, y) {
    const caret = document.caretPositionFromPoint?.(x, y);
    const range = caret ? null : document.caretRangeFromPoint?.(x, y);
    const [node, units] = caret ? [caret.offsetNode, caret.offset] : [range?.startContainer, range?.startOffset];
    const start = node ? this.starts.get(node) : undefined;
    return start === undefined ? null : start + Array.from(node.data.slice(0, units)).length;
  }
}
