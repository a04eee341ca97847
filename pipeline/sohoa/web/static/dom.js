// Making elements. Text of papers only ever becomes text, never markup.

export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    } else if (name === "data") {
      Object.assign(element.dataset, value);
    } else if (name in element && !name.startsWith("aria") && name !== "role" && name !== "list") {
      element[name] = value;
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(tag, attributes = {}) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

const main = document.getElementById("main");
const words = JSON.parse(main.dataset.words);

export const key = main.dataset.key;
export const csrf = main.dataset.csrf;
export const language = document.documentElement.lang;

// The message under a key, its {parts} filled in.
export function say(name, parts = {}) {
  const text = words[name];
  if (text === undefined) return name;
  return text.replace(/\{(\w+)\}/g, (_, part) => String(parts[part]));
}

export function known(name) {
  return name in words;
}

export function byId(id) {
  return document.getElementById(id);
}

export function when(iso) {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : time.toLocaleString(language);
}
