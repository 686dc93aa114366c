/* A text box that offers matches while one types; see components/_typeahead.html. */
import Combobox from "../vendor/combobox-nav/index.js";

const PAUSE = 180;

function attach(box) {
    const input = box.querySelector("[data-typeahead-input]");
    const list = box.querySelector("[data-typeahead-list]");
    const status = box.querySelector("[data-typeahead-status]");
    const combobox = new Combobox(input, list, { tabInsertsSuggestions: false });
    let timer = 0;
    let asking = new AbortController();

    function close() {
        list.hidden = true;
        combobox.stop();
    }

    async function ask() {
        asking.abort();
        asking = new AbortController();
        const url = new URL(input.dataset.typeaheadUrl, location.href);
        url.searchParams.set("q", input.value.trim());
        try {
            const answer = await fetch(url, { signal: asking.signal, headers: { "HX-Request": "true" } });
            if (!answer.ok) return close();
            list.innerHTML = await answer.text();
        } catch {
            return close();
        }
        const matches = list.querySelectorAll('[role="option"]:not([aria-disabled="true"])');
        status.textContent = `${status.dataset.typeaheadStatus} ${matches.length}`;
        if (!list.children.length) return close();
        combobox.stop();
        list.hidden = false;
        combobox.start();
    }

    input.addEventListener("input", (event) => {
        if (!event.isTrusted) return;
        clearTimeout(timer);
        if (input.value.trim()) timer = setTimeout(ask, PAUSE);
        else close();
    });
    input.addEventListener("keydown", (event) => {
        if (event.key === "Escape") close();
    });
    input.addEventListener("blur", () => setTimeout(close, 150));
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("combobox-commit", (event) => {
        input.value = event.target.dataset.value ?? event.target.textContent.trim();
        input.dispatchEvent(new Event("input", { bubbles: true }));
        input.dispatchEvent(new Event("change", { bubbles: true }));
        close();
    });
}

export function equip(root) {
    for (const box of root.querySelectorAll("[data-typeahead]:not([data-equipped])")) {
        box.dataset.equipped = "yes";
        attach(box);
    }
}
