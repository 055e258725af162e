/* The figures of the register, for the panels, the charts and the register's page. The index says which
   part has a figure, and only that part is loaded: a page that is read from a folder may not fetch,
   but it may load a script. What stands in both: outputs/html/register_script.py. */
window.boardpackParts = {};
window.boardpackFigures = (() => {
  const SELF = document.currentScript.src;
  const loads = new Map();
  const script = (file, read) => {
    if (!loads.has(file)) {
      const loading = new Promise((done, failed) => {
        const made = document.createElement("script");
        made.src = new URL(file, SELF).href;
        made.addEventListener("load", () => done(read()));
        made.addEventListener("error", () => {
          loads.delete(file);
          failed(new Error(`The file _static/${file} of this book is missing.`));
        });
        document.head.append(made);
      });
      loads.set(file, loading);
    }
    return loads.get(file);
  };

  /* A figure as its readers need it; `named` are figures that it names: their id, label and value. */
  const readPart = ({files, periods, bases, figures, others, checks}) => {
    const value = ([, , text, , , estimate]) => text + (estimate ? " (estimate)" : "");
    const named = (place) => {
      if (place >= figures.length) {
        const [id, label, text] = others[place - figures.length];
        return {id, label, value: text};
      }
      return {id: figures[place][0], label: figures[place][1], value: value(figures[place])};
    };
    return figures.map((figure) => {
      const [id, label, , period, basis, , source, released, touching] = figure;
      const isFormula = typeof source === "string";
      return {
        id,
        label,
        value: value(figure),
        period: periods[period],
        basis: bases[basis],
        formula: isFormula ? source : null,
        cells: isFormula ? [] : source.map(([file, ...cell]) => [files[file], ...cell]),
        named,
        released: released.map(named),
        checks: touching.map((place) => checks[place]),
      };
    });
  };

  const index = () => script("register.js", () => window.boardpackRegister);
  const part = (name) =>
    script(`register/${name}.js`, () => readPart(window.boardpackParts[name]));
  const find = async (id) => {
    for (const [name, , first, last] of (await index()).parts) {
      if (first > id || id > last) continue;
      const found = (await part(name)).find((figure) => figure.id === id);
      if (found) return found;
    }
    return undefined;
  };
  /* All that the register has of a figure's line: its budget, its actual, what was published before. */
  const line = async (id) => {
    const stem = id.split(".").slice(0, 3).join(".");
    const holds = ([, , first, last]) => first < `${stem}/` && last >= stem;
    const found = await Promise.all((await index()).parts.filter(holds).map(([name]) => part(name)));
    return found.flat().filter((figure) => figure.id.startsWith(`${stem}.`));
  };
  return {index, part, find, line};
})();
