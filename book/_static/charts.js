/* A chart is drawn while the page is still being read, before its width and typeface are known. Here
   it is fitted to the width it has: room for the labels beside its bars, names along a time axis
   only as many as fit. `meta` says what the chart needs (outputs/plotly_bars.py, plotly_lines.py). */
const fitBars = ({low, high, before, beyond}, width) => {
  let [first, last] = [low, high];
  for (let time = 0; time < 20; time += 1) {
    const unit = Math.min((last - first) / width, (high - low) / 40);
    first = Math.min(low, ...before.map(([end, room]) => end - room * unit));
    last = Math.max(high, ...beyond.map(([end, room]) => end + room * unit));
  }
  return {"xaxis.range": [first, last]};
};
const fitNames = ({names, widest}, width) => {
  const every = Math.ceil(widest / (width / Math.max(names.length - 1, 1)));
  const places = [...names.keys()].filter((place) => (names.length - 1 - place) % every === 0);
  return {"xaxis.tickvals": places, "xaxis.ticktext": places.map((place) => names[place])};
};
const fit = async (chart) => {
  await Plotly.Plots.resize(chart);
  const meta = chart.layout.meta ?? {};
  const width = chart._fullLayout._size.w;
  if (meta.names) await Plotly.relayout(chart, fitNames(meta, width));
  if (meta.low !== undefined) await Plotly.relayout(chart, fitBars(meta, width));
};
const fitCharts = () => document.querySelectorAll(".plotly-graph-div").forEach(fit);
window.addEventListener("load", () => document.fonts.ready.then(fitCharts));
window.addEventListener("resize", fitCharts);
window.addEventListener("beforeprint", fitCharts);
