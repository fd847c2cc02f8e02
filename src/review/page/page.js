// The review page: shows one quotation after the other and sends what the reviewer says of it.
import { ArticleView, element, wordsOf } from "./article.js";
import { choicesOf, showSpeakers, showStances } from "./choices.js";
import { correctionOf, draftOf } from "./draft.js";
import { followLinks, lightLinks } from "./links.js";

const by = (id) => document.getElementById(id);
const PARTS = { w: "span", s: "speaker", t: "stance" };

let review; // how far it is, as the server says
let view; // the quotation that is shown
let draft; // what the reviewer has made of it
let lit = null; // the entity whose mentions are shown
const article = new ArticleView(by("article"), (number, edge, offset) => {
  draft.spans[number][edge] = offset;
  draw();
});

async function ask(path, body) {
  const options = body === undefined ? {} : {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
  };
  by("error").textContent = "";
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Error("ascribe does not answer; start `ascribe review` again and open the address that it prints");
  }
  const read = await answer.json().catch(() => ({ error: `the server answered ${answer.status}` }));
  if (!answer.ok) throw new Error(read.error);
  return read;
}

// Runs what was asked for. Until it is answered nothing else is taken: a key pressed twice must not judge the next
// quotation unseen.
let busy = false;
async function run(action) {
  if (busy) return;
  busy = true;
  await action().catch((error) => { by("error").textContent = error.message; });
  busy = false;
}

function draw() {
  const { quote, entities } = view;
  const spansOf = (anchors) => anchors.map(({ start, end }) => [start, end]);
  const shown = new Set(lit ? [lit] : draft.speakers.map(({ id }) => id));
  const mentions = entities.filter(({ id }) => shown.has(id)).flatMap((entity) => spansOf(entity.mentions));
  const layers = [
    { name: "other", spans: view.others },
    { name: "mention", spans: mentions },
    { name: "quote", spans: draft.noSpeech ? [] : draft.spans },
    { name: "cue", spans: quote.cue ? spansOf([quote.cue]) : [], key: "speaker" },
    { name: "source", spans: quote.source ? spansOf([quote.source]) : [], href: "#speaker", title: "the source: to the speaker", key: "speaker" },
    ...quote.stances.map(({ party, evidence }) => ({
      name: "party", spans: spansOf(evidence), href: `#party-${party}`, title: `${party}: to the stance`, key: `party-${party}`,
    })),
  ];
  article.show(view.article.text, layers, draft.noSpeech ? [] : draft.spans);
  by("quotation").textContent = wordsOf(article.characters, draft.spans);
  by("no-speech").checked = draft.noSpeech;
  by("reason-label").hidden = !draft.noSpeech || quote.kind === "indirect";
  by("reason").value = draft.reason;
  const correction = correctionOf(view, draft);
  by("words").classList.toggle("changed", Boolean(correction.spans ?? correction.no_speech));
  by("speaker").classList.toggle("changed", Boolean(correction.speakers));
  by("stances").classList.toggle("changed", Boolean(correction.stances));
  by("save-word").textContent = Object.keys(correction).length ? "Save correction" : "Right";
}

// Draws choices anew and gives the focus back to the one that had it.
function keepFocus(container, drawAnew) {
  const focused = container.contains(document.activeElement) ? document.activeElement : null;
  const [name, value] = [focused?.name, focused?.value];
  drawAnew();
  if (name) container.querySelector(`[name="${name}"][value="${value}"]`)?.focus();
}

function drawSpeakers() {
  keepFocus(by("candidates"), () => showSpeakers(by("candidates"), view, draft, choose, (id) => {
    lit = id;
    draw();
  }));
}

function drawStances() {
  keepFocus(by("parties"), () => showStances(by("parties"), view, draft, article.characters, (party, stance) => {
    Object.assign(draft, { party });
    draft.stances.set(party, stance);
    drawStances();
    draw();
  }));
}

function choose(speakers) {
  draft.speakers = speakers;
  drawSpeakers();
  draw();
}

