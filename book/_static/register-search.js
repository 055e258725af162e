/* The page of the figure register: a chapter's figures are loaded and shown when it is opened, and a
   word that is typed is looked for in all of them. A link to a figure opens the chapter that it
   stands in. The figures come from figures.js. */
(() => {
  const PAUSE = 150; // milliseconds without a stroke before a search
  const MOST = 300; // rows that a search shows, of however many it finds
  const NAMED = 3; // so many checks are named beside a figure; the panel names all
  const HEADS = ["Figure", "Value", "Period", "How it came about", "Checks"];
  const OUTCOMES = {
    pass: "in agreement",
    rounding: "within rounding",
    fail: "not in agreement",
    waived: "waived",
    documented: "differing by a documented correction",
    not_applicable: "not applicable",
  };
  const TOLD = ["fail", "waived", "documented"];

  const make = (name, attributes = {}, ...inner) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...inner);
    return made;
  };
  const {index, part, find} = window.boardpackFigures;
  const counted = (number) => number.toLocaleString("en-GB");
  const lines = (said) => said.flatMap((line) => [make("br"), line].flat()).slice(1);

  /* A row */

  const cellWords = ([[file, sheet], row, column, text, used, why]) =>
    `${file}${sheet ? `, sheet ${sheet}` : ""}, ` +
    (row === null ? `column ${column}, ${text}` : `row ${row}, column ${column}: “${text}”`) +
    (used ? `; used as ${used}: ${why ?? ""}` : "");
  const origin = ({formula, cells, named}) =>
    formula === null
      ? lines(cells.map((cell) => [cellWords(cell)]))
      : formula.split(/\{(\d+)\}/).map((said, place) => {
          if (place % 2 === 0) return said;
          const {id} = named(+said);
          return make("a", {href: `#${id}`}, id);
        });
  const outcomes = (checks) =>
    Object.entries(OUTCOMES).flatMap(([status, words]) => {
      const titles = checks.filter((check) => check[1] === status).map(([title]) => title);
      if (!titles.length) return [];
      const different = [...new Set(titles)];
      const more = different.length > NAMED ? `; and ${different.length - NAMED} more` : "";
      const told = TOLD.includes(status) ? `: ${different.slice(0, NAMED).join("; ")}${more}` : "";
      return [[`${titles.length} ${words}${told}`]];
    });
  const rowOf = (figure) => {
    const shown = figure.id.split(/(?<=\.)/).flatMap((piece) => [piece, make("wbr")]);
    return make(
      "tr",
      {id: figure.id},
      make("th", {scope: "row"}, figure.label, make("code", {}, ...shown)),
      make("td", {}, figure.value),
      make("td", {}, figure.period),
      make("td", {}, ...origin(figure)),
      make("td", {}, ...lines(outcomes(figure.checks)))
    );
  };
  const tableOf = (title, figures) => {
    const heads = HEADS.map((head) => make("th", {scope: "col"}, head));
    const table = make(
      "table",
      {},
      make("thead", {}, make("tr", {}, ...heads)),
      make("tbody", {}, ...figures.map(rowOf))
    );
    return make("section", {class: "table-wrap", "aria-label": `Figures: ${title}`, tabindex: "0"}, table);
  };

  /* A chapter: its figures are loaded when it is opened */

  const chapterOf = ({parts}, [title, page, count], place) => {
    const total = make("span", {}, counted(count));
    const link = make("p", {}, make("a", {href: `${page}.html`}, "Read the chapter"));
    const body = make("div");
    const group = make(
      "details",
      {class: "register-group"},
      make("summary", {}, `${title} (`, total, ")"),
      link,
      body
    );
    const names = parts.filter(([, owner]) => owner === place).map(([name]) => name);
    const figures = async () => (await Promise.all(names.map(part))).flat();
    const show = (found) => {
      body.replaceChildren(tableOf(title, found));
      total.textContent = found.length < count ? `${counted(found.length)} of ${counted(count)}` : counted(count);
    };
    const fill = async () => {
      if (body.firstChild) return;
      body.textContent = "Loading";
      try {
        show(await figures());
      } catch (fault) {
        body.textContent = fault.message;
      }
    };
    const clear = () => {
      body.replaceChildren();
      total.textContent = counted(count);
      group.hidden = group.open = false;
    };
    group.addEventListener("toggle", () => group.open && fill());
    return {group, figures, show, fill, clear, names};
  };

  /* The page */

  const addRegister = async (entries) => {
    let register;
    try {
      register = await index();
    } catch (fault) {
      entries.textContent = fault.message;
      return;
    }
    const chapters = register.groups.map((group, place) => chapterOf(register, group, place));
    const total = register.groups.reduce((sum, [, , count]) => sum + count, 0);
    const input = make("input", {
      id: "register-words",
      type: "search",
      autocomplete: "off",
      spellcheck: "false",
      "aria-describedby": "register-found",
    });
    const found = make("p", {id: "register-found", role: "status"});
    const label = make("label", {for: "register-words"}, "Search the figures");
    entries.before(make("div", {class: "register-search"}, label, input, found));
    entries.append(...chapters.map(({group}) => group));
    const say = (count, shown) => {
      const more = shown < count ? `; the first ${counted(shown)} are shown` : "";
      found.textContent = `${counted(count)} of ${counted(total)} figures${more}`;
    };

    let wanted = 0; // the search that was asked for last
    const search = async () => {
      const own = (wanted += 1);
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      if (!words.length) {
        for (const chapter of chapters) chapter.clear();
        say(total, total);
        return;
      }
      let count = 0;
      for (const chapter of chapters) {
        const matching = (await chapter.figures()).filter(({id, label: name, value, period, cells}) => {
          const text = `${id} ${name} ${value} ${period} ${cells.map(cellWords).join(" ")}`.toLowerCase();
          return words.every((word) => text.includes(word));
        });
        if (own !== wanted) return;
        const shown = matching.slice(0, Math.max(MOST - count, 0));
        count += matching.length;
        chapter.group.hidden = matching.length === 0;
        chapter.show(shown);
        chapter.group.open = shown.length > 0;
      }
      say(count, MOST);
    };
    let waiting;
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(search, PAUSE);
    });

    const reveal = async () => {
      const id = decodeURIComponent(location.hash.slice(1));
      if (!id || !(await find(id))) return;
      if (!document.getElementById(id)) {
        input.value = "";
        await search();
      }
      const chapter = chapters.find(({names}) =>
        register.parts.some(([name, , first, last]) => names.includes(name) && first <= id && id <= last)
      );
      await chapter.fill();
      chapter.group.open = true;
      const row = document.getElementById(id);
      row.setAttribute("tabindex", "-1");
      row.focus({preventScroll: true});
      entries.querySelector(".is-target")?.classList.remove("is-target");
      row.classList.add("is-target");
      row.scrollIntoView({block: "center"});
    };
    window.addEventListener("hashchange", reveal);
    say(total, total);
    await reveal();
  };
  document.addEventListener("DOMContentLoaded", () => {
    const entries = document.getElementById("register-entries");
    if (entries) addRegister(entries);
  });
})();
