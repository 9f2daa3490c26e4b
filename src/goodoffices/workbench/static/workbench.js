// Keyboard and small comforts. Everything that matters is decided by the server.
"use strict";

(function () {
  const grid = () => Array.from(document.querySelectorAll("table.grid"));

  // Cells of the matrix by place: rows run through all tables that are open.
  function places() {
    const rows = [];
    for (const table of grid()) {
      for (const row of table.tBodies[0].rows) {
        rows.push(Array.from(row.cells).slice(1).map((cell) => cell.querySelector("input")));
      }
    }
    return rows;
  }

  function go(input, down, right) {
    const rows = places();
    const at = rows.findIndex((row) => row.includes(input));
    if (at < 0) return false;
    const column = rows[at].indexOf(input);
    const next = (rows[at + down] || [])[column + right];
    if (!next) return false;
    next.focus();
    next.select();
    return true;
  }

  function atEdge(input, right) {
    if (input.selectionStart !== input.selectionEnd) return false;
    return right > 0 ? input.selectionEnd === input.value.length : input.selectionStart === 0;
  }

  document.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLElement) || !input.matches("[data-path]")) return;
    if (event.key === "Escape") {
      input.value = input.defaultValue !== undefined ? input.defaultValue : input.value;
      const fault = document.getElementById(input.id.replace(/-in$/, "-fault"));
      if (fault) fault.textContent = "";
      input.removeAttribute("aria-invalid");
      event.preventDefault();
      return;
    }
    if (!input.matches("table.grid input")) return;
    const step = event.shiftKey ? -1 : 1;
    if (event.key === "Enter") {
      // Leaving the field saves it, as it does with the mouse or the tabulator.
      if (!go(input, step, 0)) input.blur();
      event.preventDefault();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (go(input, event.key === "ArrowDown" ? 1 : -1, 0)) event.preventDefault();
    } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      const right = event.key === "ArrowRight" ? 1 : -1;
      if (atEdge(input, right) && go(input, 0, right)) event.preventDefault();
    }
  });

  // What is typed is checked before it is saved, a moment after the last key.
  let waiting = 0;
  document.addEventListener("input", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLElement) || !input.matches("[data-path]")) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => taste(input), 250);
  });

  async function taste(input) {
    const body = new URLSearchParams({
      path: input.dataset.path, form: input.dataset.form, value: input.value,
    });
    const typed = input.value;
    try {
      const answer = await fetch("/taste", { method: "POST", body });
      if (!answer.ok || input.value !== typed || !input.isConnected) return;
      const words = await answer.text();
      const fault = document.getElementById(input.id.replace(/-in$/, "-fault"));
      if (fault) fault.textContent = words;
      if (words) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    } catch (error) {
      // The server is gone: saving will say so.
    }
  }

  // All of a cell beside the matrix, once one stays in it.
  let looking = 0;
  document.addEventListener("focusin", (event) => {
    const cell = event.target.closest && event.target.closest("td[data-actor]");
    if (!cell || !document.getElementById("panel")) return;
    clearTimeout(looking);
    looking = setTimeout(() => {
      const query = new URLSearchParams({
        actor: cell.dataset.actor, issue: cell.dataset.issue,
      });
      window.htmx.ajax("GET", "/cell?" + query, { target: "#panel", swap: "innerHTML" });
    }, 200);
  });

  // A field that is swapped while somebody is in it keeps the focus and the selection.
  let held = null;
  document.addEventListener("htmx:beforeSwap", () => {
    const input = document.activeElement;
    held = input && input.id && input.matches("[data-path]")
      ? { id: input.id, from: input.selectionStart, to: input.selectionEnd } : null;
  });
  document.addEventListener("htmx:afterSettle", () => {
    const input = held && document.getElementById(held.id);
    if (input && document.activeElement === document.body) {
      input.focus();
      if (input.setSelectionRange && held.from !== null && held.from !== undefined) {
        input.setSelectionRange(held.from, held.to);
      }
    }
    held = null;
  });

  // What stands in the matrix and in the panel at once changes in both.
  document.addEventListener("htmx:afterSettle", (event) => {
    const field = event.target.querySelector && event.target.querySelector("[data-path]");
    if (!field || !event.target.matches(".field") || field.hasAttribute("aria-invalid")) return;
    for (const twin of document.querySelectorAll("[data-path]")) {
      if (twin === field || twin.dataset.path !== field.dataset.path) continue;
      twin.value = field.value;
      twin.defaultValue = field.value;
      twin.closest(".field").classList.toggle("unknown", field.value === "");
    }
  });

  // Drafts by keyboard: each button says its key.
  document.addEventListener("keydown", (event) => {
    if (!document.getElementById("draft") || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches && event.target.matches("input, select, textarea");
    if (typing) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "e") {
      const first = document.querySelector("#draft [data-path]");
      if (first) {
        first.focus();
        event.preventDefault();
      }
      return;
    }
    const wanted = event.key === "u" ? "form.steps button" : `#draft [data-key="${CSS.escape(event.key)}"]`;
    const button = document.querySelector(wanted);
    if (button && !button.disabled) button.click();
  });

  // Files may be dropped anywhere on the box.
  const box = document.getElementById("drop");
  if (box) {
    box.addEventListener("dragover", (event) => {
      event.preventDefault();
      box.classList.add("over");
    });
    box.addEventListener("dragleave", () => box.classList.remove("over"));
    box.addEventListener("drop", (event) => {
      event.preventDefault();
      box.classList.remove("over");
      box.querySelector('input[type="file"]').files = event.dataTransfer.files;
      if (event.dataTransfer.files.length) box.requestSubmit();
    });
    box.addEventListener("submit", () => say("Reading ..."));
  }

  // The drawing of moves: a state or a move is looked at in the panel. The list above the panel
  // does the same by keyboard.
  const centre = (circle) => [Number(circle.getAttribute("cx")), Number(circle.getAttribute("cy"))];
  function numberAt(drawing, x, y) {
    let best = null;
    for (const circle of drawing.querySelectorAll("circle.state")) {
      const [cx, cy] = centre(circle);
      const far = Math.hypot(cx - x, cy - y);
      if (!best || far < best.far) best = { far, cx, cy };
    }
    if (!best) return "";
    const labels = Array.from(drawing.querySelectorAll("text.on-state"));
    const own = labels.find((text) => Math.abs(Number(text.getAttribute("x")) - best.cx) < 1 &&
      Math.abs(Number(text.getAttribute("y")) - best.cy - 4) < 1);
    return own ? own.textContent.trim() : "";
  }
  document.addEventListener("click", (event) => {
    const shape = event.target.closest && event.target.closest("svg.moves circle, svg.moves path.move, svg.moves text.on-state");
    if (!shape || !document.getElementById("panel")) return;
    const drawing = shape.closest("svg");
    let query;
    if (shape.tagName === "path") {
      const ends = shape.getAttribute("d").match(/-?[0-9.]+/g).map(Number);
      query = { number: numberAt(drawing, ends[0], ends[1]), to: numberAt(drawing, ends[4], ends[5]) };
    } else {
      const at = shape.tagName === "circle" ? centre(shape)
        : [Number(shape.getAttribute("x")), Number(shape.getAttribute("y")) - 4];
      query = { number: numberAt(drawing, at[0], at[1]) };
    }
    window.htmx.ajax("GET", "/moves/state?" + new URLSearchParams(query), { target: "#panel", swap: "innerHTML" });
  });

  function say(words) {
    const line = document.querySelector("#bar .said");
    if (line) line.textContent = words;
  }
  document.addEventListener("htmx:sendError", () => {
    say("Not saved: the workbench does not answer. Start it again; what you typed is still here.");
  });
  document.addEventListener("htmx:responseError", (event) => {
    say("Not done: " + event.detail.xhr.responseText.slice(0, 200));
  });
})();
