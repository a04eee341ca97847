// The review page: what is shown, what is chosen, what is saved.

import { Refused, freshId, getDocument, getPage, greet, leave, send } from "./calls.js";
import { Card } from "./card.js";
import { askConflict, askSignOff } from "./dialogs.js";
import { byId, el, key, say, when } from "./dom.js";
import { drawEdits, drawEvidence, drawFields, drawHistory, drawOutline } from "./panels.js";
import { drawText, levelOf, wordsOf } from "./text.js";
import { Viewer } from "./viewer.js";

const GREET_MS = 12000;
const PANELS = ["text", "fields", "outline", "edits", "evidence", "history"];

let doc = null;
let page = null; // the words of the page that is shown
let chosen = null; // id of the word in hand
let tab = "text";
const stale = new Set();
const pages = new Map();
const mine = []; // ids of what was done here, for Ctrl+Z
let saving = Promise.resolve();
let waiting = 0;

const viewer = new Viewer(byId("scan"), { onPick: (id) => choose(id), onHover: (id) => hover(id) });
const card = new Card(byId("card"), {
  onSave: (word, text) => saveWord(word, text),
  onDrop: (word) => saveWord(word, ""),
  onNext: () => step(1, true),
});

const context = {
  get editable() { return doc.may_correct && doc.state !== "signed"; },
  get picture() { return doc.original; },
  room: () => document.querySelector(".side").clientWidth - 40,
  pageOf: (number) => doc.pages.find((each) => each.number === number) || null,
  goTo: async (number, box) => { await openPage(number); viewer.show(box); },
  saveField: (field, text) => saveField(field, text),
  moveUnit: (unit, how) => act([{ kind: "outline", field: unit.path, before: unit.before, after: how }], say("outline.refused")),
  acceptEdit: (edit) => act([{ kind: "confirm", word: edit.word }]),
  revertEdit: (edit) => act([{ kind: "word", word: edit.word, after: edit.before }]),
  undo: (id) => undo(id),
};

// Loading

async function load() {
  doc = await getDocument();
  stale.clear();
  PANELS.forEach((each) => stale.add(each));
  const select = byId("page");
  select.replaceChildren(...doc.pages.map((each) => el("option", { value: each.number }, `${each.number}/${doc.pages.length}`)));
  if (page) select.value = String(page.number);
  drawState();
}

async function openPage(number, again = false) {
  if (page && page.number === number && !again) return;
  const changed = !page || page.number !== number;
  if (!pages.has(number)) pages.set(number, await getPage(number));
  page = pages.get(number);
  byId("page").value = String(number);
  if (changed) {
    viewer.open(context.pageOf(number), doc.original);
    byId("panel-text").scrollTop = 0;
  }
  drawPage();
}

function drawPage() {
  drawText(byId("panel-text"), page, doc.least);
  const words = [...wordsOf(page)].map((word) => ({ id: word.id, box: word.box, level: levelOf(word, doc.least) }));
  const marks = doc.evidence.marks.concat(doc.evidence.signatures.map((each) => ({ ...each, sort: "signature" })));
  viewer.mark(words, marks.filter((mark) => mark.page === page.number && mark.box));
  if (chosen) {
    const shown = spanOf(chosen);
    if (shown) shown.classList.add("chosen");
    viewer.highlight(chosen, "chosen");
  }
}

const spanOf = (id) => byId("panel-text").querySelector(`[data-id="${CSS.escape(id)}"]`);

function findWord(id) {
  for (const word of wordsOf(page)) if (word.id === id) return word;
  return null;
}

// Doubts of a page follow its words once they are here.
function refreshDoubts(fresh) {
  const own = [...wordsOf(fresh)].filter((word) => !word.locked && word.doubt !== undefined && word.doubt >= doc.least);
  const others = doc.doubts.filter((each) => each.page !== fresh.number);
  const order = new Map(doc.pages.map((each, index) => [each.number, index]));
  doc.doubts = others.concat(own.map((word) => ({ id: word.id, page: fresh.number })));
  doc.doubts.sort((a, b) => order.get(a.page) - order.get(b.page));
}

// Choosing

