/* The search of the book: the passages that have all that was asked for, under the pages they stand on.
   A number is found as it is printed, whole: 2,213 does not find 12,213. Commas need not be typed. The
   passages come from passages.js (outputs/html/search_passages.py), which no other page loads. */
(() => {
  const MOST = 200;
  const bare = (text) => text.toLowerCase().replace(/(\d),(?=\d{3})/g, "$1");
  const asked = (text) =>
    [...text.matchAll(/"([^"]+)"|(\S+)/g)]
      .map(([, quoted, word]) => bare(quoted ?? word).replace(/^[(£−-]+(?=\d)|[).,;:]+$/g, ""))
      .filter(Boolean);
  const pattern = (word) => {
    const literal = word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
    return /^\d/.test(word) ? `(?<![\\d.])${literal}(?![\\d]|\\.\\d)` : `(?<![\\p{L}\\d])${literal}`;
  };
  /* The words that were found are marked where they stand, commas of numbers among them. */
  const marked = (text, words) => {
    const loose = words.map((word) => pattern(word).replace(/\d(?=\d)/g, "$&,?"));
    const shown = document.createDocumentFragment();
    let from = 0;
    for (const found of text.matchAll(new RegExp(loose.join("|"), "giu"))) {
      const mark = document.createElement("mark");
      mark.textContent = found[0];
      shown.append(text.slice(from, found.index), mark);
      from = found.index + found[0].length;
    }
    shown.append(text.slice(from));
    return shown;
  };
  const item = ([page, anchor, heading, text], words, typed) => {
    const link = document.createElement("a");
    link.href = `${page}?highlight=${encodeURIComponent(typed)}${anchor && `#${anchor}`}`;
    link.textContent = heading;
    const passage = document.createElement("p");
    if (text !== heading) passage.append(marked(text, words));
    const listed = document.createElement("li");
    listed.append(link, passage);
    return listed;
  };
  const show = (typed) => {
    const words = asked(typed);
    const tests = words.map((word) => new RegExp(pattern(word), "iu"));
    const found = window.boardpackPassages.filter(([, , heading, text]) => {
      const whole = bare(`${heading}\n${text}`);
      return tests.every((test) => test.test(whole)) && tests.some((test) => test.test(bare(text)));
    });
    const pages = new Map();
    const titles = new Map(window.boardpackPassages.map(([page]) => [page, ""]));
    for (const [page, , heading] of window.boardpackPassages) if (!titles.get(page)) titles.set(page, heading);
    for (const one of found.slice(0, MOST)) pages.set(one[0], [...(pages.get(one[0]) ?? []), one]);
    const place = document.getElementById("search-passages");
    place.replaceChildren();
    for (const [page, passages] of pages) {
      const title = document.createElement("h2");
      title.textContent = titles.get(page);
      const list = document.createElement("ul");
      list.append(...passages.map((one) => item(one, words, typed)));
      place.append(title, list);
    }
    const on = new Set(found.map(([page]) => page)).size;
    const many = (count, thing) => `${count.toLocaleString("en-GB")} ${thing}${count === 1 ? "" : "s"}`;
    const cut = found.length > MOST ? `; the first ${MOST} are shown` : "";
    document.getElementById("search-found").textContent = found.length
      ? `${many(found.length, "passage")} on ${many(on, "page")} for “${typed}”${cut}.`
      : `Nothing in this paper has all of “${typed}”.`;
  };
  document.addEventListener("DOMContentLoaded", () => {
    const typed = (new URLSearchParams(location.search).get("q") ?? "").trim();
    if (!document.getElementById("search-passages")) return;
    const input = document.querySelector(".bd-search-container input");
    input.value = typed;
    input.focus();
    if (!asked(typed).length) return;
    const script = document.createElement("script");
    script.src = "_static/passages.js";
    script.onload = () => show(typed);
    document.head.append(script);
  });
})();
