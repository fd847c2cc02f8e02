// What the reviewer has made of a quotation: the annotation at first, then with the changes.

// What the annotation says, with the correction that was saved before.
export function draftOf({ quote, entities, said }) {
  const named = (id) => ({ id, name: entities.find((entity) => entity.id === id)?.name ?? id, kind: null });
  const correction = said?.correction ?? {};
  const stances = new Map(quote.stances.map(({ party, stance }) => [party, stance]));
  for (const { party, stance } of correction.stances ?? []) stances.set(party, stance);
  return {
    spans: (correction.spans ?? quote.spans).map(({ start, end }) => [start, end]),
    speakers: correction.speakers ?? quote.speakers.map(named),
    stances,
    party: [...stances.keys()][0] ?? null,
    noSpeech: Boolean(correction.no_speech),
    reason: correction.no_speech?.reason ?? "scare",
    note: said?.note ?? "",
  };
}

// The changes that the draft makes to the annotation; parts without a change are left out.
export function correctionOf({ quote }, draft) {
  if (draft.noSpeech) return { no_speech: { reason: quote.kind === "indirect" ? null : draft.reason } };
  const correction = {};
  const spans = draft.spans.map(([start, end]) => ({ start, end }));
  const before = quote.spans.map(({ start, end }) => ({ start, end }));
  if (JSON.stringify(spans) !== JSON.stringify(before)) correction.spans = spans;
  const speakers = draft.speakers.map(({ id, name, kind }) => ({ id, name, ...(kind ? { kind } : {}) }));
  if (speakers.map(({ id, name }) => id || name).join("\n") !== quote.speakers.join("\n")) correction.speakers = speakers;
  const held = new Map(quote.stances.map(({ party, stance }) => [party, stance]));
  const stances = [...draft.stances].filter(([party, stance]) => (held.get(party) ?? null) !== stance);
  if (stances.length) correction.stances = stances.map(([party, stance]) => ({ party, stance }));
  return correction;
}
