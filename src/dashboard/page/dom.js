// Elements and words. All text goes through text nodes: nothing of an article is ever read as HTML.
const find = (selector) => document.querySelector(selector);

/** Makes an element: attributes, `on` for listeners, then children. */
function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'on') for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const button = (label, action, attributes = {}) =>
  make('button', { type: 'button', ...attributes, on: { click: action } }, label);

const grouped = new Intl.NumberFormat('en-US');
const counted = (count, noun) => `${grouped.format(count)} ${noun}${count === 1 ? '' : 's'}`;
const percent = (share) => `${Math.round(share * 100)}%`;

/** A score as it is shown: +62, −41, 0. */
function signed(score) {
  const points = Math.round(score * 100);
  return points > 0 ? `+${points}` : points < 0 ? `−${-points}` : '0';
}

const DAY = 864e5;
const isoDay = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const dayFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const monthFormat = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' });
const dayName = (day) => dayFormat.format(day * DAY);

/** The first day of the day, week (from Monday) or month of a day. */
function periodOf(day, unit) {
  if (unit === 'day') return day;
  if (unit === 'week') return day - ((((day + 3) % 7) + 7) % 7);
  const date = new Date(day * DAY);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / DAY;
}

function periodName(from, unit) {
  if (unit === 'month') return monthFormat.format(from * DAY);
  return unit === 'week' ? `week of ${dayName(from)}` : dayName(from);
}

/** A list that keeps only what is in view in the document, whatever the number and the heights of its items. */
class VirtualList {
  constructor(box, estimate) {
    this.box = box;
    this.estimate = estimate;
    this.room = make('div', { class: 'room', role: 'presentation' });
    box.replaceChildren(this.room);
    box.addEventListener('scroll', () => this.update(), { passive: true });
    new ResizeObserver(() => this.remeasure()).observe(box);
    this.shown = new Map();
    this.count = 0;
  }

  /** Shows `count` items, each made by `render(index, changed)`; `changed` is to be called when its height changed. */
  show(count, render) {
    this.count = count;
    this.render = render;
    this.heights = new Float64Array(count).fill(this.estimate);
    this.shown.forEach((item) => item.remove());
    this.shown.clear();
    this.box.scrollTop = 0;
    this.place();
    this.update();
  }

  place() {
    this.tops = new Float64Array(this.count + 1);
    for (let at = 0; at < this.count; at += 1) this.tops[at + 1] = this.tops[at] + this.heights[at];
    this.room.style.height = `${this.tops[this.count]}px`;
    this.shown.forEach((item, at) => {
      item.style.transform = `translateY(${this.tops[at]}px)`;
    });
  }

  /** The item at a height. */
  at(height) {
    let [low, high] = [0, Math.max(0, this.count - 1)];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.tops[middle] <= height) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  update() {
    if (!this.render || !this.box.clientHeight) return;
    const from = Math.max(0, this.at(this.box.scrollTop) - 2);
    const to = Math.min(this.count, this.at(this.box.scrollTop + this.box.clientHeight) + 3);
    this.shown.forEach((item, at) => {
      if ((at < from || at >= to) && !item.contains(document.activeElement)) {
        item.remove();
        this.shown.delete(at);
      }
    });
    for (let at = from; at < to; at += 1) {
      if (this.shown.has(at)) continue;
      const item = this.render(at, () => this.remeasure());
      item.setAttribute('aria-posinset', at + 1);
      item.setAttribute('aria-setsize', this.count);
      this.shown.set(at, item);
      const next = [...this.room.children].find((other) => Number(other.getAttribute('aria-posinset')) > at + 1);
      this.room.insertBefore(item, next ?? null);
    }
    this.remeasure();
  }

  /** Takes the heights as they are, keeping what is in view where it is. */
  remeasure() {
    if (!this.count || !this.box.clientHeight) return;
    const first = this.at(this.box.scrollTop);
    const before = this.tops[first];
    let changed = false;
    this.shown.forEach((item, at) => {
      const height = item.offsetHeight;
      if (height && Math.abs(height - this.heights[at]) > 0.5) {
        this.heights[at] = height;
        changed = true;
      }
    });
    this.place();
    if (!changed) return;
    if (this.tops[first] !== before) this.box.scrollTop += this.tops[first] - before;
    this.update();
  }
}
