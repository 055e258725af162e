/* Other places and months of the same body: those whose pages stand beside these, found when somebody
   opens the list. A page opened from a folder may not look what is there, but a picture that another
   book has can be seen to load. */
(() => {
  const there = (book) =>
    new Promise((answer) => {
      const picture = new Image();
      picture.onload = () => answer(true);
      picture.onerror = () => answer(false);
      picture.src = `${book}_static/paper.svg`;
    });
  const found = async (candidates) => {
    const stand = await Promise.all(candidates.map(({book}) => there(book)));
    return candidates.filter((_, place) => stand[place]);
  };
  const list = (title, papers) => {
    const links = papers.map(({name, book}) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      [link.href, link.textContent] = [`${book}index.html`, name];
      item.append(link);
      return item;
    });
    const heading = document.createElement("p");
    const listed = document.createElement("ul");
    heading.textContent = title;
    listed.append(...links);
    return links.length ? [heading, listed] : [];
  };
  const names = "April May June July August September October November December January February March".split(" ");
  const show = async (others) => {
    const {place, places, year, years, month} = JSON.parse(others.dataset.others);
    const root = `${document.documentElement.dataset.content_root}../..`;
    const sameMonth = Object.entries(places)
      .filter(([slug]) => slug !== place)
      .map(([slug, name]) => ({name, book: `${root}/${slug}/html/`}));
    const samePlace = years.flatMap((one) =>
      names
        .map((name, number) => ({code: `M${String(number + 1).padStart(2, "0")}`, name, number}))
        .filter(({code}) => one !== year || code !== month)
        .map(({code, name, number}) => ({
          name: `${name} ${Number(one.slice(0, 4)) + (number > 8 ? 1 : 0)}`,
          book: `${root}/../../${one}/${code}/${place}/html/`,
        })),
    );
    const lists = [
      ...list("This month", await found(sameMonth)),
      ...list(`${places[place]} in other months`, await found(samePlace)),
    ];
    others.querySelector("div").replaceChildren(...(lists.length ? lists : ["No other paper stands beside this one."]));
  };
  document.addEventListener("DOMContentLoaded", () => {
    for (const others of document.querySelectorAll(".other-papers"))
      others.addEventListener("toggle", () => others.open && show(others), {once: true});
  });
})();
