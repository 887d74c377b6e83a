// Filters a table by what is typed, in the browser: nothing is sent, so no name ends up in an address or a log.
for (const box of document.querySelectorAll("[data-filter]")) {
  const rows = [...document.querySelectorAll(`#${box.dataset.filter} tbody tr`)];
  const count = document.querySelector(`[data-filter-count="${box.dataset.filter}"]`);
  const before = count?.textContent;
  box.closest("[data-filter-box]").hidden = rows.length === 0;
  box.addEventListener("input", () => {
    const wanted = box.value.trim().toLocaleLowerCase("nl");
    for (const row of rows) row.hidden = wanted !== "" && !row.textContent.toLocaleLowerCase("nl").includes(wanted);
    if (count) count.textContent = wanted ? `${rows.filter((row) => !row.hidden).length} van ${rows.length} getoond` : before;
  });
  box.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
}