async function choose(id, number = page.number) {
  await openPage(number);
  const word = findWord(id);
  for (const old of byId("panel-text").querySelectorAll(".chosen")) old.classList.remove("chosen");
  if (!word) { rest(); return; }
  chosen = id;
  const shown = spanOf(id);
  if (shown) {
    shown.classList.add("chosen");
    shown.scrollIntoView({ block: "nearest" });
  }
  viewer.highlight(id, "chosen");
  viewer.show(word.box);
  drawCard(word);
}

function drawCard(word) {
  card.show(word, context.pageOf(page.number), {
    picture: doc.original, editable: context.editable, left: doc.doubts.length,
  });
}

function rest() {
  chosen = null;
  viewer.highlight("", "chosen");
  card.rest(doc.doubts.length);
}

function hover(id) {
  for (const old of byId("panel-text").querySelectorAll(".near")) old.classList.remove("near");
  if (id) {
    const shown = spanOf(id);
    if (shown) shown.classList.add("near");
  }
}

// The next doubtful word after the one in hand, over all pages; the first again after the last.
async function step(direction, doubtful) {
  if (!doubtful) {
    const words = [...wordsOf(page)];
    const index = words.findIndex((word) => word.id === chosen);
    const next = words[index < 0 ? 0 : index + direction];
    if (next) await choose(next.id);
    return;
  }
  if (tab !== "text") showTab("text");
  const next = nextDoubt(direction);
  if (next) await choose(next.id, next.page);
  else rest();
}

function nextDoubt(direction) {
  const { doubts } = doc;
  if (!doubts.length) return null;
  const own = doubts.findIndex((each) => each.id === chosen);
  if (own >= 0) return doubts[(own + direction + doubts.length) % doubts.length];
  const words = [...wordsOf(page)].map((word) => word.id);
  const place = words.indexOf(chosen);
  const later = doubts.findIndex((each) => each.page > page.number
    || (each.page === page.number && words.indexOf(each.id) > place));
  const index = later < 0 ? doubts.length : later;
  return doubts[direction > 0 ? index % doubts.length : (index - 1 + doubts.length) % doubts.length];
}

// Saving

// One after the other, each on the version that the one before it made.
function act(wishes, refused) {
  if (!context.editable && wishes[0].kind !== "reopen") {
    tell(say(doc.may_correct ? "signed.locked" : "read-only"));
    return Promise.resolve(false);
  }
  const made = wishes.map((wish) => ({ id: freshId(), ...wish }));
  waiting += 1;
  tell(say("saving"));
  const done = saving.then(() => deliver(made, refused)).finally(() => { waiting -= 1; });
  saving = done.catch(() => false);
  return done;
}

async function deliver(made, refused) {
  for (;;) {
    try {
      const answer = await send(doc.version, made, () => tell(say("offline"), true));
      taken(answer, made);
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status === 409 && error.body.changes) {
        if (!(await settle(error.body, made))) return false;
      } else {
        await explain(error, refused);
        return false;
      }
    }
  }
}

async function explain(error, refused) {
  if (error.status === 401 || error.status === 403) tell(say("expired"), true);
  else if (error.status === 409) tell(say("signed.locked"), true);
  else tell(refused || say("failed", { reason: error.message }), true);
  pages.clear();
  await load();
  if (page) await openPage(page.number, true);
  drawTab();
}

function taken(answer, made) {
  doc.version = answer.version;
  doc.state = answer.state;
  doc.signed_by = answer.signed_by;
  doc.signed_at = answer.signed_at;
  for (const fresh of answer.pages) {
    pages.set(fresh.number, fresh);
    refreshDoubts(fresh);
    if (page.number === fresh.number) {
      page = fresh;
      drawPage();
    }
  }
  for (const each of made) {
    if (each.kind === "undo") mine.splice(mine.indexOf(each.undoes), mine.includes(each.undoes) ? 1 : 0);
    else if (["word", "confirm", "field", "outline"].includes(each.kind)) mine.push(each.id);
  }
  tell(say(made[0].kind === "undo" ? "undone" : "saved"));
  PANELS.slice(1).forEach((each) => stale.add(each));
  drawState();
  if (tab !== "text") drawTab();
}

const targetOf = (wish) => (wish.word ? `word:${wish.word}` : wish.field ? `field:${wish.field}` : "");

