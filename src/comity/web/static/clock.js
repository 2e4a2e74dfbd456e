/* The clock of a decision: what is left, counted down beside what the page says in words. Whoever wants less motion sees no ticking; a screen
   reader hears it at a few times only. What is told is the page's own: without this script nothing is missing but the ticking. */
"use strict";
(() => {
  const shown = document.querySelector("[data-until]");
  const told = document.querySelector("[data-told]");
  if (!shown || !told) return;
  const until = Date.parse(shown.dataset.until);
  const language = document.documentElement.lang || "en";
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const aloud = [86400, 43200, 21600, 10800, 3600, 1800, 600, 300, 60];
  const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  let before = Math.floor((until - Date.now()) / 1000);

  function words(seconds, most) {
    const parts = [];
    let rest = seconds;
    for (const [unit, size] of units) {
      const number = Math.floor(rest / size);
      rest -= number * size;
      if (number || (unit === "second" && !parts.length)) parts.push(new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long", numberingSystem: "latn" }).format(number));
    }
    return parts.slice(0, most).join(" ");
  }

  function tick() {
    const left = Math.floor((until - Date.now()) / 1000);
    if (left <= 0) {
      shown.textContent = shown.dataset.over;
      shown.classList.add("over");
      shown.parentElement.lastChild.textContent = "";
      told.textContent = shown.dataset.over;
      return;
    }
    if (!calm.matches) shown.textContent = words(left, left < 3600 ? 2 : 3);
    if (aloud.some((mark) => left <= mark && before > mark)) told.textContent = words(left, 2);
    before = left;
    setTimeout(tick, 1000 - (Date.now() % 1000));
  }
  tick();
})();
