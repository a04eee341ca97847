// Questions that need an answer: a conflict, a sign-off.

import { byId, el, say } from "./dom.js";

function ask(title, body, buttons) {
  const dialog = byId("dialog");
  return new Promise((answer) => {
    let given = null;
    const close = (value) => { given = value; dialog.close(); };
    dialog.replaceChildren(
      el("h2", { id: "dialog-title" }, title), ...body,
      el("div", { className: "row end" }, ...buttons.map(([text, value, name]) => el(
        "button", { className: name, on: { click: () => close(typeof value === "function" ? value() : value) } }, text,
      ))),
    );
    dialog.addEventListener("close", () => answer(given), { once: true });
    dialog.showModal();
  });
}

export async function askConflict(theirs, own) {
  const text = say("conflict.told", {
    who: theirs.who, theirs: theirs.after || theirs.before, mine: own.after || theirs.before,
  });
  const mine = await ask(say("conflict"), [el("p", {}, text)], [
    [say("conflict.theirs"), false, ""], [say("conflict.mine"), true, "main"],
  ]);
  return mine === true;
}

// The note of a sign-off; null where the person thought better of it.
export function askSignOff({ name, words, fields }) {
  const left = words || fields;
  const note = el("textarea", { id: "sign-note", rows: 2, maxLength: 500, lang: "vi" });
  return ask(say("sign.title"), [
    el("p", { className: left ? "note" : "note good" }, left ? say("sign.left", { words, fields }) : say("sign.clear")),
    el("p", {}, say("sign.as", { name })),
    el("label", { htmlFor: "sign-note" }, say("sign.note")), note,
  ], [[say("cancel"), null, ""], [say("sign.do"), () => note.value.trim(), "main"]]);
}