// Somebody else was faster: take in what they did; ask where it was the same thing.
async function settle(body, made) {
  const names = [...new Set(body.changes.map((each) => each.who))].join(", ");
  pages.clear();
  const number = page.number;
  await load();
  await openPage(number, true);
  const same = body.changes.filter((each) => made.some((wish) => targetOf(wish) && targetOf(wish) === each.target));
  drawTab();
  if (made.some((wish) => ["sign-off", "undo", "reopen"].includes(wish.kind))) {
    tell(say("others.changed", { names }), true);
    return false;
  }
  if (same.length) {
    const theirs = same[same.length - 1];
    const own = made.find((wish) => targetOf(wish) === theirs.target);
    const takeMine = await askConflict(theirs, own);
    if (takeMine && own.kind === "confirm" && theirs.kind === "word") own.kind = "word", own.after = theirs.before;
    if (chosen) await choose(chosen);
    return takeMine;
  }
  tell(say("others.changed", { names }));
  return true;
}

async function saveWord(word, text) {
  if (!context.editable) { tell(say(doc.may_correct ? "signed.locked" : "read-only"), true); return; }
  const wish = text === word.text ? { kind: "confirm", word: word.id } : { kind: "word", word: word.id, after: text };
  // On to the next one at once; what was saved here comes back a moment later.
  const next = nextDoubt(1);
  doc.doubts = doc.doubts.filter((each) => each.id !== word.id);
  const saved = act([wish]);
  if (next && next.id !== word.id) await choose(next.id, next.page);
  else rest();
  drawState();
  await saved;
  if (chosen) {
    const now = findWord(chosen);
    if (now && document.activeElement !== card.input) drawCard(now);
  } else {
    card.rest(doc.doubts.length);
  }
}

async function saveField(field, text) {
  try {
    const made = [{ id: freshId(), kind: "field", field: field.path, after: text }];
    if (!context.editable) return say("signed.locked");
    tell(say("saving"));
    const done = saving.then(() => deliverField(made));
    saving = done.catch(() => "");
    return await done;
  } catch (error) {
    return error.message;
  }
}

async function deliverField(made) {
  for (;;) {
    try {
      taken(await send(doc.version, made, () => tell(say("offline"), true)), made);
      return "";
    } catch (error) {
      if (error instanceof Refused && error.status === 409 && error.body.changes) {
        if (!(await settle(error.body, made))) return "";
      } else if (error instanceof Refused && error.status === 422) {
        tell("");
        return error.message;
      } else if (error instanceof Refused) {
        await explain(error);
        return "";
      } else throw error;
    }
  }
}

async function undo(id) {
  const last = id || mine[mine.length - 1];
  if (!last) { tell(say("undo.nothing")); return; }
  if (!(await act([{ kind: "undo", undoes: last }]))) return;
  await load();
  if (chosen) await choose(chosen);
  drawTab();
}

async function signOff() {
  await saving;
  await load();
  const unsure = doc.fields.filter((field) => ["poor", "fair", "missing"].includes(field.level)).length;
  const note = await askSignOff({ name: doc.me, words: doc.doubts.length, fields: unsure });
  if (note === null) return;
  await act([{ kind: "sign-off", why: note }]);
  await load();
  await openPage(page.number, true);
  if (chosen) await choose(chosen);
  else rest();
  drawTab();
  meet();
}

async function reopen() {
  await act([{ kind: "reopen" }]);
  pages.clear();
  await load();
  await openPage(page.number, true);
  drawTab();
  rest();
}

// What is told

let telling = null;

function tell(text, important = false) {
  const place = byId("saved");
  place.textContent = text;
  place.classList.toggle("bad", important);
  clearTimeout(telling);
  if (!important) telling = setTimeout(() => { if (!waiting) place.textContent = ""; }, 2500);
}

