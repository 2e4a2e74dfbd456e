/* What the keyboard does beside what every page does without a script: Ctrl-K finds, ? lists the keys, g and a letter goes to a room. */
"use strict";
(() => {
  const find = document.querySelector(".find input");
  const typing = (at) => at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName));
  let going = 0;

  const results = () => [...document.querySelectorAll("#found a")];

  function move(by) {
    const all = results();
    const at = all.indexOf(document.activeElement);
    const next = at + by;
    if (next < 0 || !all.length) find.focus();
    else all[Math.min(next, all.length - 1)].focus();
  }

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      find.focus();
      find.select();
      return;
    }
    const inFind = event.target === find || (event.target instanceof Element && event.target.closest("#found"));
    if (inFind && event.key === "Escape") {
      document.getElementById("found").replaceChildren();
      find.value = "";
      find.blur();
      return;
    }
    if (inFind && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "/") {
      event.preventDefault();
      find.focus();
    } else if (event.key === "?") {
      location.href = document.querySelector("a.keys").href;
    } else if (event.key === "g") {
      going = Date.now();
    } else if (Date.now() - going < 1500) {
      going = 0;
      const link = document.querySelector(`#menu a[data-key="${CSS.escape(event.key)}"]`);
      if (link) location.href = link.href;
    }
  });

  document.addEventListener("input", (event) => {
    const told = event.target instanceof HTMLElement && event.target.dataset.told;
    if (told) document.getElementById(told).textContent = event.target.value;
  });
  document.addEventListener("change", (event) => {
    if (event.target instanceof HTMLElement && event.target.dataset.told) event.target.form.requestSubmit();
  });

  document.addEventListener("click", (event) => {
    const found = document.getElementById("found");
    if (found && event.target instanceof Element && !event.target.closest(".find")) found.replaceChildren();
  });
})();
