/* Lines of a table in another order, and fewer of them, for whoever looks for one: a column's head sorts
   by its exact values (largest, smallest, as printed), a box above a long table keeps the lines that have
   what was typed. Totals stay below the lines. What is printed is always whole and in the paper's order.
   A table whose lines are grouped below headings keeps its order, as they would lose their group; so do
   tables of words, and those that an eye takes in at once. */
(() => {
  const [LONG, SHORT] = [12, 8];
  const ORDERS = [["none", ""], ["descending", "▼"], ["ascending", "▲"]];
  const leaves = (table) => {
    const grid = [];
    [...table.tHead.rows].forEach((row, top) => {
      let column = 0;
      for (const head of row.cells) {
        while (grid[top]?.[column]) column += 1;
        for (let down = 0; down < head.rowSpan; down += 1)
          for (let across = 0; across < head.colSpan; across += 1)
            (grid[top + down] ??= [])[column + across] = head;
        column += head.colSpan;
      }
    });
    return grid.at(-1) ?? [];
  };
  const value = (row, column) => {
    const cell = row.cells[column];
    const data = cell?.querySelector("data");
    return data ? Number(data.value) : cell?.textContent.trim() ?? "";
  };
  const compare = (one, other, way) => {
    const [first, second] = [typeof one === "number", typeof other === "number"];
    if (first && second) return way * (other - one);
    if (first || second) return first ? -1 : 1; // what has no amount stands last either way
    return way * one.localeCompare(other, "en-GB");
  };
  const sorter = (table, lines, rest) => {
    const body = table.tBodies[0];
    const heads = leaves(table);
    const buttons = new Map();
    let order = [0, 0];
    const apply = (column, turn) => {
      order = [column, turn];
      const by = (a, b) => compare(value(a, column), value(b, column), turn === 2 ? -1 : 1);
      body.append(...(turn ? [...lines].sort(by) : lines), ...rest);
      for (const [place, [head, button]] of buttons) {
        const [said, sign] = ORDERS[place === column ? turn : 0];
        head.setAttribute("aria-sort", said);
        button.querySelector("span").textContent = sign;
      }
    };
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes, document.createElement("span"));
      button.lastChild.setAttribute("aria-hidden", "true");
      head.append(button);
      buttons.set(column, [head, button]);
      button.addEventListener("click", () => apply(column, order[0] === column ? (order[1] + 1) % 3 : 1));
    });
    return () => apply(0, 0);
  };
  const filter = (table, lines) => {
    const box = document.createElement("p");
    box.className = "lines-with";
    const named = `${table.id}-lines`;
    box.innerHTML =
      `<label for="${named}">Show lines with</label> <input id="${named}" type="search" autocomplete="off" ` +
      `spellcheck="false"> <span role="status"></span>`;
    table.closest(".table-wrap").before(box);
    const input = box.querySelector("input");
    const keep = () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of lines) {
        row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
        shown += !row.hidden;
      }
      box.querySelector("span").textContent = words.length ? `${shown} of ${lines.length} lines` : "";
    };
    input.addEventListener("input", keep);
    return () => {
      input.value = "";
      keep();
    };
  };
  document.addEventListener("DOMContentLoaded", () => {
    for (const table of document.querySelectorAll(".bd-article .paper-table table")) {
      const rows = [...(table.tBodies[0]?.rows ?? [])];
      const last = rows.findLastIndex((row) => row.classList.contains("line"));
      const lines = rows.slice(0, last + 1);
      const grouped = table.tBodies.length > 1 || !lines.every((row) => row.classList.contains("line"));
      if (grouped || lines.length < SHORT || !table.tBodies[0].querySelector("data")) continue;
      const whole = [sorter(table, lines, rows.slice(last + 1))];
      if (lines.length >= LONG) whole.push(filter(table, lines));
      window.addEventListener("beforeprint", () => whole.forEach((again) => again()));
    }
  });
})();