function drawState() {
  const left = byId("left");
  left.textContent = doc.state === "signed"
    ? say("sign.done", { name: doc.signed_by, when: when(doc.signed_at) })
    : say("word.count", { left: doc.doubts.length });
  left.classList.toggle("signed", doc.state === "signed");
  byId("sign").hidden = !context.editable;
  byId("undo").hidden = !context.editable || !mine.length;
  byId("reopen").hidden = !(doc.may_correct && doc.state === "signed");
  byId("count-text").textContent = doc.doubts.length || "";
  byId("count-fields").textContent = doc.fields.filter((each) => ["poor", "fair", "missing"].includes(each.level)).length || "";
  byId("count-edits").textContent = doc.edits.filter((each) => !each.locked).length || "";
  byId("others").textContent = doc.others.length ? say("others", { names: doc.others.join(", ") }) : "";
  drawResults(doc.results);
  drawNotes();
}

function drawResults(results) {
  const place = byId("results");
  place.replaceChildren();
  if (doc.state !== "signed" || results.state === "none") return;
  if (results.state === "written") {
    place.append(el("a", { href: `/d/${key}/results` }, say("results.show")));
  } else {
    place.append(say(results.state === "failed" ? "results.failed-short" : "results.writing"));
  }
}

function drawNotes() {
  const notes = [];
  if (doc.newer) notes.push(el("p", { className: "note" }, say("newer")));
  if (doc.unplaced.length) {
    notes.push(el("div", { className: "note bad" }, el("p", {}, say("unplaced")),
      el("ul", {}, ...doc.unplaced.map((each) => el("li", {},
        `${each.page ? `${say("page")} ${each.page}: ` : ""}${each.before} → ${each.after || each.before} (${each.who})`)))));
  }
  const loud = doc.findings.filter((each) => each.severity !== "info");
  if (loud.length) {
    notes.push(el("details", { className: "note" }, el("summary", {}, `${say("findings")} (${loud.length})`),
      el("ul", {}, ...loud.map((each) => el("li", { className: each.severity, title: each.message },
        each.page ? `${say("page")} ${each.page}: ` : "", each.text)))));
  }
  byId("notes").replaceChildren(...notes);
}

// Tabs

async function drawTab() {
  if (tab === "text" || !stale.has(tab)) return;
  if (stale.has("document")) stale.delete("document");
  const draw = { fields: drawFields, outline: drawOutline, edits: drawEdits, evidence: drawEvidence, history: drawHistory }[tab];
  const panel = byId(`panel-${tab}`);
  const top = panel.scrollTop;
  const focus = panel.contains(document.activeElement) ? pathOf(document.activeElement) : null;
  if (doc.drawn !== doc.version) {
    const doubts = doc.doubts;
    const fresh = await getDocument();
    if (fresh.version !== doc.version) return;
    doc = fresh;
    doc.doubts = waiting ? doubts : fresh.doubts;
    doc.drawn = doc.version;
    drawState();
  }
  stale.delete(tab);
  draw(panel, doc, context);
  panel.scrollTop = top;
  if (focus) refocus(panel, focus);
}

function pathOf(element) {
  const row = element.closest("[data-path]");
  return row ? { path: row.dataset.path, name: element.className } : null;
}

// After a field was saved, on to the next one: nobody needs a mouse.
function refocus(panel, { path, name }) {
  const rows = [...panel.querySelectorAll("[data-path]")];
  const index = rows.findIndex((row) => row.dataset.path === path);
  if (index < 0) return;
  if (tab === "fields") {
    const next = rows[Math.min(index + 1, rows.length - 1)].querySelector("input, textarea, select");
    if (next) next.focus();
  } else {
    const again = rows[index].getElementsByClassName(name)[0];
    if (again) again.focus();
  }
}

function showTab(name, focus = false) {
  tab = name;
  for (const each of PANELS) {
    const button = byId(`tab-${each}`);
    button.setAttribute("aria-selected", String(each === name));
    button.tabIndex = each === name ? 0 : -1;
    byId(`panel-${each}`).hidden = each !== name;
    if (each === name && focus) button.focus();
  }
  byId("card").hidden = name !== "text";
  drawTab();
}

for (const each of PANELS) byId(`tab-${each}`).addEventListener("click", () => showTab(each));
document.querySelector(".tabs").addEventListener("keydown", (event) => {
  const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!move) return;
  event.preventDefault();
  event.stopPropagation();
  showTab(PANELS[(PANELS.indexOf(tab) + move + PANELS.length) % PANELS.length], true);
});

// Mouse and keys

