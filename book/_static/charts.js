/* A chart stands in the page as a picture, as in print. When a reader touches it (the pointer rests on
   it, a finger taps it, its button is pressed) Plotly is loaded and draws it from the data beside it:
   its values can then be read one by one with what the register has of the same line, and a long
   series can be looked at closer. In print it is the picture again (content.css). A chart without a picture, as in `boardpack watch`, is drawn at
   once. Why it waits: docs/decisions/0086. */
(() => {
  const SELF = document.currentScript.src;
  const REST = 250; // milliseconds that a pointer stays on a chart that it does not merely pass
  const WIDE = 640; // pixels: on a narrower screen what is told beside a value would cover the chart
  const LONG = 12; // a series of more points can be looked at closer
  const BESIDE = [
    "ytd_budget",
    "ytd_plan",
    "ytd_actual",
    "ytd_spend",
    "ytd_savings",
    "ytd_variance",
    "ytd_variance_share",
    "ytd_delivery_share",
    "annual_budget",
    "full_year_plan",
    "forecast_outturn",
    "full_year_forecast",
    "forecast_variance",
    "full_year_variance",
    "forecast_variance_share",
    "full_year_delivery_share",
    "share_of_total",
    "share_of_ytd_actual",
    "share_of_line",
  ]; // what is told beside a value, by the end of its id and in this order
  const CONFIG = {displayModeBar: false, doubleClick: "reset"};

  const make = (name, attributes = {}, ...inner) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...inner);
    return made;
  };
  const press = (label, act) => {
    const made = make("button", {type: "button"}, label);
    made.addEventListener("click", act);
    return made;
  };
  const plain = (text) => new DOMParser().parseFromString(text, "text/html").body.textContent;

  let loading;
  const plotly = () =>
    (loading ??= new Promise((done, failed) => {
      const script = make("script", {src: new URL("plotly.min.js", SELF).href});
      script.addEventListener("load", done);
      script.addEventListener("error", () => failed((loading = undefined)));
      document.head.append(script);
    }));

  /* Fitted to the width there is: room for the labels beside bars, names along a time axis only as many
     as fit. `meta` says what a chart needs (outputs/charts/plotly_bars.py, plotly_lines.py). */

  const fitBars = ({low, high, before, beyond}, width) => {
    let [first, last] = [low, high];
    for (let time = 0; time < 20; time += 1) {
      const unit = Math.min((last - first) / width, (high - low) / 40);
      first = Math.min(low, ...before.map(([end, room]) => end - room * unit));
      last = Math.max(high, ...beyond.map(([end, room]) => end + room * unit));
    }
    return {"xaxis.range": [first, last]};
  };
  const fitNames = ({names, widest}, width, [from, to]) => {
    const shown = Math.max(Math.min(to, names.length - 1) - Math.max(from, 0), 1);
    const every = Math.ceil(widest / (width / shown));
    const places = [...names.keys()].filter((place) => (names.length - 1 - place) % every === 0);
    return {"xaxis.tickvals": places, "xaxis.ticktext": places.map((place) => names[place])};
  };
  const fit = async (picture) => {
    await Plotly.Plots.resize(picture);
    const meta = picture.layout.meta ?? {};
    const {_size, xaxis} = picture._fullLayout;
    if (meta.names) await Plotly.relayout(picture, fitNames(meta, _size.w, xaxis.range));
    if (meta.low !== undefined) await Plotly.relayout(picture, fitBars(meta, _size.w));
  };
  const isLong = ({layout}) => (layout.meta?.names?.length ?? 0) > LONG;

  /* What print has no room for: what the register has of the same line, in pounds, and what was last
     published of it. A book without its register tells its values alone. */

  const escaped = (text) => make("i", {}, text).innerHTML.replaceAll("$", "&#36;"); // Plotly reads both
  const linesBeside = async (id) => {
    const line = await window.boardpackFigures.line(id);
    const own = line.find((figure) => figure.id === id);
    if (!own) return [];
    const stem = id.split(".").slice(0, 3).join(".");
    const beside = BESIDE.map((end) => line.find((figure) => figure.id === `${stem}.${end}`));
    const [subject] = own.label.split(", ");
    const told = [own, ...beside.filter((figure) => figure && figure !== own)];
    const before = told.flatMap(({released}) => released.slice(0, 1));
    return [...told, ...before].map(({label, value}) => {
      const name = label.startsWith(`${subject}, `) ? label.slice(subject.length + 2) : label;
      return `${name.charAt(0).toUpperCase()}${name.slice(1)}: ${value}`;
    });
  };
  const addRegister = async (specs) => {
    for (const trace of specs.flatMap(({data}) => data)) {
      trace.meta = await Promise.all(trace.customdata.map((id) => (id ? linesBeside(id) : [])));
      if (window.innerWidth < WIDE) continue;
      const more = trace.meta.map((beside) => beside.map((line) => `<br>${escaped(line)}`).join(""));
      trace.hovertext = trace.hovertext.map((said, at) => said + more[at]);
    }
  };

  /* A chart that was touched */

  const drawPicture = async (spec, place, height) => {
    const zoom = isLong(spec);
    const layout = {...spec.layout, height: Math.max(spec.layout.height, height)};
    if (zoom) Object.assign(layout, {dragmode: "zoom", xaxis: {...layout.xaxis, fixedrange: false}});
    await Plotly.newPlot(place, spec.data, layout, CONFIG);
    if (zoom) place.on("plotly_relayout", (change) => "xaxis.range[0]" in change && fit(place));
    return place;
  };
  const draw = async (specs, frame) => {
    const isRow = specs[0].data[0].orientation === "h";
    const live = make("div", {class: specs.length > 1 ? `live panels${isRow ? " wide" : ""}` : "live"});
    const height = specs.length > 1 ? 0 : frame.clientHeight;
    const places = specs.map(() => make("div"));
    live.append(
      ...places.map((place, at) => {
        if (specs.length === 1) return place;
        const name = make("p", {class: "panel-name"}, plain(specs[at].data[0].name));
        return make("div", {class: "panel"}, name, place);
      })
    );
    frame.append(live);
    frame.closest("figure").classList.add("is-live");
    const pictures = [];
    for (const [at, spec] of specs.entries()) pictures.push(await drawPicture(spec, places[at], height));
    await document.fonts.ready;
    for (const picture of pictures) await fit(picture);
    return pictures;
  };
  const pointsOf = (pictures) =>
    pictures.flatMap((picture) => {
      const isRow = picture.data[0].orientation === "h";
      const points = picture.data.flatMap((trace, curveNumber) =>
        trace.hovertext
          .map((said, pointNumber) => {
            const figure = trace.customdata[pointNumber];
            const beside = trace.meta?.[pointNumber] ?? [];
            return {picture, curveNumber, pointNumber, figure, beside, value: plain(said.split("<br>")[0])};
          })
          .filter(({pointNumber}) => trace[isRow ? "x" : "y"][pointNumber] != null)
      );
      return isRow ? points.sort((one, other) => one.pointNumber - other.pointNumber) : points;
    });

  /* Its values one by one: a slider, so that keyboard, finger and screen reader know what to do */

  const addValues = (tools, pictures) => {
    const points = pointsOf(pictures);
    const slider = make("input", {
      type: "range",
      min: 0,
      max: points.length - 1,
      value: 0,
      "aria-label": "The chart's values, one by one",
    });
    const words = make("div", {class: "chart-value"});
    const say = (at) => {
      const {value, figure, beside} = points[at];
      slider.value = at;
      slider.setAttribute("aria-valuetext", value);
      const [, name, print] = value.match(/^(.*: )(.*)$/s);
      const button = {"data-figure": figure, role: "button", tabindex: 0, "aria-haspopup": "dialog"};
      const shown = figure ? make("data", button, print) : print; // it opens the panel of lineage.js
      words.replaceChildren(make("p", {}, name, shown), ...beside.map((line) => make("p", {}, line)));
    };
    const show = (at) => {
      const {picture, curveNumber, pointNumber} = points[at];
      pictures.filter((other) => other !== picture).forEach((other) => Plotly.Fx.unhover(other));
      Plotly.Fx.hover(picture, [{curveNumber, pointNumber}]);
      say(at);
    };
    const step = {ArrowDown: 1, ArrowUp: -1}; // rows are read down the page
    slider.addEventListener("input", () => show(+slider.value));
    slider.addEventListener("keydown", (event) => {
      if (!(event.key in step)) return;
      event.preventDefault();
      show(Math.min(Math.max(+slider.value + step[event.key], 0), points.length - 1));
    });
    for (const picture of pictures) {
      picture.on("plotly_hover", ({points: [{curveNumber, pointNumber}]}) =>
        say(
          points.findIndex(
            (one) =>
              one.picture === picture && one.curveNumber === curveNumber && one.pointNumber === pointNumber
          )
        )
      );
    }
    tools.replaceChildren(slider, words);
    say(0);
    return slider;
  };

  /* A long series looked at closer */

  const addZoom = (tools, picture) => {
    const last = picture.layout.meta.names.length - 0.9;
    const zoom = (by) => {
      const [from, to] = picture._fullLayout.xaxis.range;
      const half = ((to - from) / 2) * by;
      const middle = (from + to) / 2;
      const range = [Math.max(middle - half, -0.25), Math.min(middle + half, last)];
      return Plotly.relayout(picture, {"xaxis.range[0]": range[0], "xaxis.range[1]": range[1]});
    };
    const move = (way) => {
      const [from, to] = picture._fullLayout.xaxis.range;
      const by = Math.min(Math.max(((to - from) / 2) * way, -0.25 - from), last - to);
      return Plotly.relayout(picture, {"xaxis.range[0]": from + by, "xaxis.range[1]": to + by});
    };
    const buttons = [
      press("Closer", () => zoom(0.5)),
      press("Wider", () => zoom(2)),
      press("Earlier", () => move(-1)),
      press("Later", () => move(1)),
    ];
    tools.append(make("div", {class: "chart-zoom"}, ...buttons));
  };

  const touched = new WeakMap();
  const touch = (figure) => {
    if (!touched.has(figure)) touched.set(figure, begin(figure));
    return touched.get(figure);
  };
  const begin = async (figure) => {
    const frame = figure.querySelector(".chart");
    const tools = figure.querySelector(".chart-tools");
    try {
      await plotly();
    } catch {
      touched.delete(figure);
      const said = "The file _static/plotly.min.js of this book is missing.";
      if (!tools.querySelector("p")) tools.append(make("p", {role: "alert"}, said));
      return undefined;
    }
    const specs = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    await addRegister(specs).catch(() => {});
    const pictures = await draw(specs, frame);
    const slider = addValues(tools, pictures);
    pictures.filter(isLong).forEach((picture) => addZoom(tools, picture));
    return slider;
  };
  const prepare = (figure) => {
    const frame = figure.querySelector(".chart");
    const button = press("Explore this chart", async () => (await touch(figure))?.focus());
    button.setAttribute("aria-describedby", figure.getAttribute("aria-labelledby"));
    frame.after(make("div", {class: "chart-tools"}, button));
    if (!frame.querySelector("svg")) touch(figure);
    let resting;
    frame.addEventListener("pointerenter", ({pointerType}) => {
      if (pointerType !== "touch") resting = setTimeout(touch, REST, figure);
    });
    frame.addEventListener("pointerleave", () => clearTimeout(resting));
    frame.addEventListener("click", () => touch(figure));
  };
  const refit = () => document.querySelectorAll(".live .js-plotly-plot").forEach(fit);
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("article figure.paper-chart").forEach(prepare);
    window.addEventListener("resize", refit);
  });
})();
