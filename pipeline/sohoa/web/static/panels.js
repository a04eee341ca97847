// The panels beside the text: fields, outline, changes, seals and signatures, history.

import { el, known, language, say, when } from "./dom.js";
import { crop } from "./viewer.js";

const LONG = new Set(["title", "addressees", "legal_bases", "recipients", "statement"]);
const LISTS = ["addressees", "legal_bases", "recipients", "authority"];
const KINDS = [
  "part", "chapter", "section", "subsection", "article", "paragraph", "subparagraph", "point",
  "indent", "text", "table",
];

function labelOf(path) {
  const parts = path.split(".");
  const copy = parts[0] === "copy_block";
  const name = say(`field.${copy ? parts[1] : parts[0]}`);
  const number = Number(parts[parts.length - 1]);
  const counted = Number.isInteger(number) ? `${name} ${number + 1}` : name;
  return copy ? `${say("field.copy_block")}: ${counted}` : counted;
}

function nameOf(path) {
  return path.replace("copy_block.", "").split(".")[0];
}

// What a person reads for a value: days as they are written here.
export function shown(path, value) {
  const day = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value);
  return nameOf(path) === "date" && day ? `${day[3]}/${day[2]}/${day[1]}` : value;
}

function inkOf(context, item, options) {
  const page = context.pageOf(item.page);
  if (!page || !item.box || !context.picture) return null;
  const button = el("button", {
    className: "to-ink", "aria-label": say("show"), on: { click: () => context.goTo(item.page, item.box) },
  });
  button.append(crop(page, item.box, { ...options, width: Math.min(options.width, context.room()) }));
  return button;
}

export function drawFields(panel, document_, context) {
  const rows = document_.fields.map((field) => fieldRow(field, context));
  const adds = context.editable ? [el("div", { className: "adds" }, ...LISTS.map((name) => {
    const count = document_.fields.filter((field) => field.path.startsWith(`${name}.`)).length;
    const empty = { path: `${name}.${count}`, value: "", level: "none", choices: [], page: null, box: null };
    return el("button", {
      className: "plain",
      on: { click: (event) => {
        const row = fieldRow(empty, context);
        event.target.replaceWith(row);
        row.querySelector("textarea, input").focus();
      } },
    }, `+ ${say(`field.${name}`)}`);
  }))] : [];
  panel.replaceChildren(el("p", { className: "intro" }, say("fields.intro")), ...rows, ...adds);
}

function fieldRow(field, context) {
  const name = nameOf(field.path);
  const id = `field-${field.path.replace(/\W/g, "-")}`;
  const value = shown(field.path, field.value);
  const input = makeInput(name, id, value, context);
  const problem = el("span", { className: "problem", role: "alert" });
  const save = async (text) => {
    problem.textContent = "";
    const reason = await context.saveField(field, text);
    if (reason) problem.textContent = say("invalid", { reason });
  };
  const button = el("button", { className: "ok", disabled: !context.editable, on: { click: () => save(input.value) } },
    say("confirm"));
  input.addEventListener("input", () => {
    button.textContent = input.value.trim() === value ? say("confirm") : say("save");
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      event.stopPropagation();
      save(input.value);
    }
  });
  const choices = field.choices.map((text) => el("button", {
    className: "choice", disabled: !context.editable, on: { click: () => save(text) },
  }, shown(field.path, text)));
  const marks = [el("span", { className: `level ${field.level}` }, say(`level.${field.level}`))];
  if (field.handwritten) marks.push(el("span", { className: "level hand" }, say("handwritten")));
  return el("div", { className: `field ${field.level}`, data: { path: field.path } },
    el("div", { className: "name" }, el("label", { htmlFor: id }, labelOf(field.path)), ...marks),
    inkOf(context, field, { width: 460, height: LONG.has(name) ? 80 : 46, label: labelOf(field.path) }),
    el("div", { className: "row" }, input, button),
    choices.length ? el("div", { className: "row choices" }, ...choices) : null,
    field.reason && language === "en" ? el("span", { className: "soft" }, field.reason) : null,
    problem);
}

function makeInput(name, id, value, context) {
  const options = { id, value, disabled: !context.editable, lang: "vi", autocomplete: "off", spellcheck: false };
  if (name === "family") {
    const choice = el("select", { id, disabled: !context.editable },
      ...["party", "state", "unknown"].map((each) => el("option", { value: each }, say(`family.${each}`))));
    choice.value = value || "unknown";
    return choice;
  }
  return LONG.has(name)
    ? el("textarea", { ...options, rows: Math.min(5, 1 + Math.floor(value.length / 55)) })
    : el("input", options);
}

export function drawOutline(panel, document_, context) {
  if (!document_.outline.length) {
    panel.replaceChildren(el("p", { className: "empty" }, say("outline.empty")));
    return;
  }
  let part = "";
  const rows = [];
  for (const unit of document_.outline) {
    if (unit.part !== part) {
      part = unit.part;
      rows.push(el("h2", {}, part));
    }
    rows.push(unitRow(unit, context));
  }
  panel.replaceChildren(...rows);
}

