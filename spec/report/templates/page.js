"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const state = { lang: "", verdict: [], ruling: "", chapter: "", q: "" };

  const remembered = (key) => { try { return localStorage.getItem("spec.report." + key); } catch { return null; } };
  const remember = (key, value) => { try { localStorage.setItem("spec.report." + key, value); } catch { /* a page from disk may have no storage */ } };

  // The address ends in `#row-id?filters`: a fragment changes even where a page from disk may not change its query.
  const address = () => {
    const [anchor, query = ""] = location.hash.slice(1).split("?");
    return { anchor: decoded(anchor), query, asked: new URLSearchParams(query) };
  };
  const decoded = (text) => { try { return decodeURIComponent(text); } catch { return text; } };

  const readState = () => {
    const { anchor, query, asked } = address();
    if (anchor && !query) return;
    state.verdict = (asked.get("verdict") || "").split(".").filter(Boolean).map((word) => word.replaceAll("_", " "));
    for (const name of ["ruling", "chapter", "q"]) state[name] = asked.get(name) || "";
    if (["en", "zh"].includes(asked.get("lang"))) state.lang = asked.get("lang");
  };
  const writeState = (anchor = address().anchor) => {
    const query = new URLSearchParams();
    if (state.verdict.length) query.set("verdict", state.verdict.map((word) => word.replaceAll(" ", "_")).join("."));
    for (const name of ["ruling", "chapter", "q"]) if (state[name]) query.set(name, state[name]);
    if (root.dataset.chosen) query.set("lang", state.lang);
    const text = query.toString();
    try { history.replaceState(null, "", "#" + encodeURIComponent(anchor) + (text ? "?" + text : "")); } catch { /* the page still works */ }
  };

  const speak = () => {
    root.dataset.language = root.lang = state.lang;
    for (const button of all("[data-language]", document.body)) button.setAttribute("aria-pressed", button.dataset.language === state.lang);
    for (const option of all("option[data-en]")) option.textContent = option.dataset[state.lang];
  };
  const dress = (scheme) => {
    if (scheme === "auto") delete root.dataset.scheme; else root.dataset.scheme = scheme;
    for (const button of all("button[data-scheme]")) button.setAttribute("aria-pressed", button.dataset.scheme === scheme);
  };

  const texts = new WeakMap();
  const textOf = (row) => {
    if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
    return texts.get(row);
  };
  const matches = (row, words) => (!state.verdict.length || state.verdict.includes(row.dataset.verdict))
    && (!state.ruling || row.dataset.ruling === state.ruling)
    && (!state.chapter || row.dataset.chapter === state.chapter)
    && words.every((word) => textOf(row).includes(word));

  const sift = () => {
    const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
    const rows = all(".row");
    for (const row of rows) row.hidden = !matches(row, words);
    for (const group of all(".group")) group.hidden = !group.querySelector(".row:not([hidden])");
    const count = rows.filter((row) => !row.hidden).length;
    document.querySelector(".shown output").textContent = `${count} / ${rows.length}`;
    document.querySelector(".nothing").hidden = count > 0 || !rows.length;
    for (const chip of all("[data-choice]")) chip.setAttribute("aria-pressed", state.verdict.includes(chip.dataset.choice));
    const form = document.querySelector(".filters");
    for (const name of ["ruling", "chapter", "q"]) if (form.elements[name].value !== state[name]) form.elements[name].value = state[name];
  };

  const openTarget = () => {
    const target = document.getElementById(address().anchor);
    if (!target) return;
    const group = target.closest(".group");
    if (target.matches(".row")) target.hidden = false;
    if (group) group.hidden = false;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target.scrollIntoView();
  };
  const choose = (change) => { Object.assign(state, change); sift(); writeState(""); };

  const copy = async (button) => {
    const label = button.innerHTML;
    try { await navigator.clipboard.writeText(button.dataset.copy); } catch { return getSelection().selectAllChildren(button.previousElementSibling); }
    button.innerHTML = document.querySelector("#_copied").innerHTML;
    setTimeout(() => { button.innerHTML = label; }, 1600);
  };
  const acts = {
    clear: () => choose({ verdict: [], ruling: "", chapter: "", q: "" }),
    open: () => { for (const row of all(".claim:not([hidden])")) row.open = true; },
    close: () => { for (const row of all(".claim")) row.open = false; },
  };
  const toggled = (verdict) => state.verdict.includes(verdict) ? state.verdict.filter((each) => each !== verdict) : [...state.verdict, verdict];

  const onClick = (event) => {
    const hit = event.target.closest("button, a[data-total]");
    if (!hit) return;
    const { choice, total, language, scheme, act } = hit.dataset;
    if (choice) choose({ verdict: toggled(choice) });
    if (total) { choose({ verdict: [total] }); event.preventDefault(); document.getElementById("_checklist").scrollIntoView(); }
    if (language) { state.lang = language; root.dataset.chosen = "yes"; remember("language", language); speak(); writeState(); }
    if (scheme) { remember("scheme", scheme); dress(scheme); }
    if (act) acts[act]();
    if (hit.matches(".copy")) copy(hit);
  };

  const openForPrint = () => {
    for (const row of all("details[data-print]:not([open]):not([hidden])")) { row.open = true; row.dataset.printed = ""; }
  };
  const closeAfterPrint = () => {
    for (const row of all("details[data-printed]")) { row.open = false; delete row.dataset.printed; }
  };

  const begin = () => {
    for (const part of all(".switches, .filters, .copy")) part.hidden = false;
    if (!matchMedia("(min-width: 70rem)").matches) document.querySelector(".contents details").open = false;
    speak();
    dress(root.dataset.scheme || "auto");
    sift();
    openTarget();
    const form = document.querySelector(".filters");
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", (event) => { if (event.target.name) choose({ [event.target.name]: event.target.value }); });
    document.addEventListener("click", onClick);
    addEventListener("hashchange", () => { readState(); speak(); sift(); openTarget(); if (address().anchor) writeState(); });
    addEventListener("beforeprint", openForPrint);
    addEventListener("afterprint", closeAfterPrint);
  };

  state.lang = remembered("language") || ((navigator.language || "").toLowerCase().startsWith("zh") ? "zh" : "en");
  readState();
  if (address().asked.get("lang")) root.dataset.chosen = "yes";
  root.dataset.language = root.lang = state.lang;
  if (["light", "dark"].includes(remembered("scheme"))) root.dataset.scheme = remembered("scheme");
  document.addEventListener("DOMContentLoaded", begin);
})();
