/* Charts are drawn while the page is still being read, before its width and typeface are known:
   draw them again when they are, and when the page is printed. */
const fitCharts = () => {
  for (const chart of document.querySelectorAll(".plotly-graph-div")) Plotly.Plots.resize(chart);
};
window.addEventListener("load", () => document.fonts.ready.then(fitCharts));
window.addEventListener("beforeprint", fitCharts);