function unitRow(unit, context) {
  const text = [unit.heading, unit.text].filter(Boolean).join(" ");
  const move = (how, sign) => el("button", {
    className: "move", title: say(`outline.${how}`), "aria-label": say(`outline.${how}`), disabled: !context.editable,
    on: { click: () => context.moveUnit(unit, how) },
  }, sign);
  const kind = el("button", {
    className: "kind", title: say("outline.kind"), disabled: !context.editable,
    on: { click: (event) => event.target.replaceWith(kindChoice(unit, context)) },
  }, say(`unit.${unit.kind}`));
  const row = el("div", { className: "unit", data: { path: unit.path, depth: unit.depth } },
    el("span", { className: "moves" }, move("up", "◂"), move("down", "▸")), kind,
    el("button", { className: "words", on: { click: () => unit.box && context.goTo(unit.page, unit.box) } },
      el("b", {}, unit.label), unit.label ? " " : "", text));
  row.style.paddingLeft = `${Math.min(6, unit.depth) * 1.1}rem`;
  return row;
}

function kindChoice(unit, context) {
  const choice = el("select", { "aria-label": say("outline.kind") },
    ...KINDS.map((kind) => el("option", { value: kind }, say(`unit.${kind}`))));
  choice.value = unit.kind;
  choice.addEventListener("change", () => context.moveUnit(unit, `kind:${choice.value}`));
  return choice;
}

export function drawEdits(panel, document_, context) {
  const rows = document_.edits.slice(0, 300).map((edit) => el("div", { className: "edit" },
    inkOf(context, edit, { width: 200, height: 34, label: say("word.crop") }),
    el("p", {}, el("del", {}, edit.before), " → ", el("ins", {}, edit.after), " ",
      el("small", { className: "soft" }, `${edit.reason} · ${Math.round(edit.sure * 100)} %`)),
    el("div", { className: "row" },
      edit.locked
        ? el("span", { className: "level locked" }, say("accepted"))
        : el("button", { className: "ok", disabled: !context.editable, on: { click: () => context.acceptEdit(edit) } }, say("accept")),
      el("button", { disabled: !context.editable, on: { click: () => context.revertEdit(edit) } }, say("revert")))));
  const intro = document_.edits.length ? say("edits.intro") : say("edits.none");
  panel.replaceChildren(el("p", { className: "intro" }, intro), ...rows);
}

export function drawEvidence(panel, document_, context) {
  const { marks, statements, signatures, outcome } = document_.evidence;
  if (!marks.length && !statements.length && !signatures.length) {
    panel.replaceChildren(el("p", { className: "empty" }, say("evidence.none")));
    return;
  }
  const parts = [];
  if (outcome) parts.push(el("p", { className: `outcome ${outcome}` }, say(`outcome.${outcome}`)));
  if (statements.length) parts.push(el("h2", {}, say("evidence.statements")));
  for (const each of statements) {
    parts.push(el("div", { className: "statement" },
      el("span", { className: `level ${each.standing}` }, say(`standing.${each.standing}`)),
      el("span", {}, each.text),
      inkOf(context, each, { width: 420, height: 70, label: each.text })));
  }
  if (marks.length) parts.push(el("h2", {}, say("evidence.marks")));
  for (const each of marks) {
    const kind = known(`kind.${each.kind}`) ? say(`kind.${each.kind}`) : each.kind;
    const shared = `${each.sort}.${each.kind}`;
    const name = known(shared) ? say(shared) : `${say(`sort.${each.sort}`)} ${kind}`;
    const presence = each.presence ? ` · ${say(`presence.${each.presence}`)}` : "";
    parts.push(el("div", { className: "mark-row" },
      inkOf(context, each, { width: 240, height: 150, margin: 0.05, label: kind }),
      el("p", {}, el("b", { className: "name" }, name), presence,
        el("small", { className: "soft" }, ` · ${say("page")} ${each.page} · ${Math.round(each.sure * 100)} %`),
        each.text ? el("q", {}, each.text) : null,
        each.matched ? el("span", {}, ` ${each.matched}`) : null)));
  }
  if (signatures.length) parts.push(el("h2", {}, say("evidence.signatures")));
  for (const each of signatures) {
    parts.push(el("div", { className: "mark-row" },
      inkOf(context, each, { width: 240, height: 110, margin: 0.05, label: each.signer }),
      el("p", {}, el("b", {}, each.signer || "?"), " ",
        el("span", { className: `level ${each.verdict}` }, say(`verdict.${each.verdict}`)),
        el("small", { className: "soft" }, ` ${when(each.signed_at)} · ${each.issuer}`))));
  }
  panel.replaceChildren(...parts);
}

export function drawHistory(panel, document_, context) {
  if (!document_.history.length) {
    panel.replaceChildren(el("p", { className: "empty" }, say("history.none")));
    return;
  }
  const rows = document_.history.map((act) => {
    const change = act.before || act.after
      ? [el("del", {}, act.before || say("empty")), " → ", el("ins", {}, act.after || say("empty"))] : [];
    const undoable = act.holds && ["word", "confirm", "field", "outline"].includes(act.kind) && context.editable;
    const what = act.field ? `${say(`act.${act.kind}`)} ${act.kind === "field" ? labelOf(act.field) : ""}` : say(`act.${act.kind}`);
    return el("li", { className: act.holds ? "" : "undone" },
      el("span", {}, el("b", {}, act.who), ` · ${what} `), ...(act.kind === "confirm" ? [el("ins", {}, act.before)] : change),
      act.why ? el("q", {}, act.why) : null,
      el("small", { className: "soft" }, ` ${when(act.when)}${act.holds ? "" : ` · ${say("act.undone")}`}`),
      undoable ? el("button", { className: "plain", on: { click: () => context.undo(act.id) } }, say("undo")) : null);
  });
  panel.replaceChildren(el("ol", { reversed: true }, ...rows));
}