byId("panel-text").addEventListener("click", (event) => {
  const shown = event.target.closest(".w");
  if (shown) choose(shown.dataset.id);
});
byId("panel-text").addEventListener("mouseover", (event) => {
  const shown = event.target.closest(".w");
  viewer.highlight(shown ? shown.dataset.id : "", "near");
});
byId("page").addEventListener("change", (event) => turnTo(Number(event.target.value)));
byId("page-previous").addEventListener("click", () => turnBy(-1));
byId("page-next").addEventListener("click", () => turnBy(1));
byId("zoom-in").addEventListener("click", () => viewer.zoom(1.3));
byId("zoom-out").addEventListener("click", () => viewer.zoom(1 / 1.3));
byId("zoom-fit").addEventListener("click", () => viewer.fit());
byId("rotate").addEventListener("click", () => viewer.rotate());
byId("boxes").addEventListener("change", (event) => byId("scan").classList.toggle("bare", !event.target.checked));
byId("undo").addEventListener("click", () => undo());
byId("sign").addEventListener("click", () => signOff());
byId("reopen").addEventListener("click", () => reopen());

async function turnTo(number) {
  await openPage(number);
  rest();
}

function turnBy(direction) {
  const index = doc.pages.findIndex((each) => each.number === page.number) + direction;
  if (doc.pages[index]) turnTo(doc.pages[index].number);
}

const KEYS = {
  ArrowDown: () => step(1, true),
  ArrowUp: () => step(-1, true),
  ArrowRight: () => step(1, false),
  ArrowLeft: () => step(-1, false),
  PageDown: () => turnBy(1),
  PageUp: () => turnBy(-1),
  Enter: () => (card.word ? card.save() : step(1, true)),
  Delete: () => card.word && saveWord(card.word, ""),
  F2: () => card.type(),
  1: () => card.choose(1),
  2: () => card.choose(2),
  3: () => card.choose(3),
  "+": () => viewer.zoom(1.3),
  "=": () => viewer.zoom(1.3),
  "-": () => viewer.zoom(1 / 1.3),
  0: () => viewer.fit(),
  "]": () => viewer.rotate(),
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || byId("dialog").open) return;
  const at = document.activeElement;
  const typing = at && ["INPUT", "TEXTAREA", "SELECT"].includes(at.tagName) && at.type !== "checkbox";
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && (!typing || at === card.input)) {
    event.preventDefault();
    undo();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
  const pressing = at && ["BUTTON", "A", "SUMMARY"].includes(at.tagName);
  if (pressing && (event.key === "Enter" || event.key === " ")) return;
  const panel = at && at.closest(".panel:not(.text)");
  if (panel && ["ArrowDown", "ArrowUp", "PageDown", "PageUp"].includes(event.key)) return;
  if (Object.hasOwn(KEYS, event.key) && (tab === "text" || !["Enter", "Delete", "1", "2", "3", "F2"].includes(event.key))) {
    event.preventDefault();
    KEYS[event.key]();
  } else if (tab === "text" && card.word && /^\p{L}$/u.test(event.key)) {
    // A letter begins the correction; it goes into the field itself, through any input method.
    card.type();
  }
});
window.addEventListener("pagehide", () => leave());
window.addEventListener("beforeunload", (event) => { if (waiting) event.preventDefault(); });

// Who else is here, and what they did

async function meet() {
  try {
    const answer = await greet();
    doc.others = answer.others;
    doc.results = answer.results;
    byId("others").textContent = doc.others.length ? say("others", { names: doc.others.join(", ") }) : "";
    if (!waiting && answer.version > doc.version) {
      pages.clear();
      await load();
      await openPage(page.number, true);
      drawTab();
      if (chosen && document.activeElement !== card.input) await choose(chosen);
    } else {
      drawResults(answer.results);
    }
    if (answer.results.state === "writing") setTimeout(meet, 1500);
  } catch (error) {
    if (error instanceof Refused && error.status === 401) tell(say("expired"), true);
  }
}

await load();
if (doc.pages.length) {
  await openPage(doc.doubts.length ? doc.doubts[0].page : doc.pages[0].number);
  rest();
}
document.body.classList.add("ready");
setInterval(meet, GREET_MS);
