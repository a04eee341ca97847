// Names of controls, labels, languages, ids, contrast of text, nothing wider than the window.
() => {
  const found = [];
  const visible = (element) => element.checkVisibility({ visibilityProperty: true })
    && element.getClientRects().length > 0;
  const told = (element) => element.outerHTML.slice(0, 120);
  const nameOf = (element) => {
    const by = element.getAttribute("aria-labelledby");
    if (by) return by.split(" ").map((id) => document.getElementById(id)?.textContent || "").join("");
    if (element.getAttribute("aria-label")) return element.getAttribute("aria-label");
    if (element.labels && element.labels.length) return element.labels[0].textContent;
    return element.textContent || element.title || element.placeholder || "";
  };
  if (!document.documentElement.lang) found.push("no language");
  if (!document.title.trim()) found.push("no title");
  if (document.querySelectorAll("h1").length !== 1) found.push("not one h1");
  if (document.querySelectorAll("main").length !== 1) found.push("not one main");
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  for (const id of new Set(ids)) if (ids.filter((each) => each === id).length > 1) found.push(`twice: ${id}`);
  for (const element of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, [role=tab], [role=img]")) {
    if (visible(element) && !nameOf(element).trim()) found.push(`no name: ${told(element)}`);
  }
  for (const element of document.querySelectorAll("img:not([alt])")) found.push(`no alt: ${told(element)}`);
  for (const element of document.querySelectorAll("[aria-controls]")) {
    if (!document.getElementById(element.getAttribute("aria-controls"))) found.push(`controls nothing: ${told(element)}`);
  }
  for (const element of document.querySelectorAll("[tabindex]")) if (element.tabIndex > 0) found.push(`tab order: ${told(element)}`);
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  if (wide > 1) found.push(`wider than the window by ${wide}`);

  const parse = (text) => (text.match(/[\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((value) => value / 255)
    .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const groundOf = (element) => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
      const [r, g, b, alpha = 1] = parse(getComputedStyle(each).backgroundColor);
      if (alpha > 0) layers.push([r, g, b, alpha]);
      if (alpha === 1) break;
    }
    return layers.reverse().reduce((below, [r, g, b, alpha]) => [r, g, b]
      .map((value, index) => value * alpha + below[index] * (1 - alpha)), [255, 255, 255]);
  };
  const seen = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || seen.has(element) || !visible(element)) continue;
    seen.add(element);
    if (element.closest(":disabled, .unseen, .skip")) continue;
    const style = getComputedStyle(element);
    const [a, b] = [light(parse(style.color)), light(groundOf(element))].sort((x, y) => y - x);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.7 && Number(style.fontWeight) >= 700);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < (large ? 3 : 4.5)) found.push(`contrast ${ratio.toFixed(2)}: ${told(element)}`);
  }
  return found;
}
