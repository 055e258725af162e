/* The search box of the figure register: it hides the rows that lack a word that was typed. A link to
   a figure opens the chapter that it stands in. */
(() => {
  const PAUSE = 120;
  const addSearch = (entries) => {
    const groups = [...entries.querySelectorAll("details")].map((group) => ({
      group,
      rows: [...group.querySelectorAll("tbody tr")].map((row) => ({row, text: row.textContent.toLowerCase()})),
    }));
    const total = groups.reduce((count, {rows}) => count + rows.length, 0);
    const box = document.createElement("div");
    box.className = "register-search";
    box.innerHTML =
      '<label for="register-words">Search the figures</label>' +
      '<input id="register-words" type="search" autocomplete="off" spellcheck="false" ' +
      'aria-describedby="register-found"><p id="register-found" role="status"></p>';
    entries.before(box);
    const input = box.querySelector("input");
    const found = box.querySelector("p");
    const say = (count) =>
      (found.textContent = `${count.toLocaleString("en-GB")} of ${total.toLocaleString("en-GB")} figures`);
    const search = () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      for (const {group, rows} of groups) {
        let shown = 0;
        for (const {row, text} of rows) {
          row.hidden = !words.every((word) => text.includes(word));
          shown += !row.hidden;
        }
        group.hidden = shown === 0;
        group.querySelector("summary span").textContent =
          shown === rows.length ? `${shown}` : `${shown} of ${rows.length}`;
        if (words.length && shown) group.open = true;
        count += shown;
      }
      say(count);
    };
    let waiting;
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(search, PAUSE);
    });
    say(total);
    const reveal = () => {
      const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!row || !entries.contains(row)) return;
      if (row.hidden) {
        input.value = "";
        search();
      }
      row.closest("details").open = true;
      row.scrollIntoView({block: "center"});
    };
    window.addEventListener("hashchange", reveal);
    reveal();
  };
  document.addEventListener("DOMContentLoaded", () => {
    const entries = document.getElementById("register-entries");
    if (entries) addSearch(entries);
  });
})();