function drawAll() {
  const { article: from, quote } = view;
  const sure = (name, probability) => `${name} ${Math.round(probability * 100)}%`;
  by("title").textContent = from.title ?? from.id;
  by("origin").textContent = [from.source, from.date, from.path].filter(Boolean).join(" · ");
  const facts = [
    `${view.number + 1} of ${review.states.length}`, quote.kind, sure("words", quote.confidence.span),
    sure("speaker", quote.confidence.speaker), ...quote.flags.map((flag) => flag.replaceAll("_", " ")),
    ...(quote.repeats ? ["repeats an earlier one"] : []),
    ...quote.via.map((id) => `via ${view.entities.find((entity) => entity.id === id)?.name ?? id}`),
    ...(review.states[view.number] ? [`judged: ${review.states[view.number]}`] : []),
  ];
  by("facts").replaceChildren(...facts.map((fact) => element("span", {}, fact)));
  by("joint").hidden = view.parts < 2;
  by("joint").textContent = `One of ${view.parts} parts of a speech; the speaker goes for all of them.`;
  by("names").replaceChildren(...view.entities.map(({ name }) => element("option", { value: name })));
  by("note").value = draft.note;
  by("name").value = "";
  by("party").value = "";
  lit = null;
  draw();
  drawSpeakers();
  drawStances();
  by("article").querySelector(".quote, .handle")?.scrollIntoView({ block: "center" });
}

function drawTally() {
  const judged = review.states.filter((state) => state && state !== "skipped").length;
  const skipped = review.states.filter((state) => state === "skipped").length;
  const total = review.states.length;
  Object.assign(by("progress"), { max: total, value: judged });
  const percent = (share) => `${Math.round(share * 100)}%`;
  const { judged: counted, wrong, estimate } = review.rates[0];
  const right = estimate ? 1 - estimate.rate : 1 - wrong / counted;
  const range = estimate ? ` (${percent(1 - estimate.interval.high)}–${percent(1 - estimate.interval.low)})` : "";
  const remark = review.by === "uncertain" ? ", the least sure ones: no estimate" : "";
  by("tally").textContent = [
    `${judged} of ${total} judged`, ...(skipped ? [`${skipped} skipped`] : []), ...(review.gone ? [`${review.gone} no longer there`] : []),
    ...(counted ? [`${percent(right)} right${range}${remark}`] : []), review.reviewer,
  ].join(" · ");
}

async function show(number) {
  view = await ask(`quotes/${number}`);
  draft = draftOf(view);
  document.activeElement?.blur();
  drawTally();
  drawAll();
}

// The next quotation of which nothing was said, from here on and then from the start; then what was skipped.
function open(from) {
  const states = review.states;
  const order = states.map((_, step) => (from + step) % states.length);
  return order.find((number) => !states[number]) ?? order.find((number) => states[number] === "skipped");
}

async function goOn(done) {
  const next = open(view.number + 1);
  const more = { undefined: " All are done; the report: ascribe review OUT --report", skipped: " This one was skipped." };
  by("status").textContent = `${done}.${more[next === undefined ? next : review.states[next]] ?? ""}`;
  await show(next ?? view.number);
}

const actions = {
  save: () => run(async () => {
    const correction = correctionOf(view, draft);
    review = await ask(`quotes/${view.number}`, { correction, note: by("note").value || null });
    await goOn(Object.keys(correction).length ? "Correction saved" : "Right");
  }),
  wrong: () => run(async () => {
    const parts = [...by("wrong-dialog").querySelectorAll("[name=part]:checked")].map((box) => box.value);
    review = await ask(`quotes/${view.number}`, { wrong: true, parts, note: by("note").value || null });
    await goOn("Wrong");
  }),
  skip: () => run(async () => {
    review = await ask(`quotes/${view.number}/skip`, { note: by("note").value || null });
    await goOn("Skipped");
  }),
  undo: () => run(async () => {
    const undone = await ask("undo", {});
    review = undone.review;
    by("status").textContent = undone.number === null ? "Nothing to take back." : "Taken back.";
    await show(undone.number ?? view.number);
  }),
  step: (steps) => run(() => show((view.number + steps + review.states.length) % review.states.length)),
  reset: () => {
    draft = draftOf({ ...view, said: null });
    drawAll();
  },
  noSpeech: () => {
    draft.noSpeech = !draft.noSpeech;
    draw();
  },
  takeName: () => {
    const name = by("name").value.trim();
    if (!name) return by("name").focus();
    const known = view.entities.find((entity) => entity.name.toLowerCase() === name.toLowerCase());
    by("name").value = "";
    by("name").blur();
    choose([known ? { id: known.id, name: known.name, kind: null } : { id: "", name, kind: by("entity-kind").value }]);
  },
  takeParty: () => {
    const party = by("party").value.trim();
    if (!party) return by("party").focus();
    draft.party = party;
    if (!draft.stances.get(party)) draft.stances.set(party, "neutral");
    by("party").value = "";
    by("party").blur();
    drawStances();
    draw();
  },
  candidate: (digit) => {
    const choice = digit === 0 ? null : choicesOf(view, draft)[digit - 1];
    if (choice || digit === 0) choose(choice ? [{ id: choice.id, name: choice.name, kind: choice.kind ?? null }] : []);
  },
  nextParty: () => {
    const parties = [...draft.stances.keys()];
    draft.party = parties[(parties.indexOf(draft.party) + 1) % parties.length] ?? null;
    drawStances();
    by("parties").querySelector(".current")?.scrollIntoView({ block: "nearest" });
    by("parties").querySelector(".current input:checked")?.focus();
  },
  stance: (stance) => {
    if (!draft.party) return;
    draft.stances.set(draft.party, stance);
    drawStances();
    draw();
  },
  edge: (isEnd) => {
    const handles = by("article").querySelectorAll(".handle");
    handles[isEnd ? handles.length - 1 : 0]?.focus();
  },
};

