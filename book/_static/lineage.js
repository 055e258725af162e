/* Where a number comes from. Every number of the paper is a `data` element that names its figure; a
   click on it, or Enter, opens a panel with its formula, inputs and source cells, which figures.js
   has. Why numbers are no tab stops until asked for: docs/decisions/0007. */
(() => {
  const ROOT = document.documentElement.dataset.content_root ?? "./";
  const NUMBER = "data[data-figure]";
  const HEADLINE = ".key-figures .number data[data-figure]";
  const KEPT = "boardpack-numbers";
  const STATUS = {
    pass: "Agrees",
    rounding: "Agrees within rounding",
    fail: "Does not agree",
    waived: "Waived",
    not_applicable: "Not applicable",
  };

  const make = (name, attributes = {}, ...inner) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...inner);
    return made;
  };
  const press = (label, act, attributes = {}) => {
    const made = make("button", {type: "button", ...attributes}, label);
    made.addEventListener("click", act);
    return made;
  };

  /* The panel */

  let opener, trail;
  const title = make("h2", {id: "lineage-title", tabindex: "-1"});
  const body = make("div", {class: "lineage-body"});
  const panel = make("div", {
    id: "lineage-panel",
    role: "dialog",
    "aria-labelledby": "lineage-title",
    hidden: "",
  });
  const close = () => {
    panel.hidden = true;
    if (!opener.hasAttribute("tabindex")) opener.setAttribute("tabindex", "-1");
    opener.focus({preventScroll: true});
  };
  const head = make("div", {class: "lineage-head"}, title, press("Close", close));
  panel.append(head, body);

  const letter = (place) =>
    (place < 26 ? "" : letter(Math.floor(place / 26) - 1)) + String.fromCharCode(65 + (place % 26));
  const operands = (formula) => [...new Set([...formula.matchAll(/\{(\d+)\}/g)].map((m) => +m[1]))];
  const spelled = (formula, inputs) =>
    formula
      .replaceAll("*", "×")
      .replaceAll("/", "÷")
      .replaceAll("-", "−")
      .replace(/\{(\d+)\}/g, (_, place) => letter(inputs.indexOf(+place)));

  const follow = ({id, label}) => press(label, () => seek(id, trail), {class: "lineage-follow"});
  const value = (figure) => make("span", {class: "lineage-value"}, figure.value);
  const section = (name, ...inner) => [make("h3", {}, name), ...inner];

  const facts = (figure, printed) => {
    const rows = [
      ["Value", make("strong", {}, value(figure))],
      printed && ["On this page", printed],
      ["Period", figure.period],
      ["Basis", figure.basis.replaceAll("_", " ")],
      ["Figure", make("code", {}, ...figure.id.split(/(?<=\.)/).flatMap((part) => [part, make("wbr")]))],
    ].filter(Boolean);
    return make("dl", {}, ...rows.flatMap(([name, said]) => [make("dt", {}, name), make("dd", {}, said)]));
  };
  const input = (figure, name) =>
    make("li", {class: "lineage-input"}, make("b", {}, name), follow(figure), value(figure));
  const computed = ({formula, named}) => {
    const inputs = operands(formula);
    const items = inputs.map((place, at) => input(named(place), letter(at)));
    const said = make("p", {class: "lineage-formula"}, `= ${spelled(formula, inputs)}`);
    return section("How it is computed", said, make("ul", {}, ...items));
  };
  const cell = ([[name, sheet, hash], row, column, text, used, why]) => {
    const rows = [
      ["File", name],
      sheet && ["Sheet", sheet],
      row !== null && ["Row", row],
      ["Column", column],
      row === null ? ["Made from", text] : ["Printed", `“${text}”`],
      used && ["Used instead", `“${used}”`],
      why && ["Why", why],
      hash && ["SHA-256", make("code", {}, hash)],
    ].filter(Boolean);
    return make("dl", {class: "lineage-cell"}, ...rows.flatMap(([k, v]) => [make("dt", {}, k), make("dd", {}, v)]));
  };
  const origin = (figure) =>
    figure.formula !== null
      ? computed(figure)
      : section(figure.cells.length === 1 ? "Source cell" : "Source cells", ...figure.cells.map(cell));
  const released = (earlier) =>
    earlier.length
      ? section("Published in earlier papers", make("ul", {}, ...earlier.map((one) => input(one, ""))))
      : [];
  const checked = (touching) => {
    if (!touching.length) return section("Checks", make("p", {}, "No check touches this figure."));
    const items = touching.map(([name, status, said]) => {
      const parts = [make("b", {}, STATUS[status] ?? status), `: ${name}. `, said];
      return make("li", {class: `lineage-${status}`}, ...parts);
    });
    return section("Checks", make("ul", {}, ...items));
  };
  const entry = (figure) => {
    const address = `${ROOT}register.html#${figure.id}`;
    return make("p", {}, make("a", {href: address}, "Its entry in the figure register"));
  };
  const back = () => {
    const label = `← Back to ${trail.at(-2).label}`;
    return press(label, () => show(trail.slice(0, -1)), {class: "lineage-back"});
  };

  const show = (shown) => {
    trail = shown;
    const figure = trail.at(-1);
    const printed = trail.length === 1 ? opener.textContent.trim() : "";
    title.textContent = figure.label;
    body.replaceChildren(
      ...(trail.length > 1 ? [back()] : []),
      facts(figure, printed),
      ...origin(figure),
      ...released(figure.released),
      ...checked(figure.checks),
      entry(figure)
    );
    panel.scrollTop = 0;
    title.focus({preventScroll: true});
  };
  const sorry = (words) => {
    title.textContent = "This number cannot be traced";
    body.replaceChildren(make("p", {}, words));
    title.focus({preventScroll: true});
  };
  const seek = async (id, before) => {
    let found;
    try {
      found = await window.boardpackFigures.find(id);
    } catch (fault) {
      panel.hidden = false;
      sorry(fault.message);
      return;
    }
    panel.hidden = false;
    if (found) show([...before, found]);
    else sorry(`The register has no figure ${id}.`);
  };
  const open = async (number) => {
    opener = number;
    const {left, right} = number.getBoundingClientRect();
    panel.classList.toggle("on-left", (left + right) / 2 > window.innerWidth / 2);
    await seek(number.dataset.figure, []);
    const covered = panel.getBoundingClientRect().top < number.getBoundingClientRect().bottom;
    if (window.innerWidth < 640 && covered) number.scrollIntoView({block: "start"});
  };

  /* Numbers that the keyboard reaches */

  const group = (number) => number.closest("table");
  const equip = (number) => {
    const veil = number.closest("[aria-hidden='true']");
    if (veil) {
      number.setAttribute("aria-label", veil.nextElementSibling.dataset.words);
      veil.nextElementSibling.setAttribute("aria-hidden", "true");
      veil.removeAttribute("aria-hidden");
      veil.dataset.veil = "";
    }
    number.setAttribute("role", "button");
    number.setAttribute("aria-haspopup", "dialog");
    number.setAttribute("tabindex", "0");
  };
  const unequip = (number) => {
    const veil = number.closest("[data-veil]");
    for (const name of ["role", "aria-haspopup", "tabindex", "aria-label"]) number.removeAttribute(name);
    if (veil) {
      veil.nextElementSibling.removeAttribute("aria-hidden");
      veil.setAttribute("aria-hidden", "true");
      delete veil.dataset.veil;
    }
  };
  const rove = (to) => {
    for (const other of group(to).querySelectorAll(`${NUMBER}[tabindex="0"]`)) other.setAttribute("tabindex", "-1");
    to.setAttribute("tabindex", "0");
  };
  const equipAll = (on) => {
    document.documentElement.classList.toggle("numbers-on", on);
    for (const number of document.querySelectorAll(NUMBER)) {
      if (number.matches(HEADLINE)) continue;
      if (on) equip(number);
      else unequip(number);
    }
    if (!on) return;
    for (const table of document.querySelectorAll("table")) {
      const first = table.querySelector(NUMBER);
      if (first) rove(first);
    }
  };

  const across = (cell) => cell.closest("td, th").cellIndex;
  const neighbour = (number, key) => {
    const rows = [...group(number).rows].map((row) => [...row.querySelectorAll(NUMBER)]).filter((r) => r.length);
    const at = rows.findIndex((row) => row.includes(number));
    const row = rows[at];
    const nearest = (other) =>
      other?.reduce((best, next) =>
        Math.abs(across(next) - across(number)) < Math.abs(across(best) - across(number)) ? next : best
      );
    return {
      ArrowLeft: () => row[row.indexOf(number) - 1],
      ArrowRight: () => row[row.indexOf(number) + 1],
      ArrowUp: () => nearest(rows[at - 1]),
      ArrowDown: () => nearest(rows[at + 1]),
      Home: () => row[0],
      End: () => row.at(-1),
    }[key]?.();
  };
  const onNumber = (event, number) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      open(number);
    } else if (group(number) && !event.ctrlKey && !event.altKey && !event.metaKey) {
      const next = neighbour(number, event.key);
      if (!next) return;
      event.preventDefault();
      rove(next);
      next.focus();
    }
  };
  const inPanel = (event) => {
    if (event.key !== "Tab") return;
    const stops = [...panel.querySelectorAll("button, a")];
    const last = document.activeElement === stops.at(-1);
    const first = document.activeElement === title || document.activeElement === stops[0];
    if (event.shiftKey ? !first : !last) return;
    event.preventDefault();
    if (opener.tabIndex < 0) (event.shiftKey ? stops.at(-1) : stops[0]).focus();
    else opener.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      close();
      return;
    }
    const number = event.target.closest?.(`${NUMBER}[role="button"]`);
    if (number) onNumber(event, number);
    else if (panel.contains(event.target)) inPanel(event);
  });
  document.addEventListener("click", (event) => {
    const number = event.target.closest(NUMBER);
    if (number && !number.closest("a") && window.getSelection().isCollapsed) open(number);
  });

  /* The switch at the head of the page */

  const remembered = () => {
    try {
      return sessionStorage.getItem(KEPT) === "on";
    } catch {
      return false;
    }
  };
  const remember = (on) => {
    try {
      sessionStorage.setItem(KEPT, on ? "on" : "off");
    } catch {
      /* A browser that keeps nothing asks again on the next page. */
    }
  };
  const addSwitch = (article) => {
    const told = make("span", {role: "status"});
    const set = (on) => {
      button.setAttribute("aria-pressed", on);
      told.textContent = on
        ? "Tab goes to each number and each table, arrow keys go from number to number in a table, Enter opens one."
        : "";
      equipAll(on);
    };
    const button = press("Trace numbers", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      set(on);
      remember(on);
    });
    article.prepend(make("div", {class: "lineage-bar"}, button, told));
    set(remembered());
  };

  document.addEventListener("DOMContentLoaded", () => {
    const article = document.querySelector("article.bd-article");
    if (!article?.querySelector(NUMBER)) return;
    document.documentElement.classList.add("traces-numbers");
    document.querySelectorAll(HEADLINE).forEach(equip);
    addSwitch(article);
    document.body.append(panel);
  });
})();
