// The choices beside the article: who speaks, and for or against whom.
import { element } from "./article.js";

// So many choices are shown at least.
const FEW = 5;
const STANCES = ["favor", "neutral", "against"];
const percent = (probability) => `${Math.round(probability * 100)}%`;

export const sameSpeaker = (one, other) => (one.id || other.id ? one.id === other.id : one.name === other.name);

// Those who may be chosen: the candidates, the speakers of the annotation and of the draft, as far as there are digits
// for them, and where these are few some of the others.
export function choicesOf(view, draft) {
  const choices = [];
  const add = (speaker) => {
    if (!choices.some((choice) => sameSpeaker(choice, speaker))) choices.push(speaker);
  };
  const named = (id) => {
    const entity = view.entities.find((known) => known.id === id);
    return { id, name: entity?.name ?? id, about: entity ? [entity.kind, entity.party].filter(Boolean).join(", ") : "" };
  };
  for (const { entity, probability } of view.quote.candidates) add({ ...named(entity), probability });
  view.quote.speakers.map(named).forEach(add);
  draft.speakers.forEach(add);
  for (const { id } of view.entities) if (choices.length < FEW) add(named(id));
  return choices.slice(0, 9);
}

// Draws the choices of a speaker. `choose(speakers)` is called with who speaks then, `light(id)` when one is looked at.
export function showSpeakers(container, view, draft, choose, light) {
  const rows = choicesOf(view, draft).map((choice, index) => {
    const chosen = draft.speakers.some((speaker) => sameSpeaker(speaker, choice));
    const speaker = { id: choice.id, name: choice.name, kind: choice.kind ?? null };
    const others = draft.speakers.filter((known) => !sameSpeaker(known, choice));
    const radio = element("input", {
      type: "radio", name: "speaker", value: String(index + 1), checked: chosen, change: () => choose([speaker]),
    });
    const probability = choice.probability === undefined ? "" : percent(choice.probability);
    const about = [probability, choice.about].filter(Boolean).join(" · ");
    const label = element("label", {}, radio, element("kbd", {}, String(index + 1)), ` ${choice.name} `, element("small", {}, about));
    const joint = element("button", {
      type: "button", class: "small", "aria-pressed": String(chosen && draft.speakers.length > 1),
      "aria-label": `${choice.name} speaks jointly`, title: "speaks jointly", click: () => choose(chosen ? others : [...draft.speakers, speaker]),
    }, "+");
    const row = element("div", {
      class: "choice", mouseenter: () => light(choice.id), mouseleave: () => light(null),
      focusin: () => light(choice.id), focusout: () => light(null),
    }, label);
    if (draft.speakers.length > 1 || (draft.speakers.length === 1 && !chosen)) row.append(joint);
    return row;
  });
  const nobody = element("input", {
    type: "radio", name: "speaker", value: "0", checked: draft.speakers.length === 0, change: () => choose([]),
  });
  const label = element("label", {}, nobody, element("kbd", {}, "0"), " the text does not tell");
  container.replaceChildren(...rows, element("div", { class: "choice" }, label));
}

// Draws the stances. `choose(party, stance)` is called with null where the quotation does not refer to the party.
export function showStances(container, view, draft, characters, choose) {
  const parties = [...draft.stances.keys()];
  const sets = parties.map((party, index) => {
    const found = view.quote.stances.find((held) => held.party === party);
    const radios = [...STANCES, null].map((stance) => {
      const probability = stance && found ? ` ${percent(found.probabilities[stance])}` : "";
      const radio = element("input", {
        type: "radio", name: `stance-${index}`, value: stance ?? "none", checked: draft.stances.get(party) === stance,
        change: () => choose(party, stance),
      });
      return element("label", {}, radio, stance ?? "not meant", element("small", {}, probability));
    });
    const evidence = (found?.evidence ?? []).map(({ start, end }) =>
      element("a", { href: "#article", "data-go": String(start) }, characters.slice(start, end).join("")));
    return element("fieldset", { class: party === draft.party ? "current" : "", "data-party": party, "data-link": `party-${party}` },
      element("legend", {}, party),
      element("div", { class: "evidence quiet" }, ...(evidence.length ? ["by ", ...evidence] : ["added here"])),
      element("div", { class: "stance" }, ...radios));
  });
  if (sets.length === 0) sets.push(element("p", { class: "quiet" }, "The quotation refers to no party."));
  container.replaceChildren(...sets);
}