const keys = {
  Enter: actions.save, r: actions.save, x: openWrong, d: actions.noSpeech, s: actions.skip, u: actions.undo, z: actions.reset,
  j: () => actions.step(1), k: () => actions.step(-1), w: () => by("name").focus(), c: () => by("note").focus(),
  p: () => by("party").focus(), t: actions.nextParty, f: () => actions.stance("favor"), n: () => actions.stance("neutral"),
  a: () => actions.stance("against"), "-": () => actions.stance(null), "[": () => actions.edge(false),
  "]": () => actions.edge(true), "?": () => by("help").showModal(),
};

function openWrong() {
  for (const box of by("wrong-dialog").querySelectorAll("[name=part]")) box.checked = false;
  by("wrong-dialog").showModal();
  by("wrong-save").focus();
}

document.addEventListener("keydown", (event) => {
  const target = event.target;
  if (event.ctrlKey || event.metaKey || event.defaultPrevented || event.isComposing || !view || busy) return;
  if (target.closest("dialog")) return;
  if (target.matches("input:not([type=radio], [type=checkbox]), select, textarea")) {
    if (event.key === "Escape") target.blur();
    const take = { name: actions.takeName, party: actions.takeParty }[target.id];
    if (event.key === "Enter" && take) {
      event.preventDefault();
      take();
    }
    return;
  }
  if (event.key === "Escape") return target.blur();
  if (event.key === "Enter" && target.matches("button, a")) return;
  const isPlain = event.key === "Enter" || event.key === "?" || event.altKey !== by("letters").checked;
  const digit = /^[0-9]$/.test(event.key) ? Number(event.key) : null;
  const action = digit === null ? keys[event.key] : () => actions.candidate(digit);
  if (!isPlain || !action || (event.repeat && !["j", "k"].includes(event.key))) return;
  event.preventDefault();
  action();
});

// In the window that asks what is wrong, a letter ticks its box.
by("wrong-dialog").addEventListener("keydown", (event) => {
  const box = by("wrong-dialog").querySelector(`[value="${PARTS[event.key] ?? "none"}"]`);
  if (box) box.checked = !box.checked;
  if (event.key === "Enter" && event.target !== by("wrong-cancel")) {
    event.preventDefault();
    by("wrong-dialog").close();
    actions.wrong();
  }
});

document.addEventListener("click", (event) => {
  // After a click on a button the keys work again, Enter among them.
  if (event.detail > 0) event.target.closest?.("footer button, #panel button")?.blur();
});

by("save").addEventListener("click", actions.save);
by("skip").addEventListener("click", actions.skip);
by("undo").addEventListener("click", actions.undo);
by("reset").addEventListener("click", actions.reset);
by("next").addEventListener("click", () => actions.step(1));
by("previous").addEventListener("click", () => actions.step(-1));
by("wrong").addEventListener("click", openWrong);
by("wrong-cancel").addEventListener("click", () => by("wrong-dialog").close());
by("wrong-save").addEventListener("click", actions.wrong);
by("no-speech").addEventListener("change", actions.noSpeech);
by("reason").addEventListener("change", (event) => { draft.reason = event.target.value; });
by("take-name").addEventListener("click", actions.takeName);
by("take-party").addEventListener("click", actions.takeParty);
by("help-button").addEventListener("click", () => by("help").showModal());
by("panel").addEventListener("submit", (event) => event.preventDefault());

lightLinks();
followLinks(article);
run(async () => {
  review = await ask("review");
  by("all-parties").replaceChildren(...review.parties.map((party) => element("option", { value: party })));
  await show(open(0) ?? 0);
});
