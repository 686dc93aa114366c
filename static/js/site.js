/*
 * What script adds to pages that work without it. Loaded as a module, so it runs after the page is read.
 * The typeahead and the shortcuts are fetched only by pages that have them.
 */

/* The first thing to read after a failed save is what went wrong. */
function focusWhatMatters(root) {
    root.querySelector("[data-focus]")?.focus();
}

/* Menus made of <details> close on Escape and when one clicks elsewhere. */
function closeMenus(except) {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
        if (!menu.contains(except)) menu.open = false;
    }
}

function onKeydown(event) {
    if (event.key === "Escape") {
        const menu = document.activeElement?.closest("details[data-menu][open]");
        closeMenus(null);
        menu?.querySelector("summary").focus();
    }
    /* Ctrl+Enter sends the form one is typing in. */
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        const form = event.target.closest?.("form[data-ctrl-enter]");
        if (form) {
            event.preventDefault();
            form.requestSubmit();
        }
    }
}

/* <button data-dialog="id"> opens that <dialog>; <button data-dialog-close> inside closes it. */
function onClick(event) {
    closeMenus(event.target);
    const opener = event.target.closest?.("[data-dialog]");
    if (opener) {
        event.preventDefault();
        document.getElementById(opener.dataset.dialog)?.showModal();
    }
    event.target.closest?.("[data-dialog-close]")?.closest("dialog")?.close();
}

/* A form marked data-guard asks before its unsaved text is lost. */
const unsaved = new Set();

function onInput(event) {
    const form = event.target.form;
    if (form?.hasAttribute("data-guard")) unsaved.add(form);
}

function onLeave(event) {
    if ([...unsaved].some((form) => form.isConnected)) event.preventDefault();
}

/*
 * A form with [data-autosave] saves itself while one types. A button pressed meanwhile waits for that, or the two would
 * cross and the later one look like somebody else's; after the button nothing saves itself any more.
 */
const waiting = new Map();

function onAutosave(event) {
    const form = event.target.closest("form");
    if (!event.target.hasAttribute("data-autosave")) return;
    if (form.dataset.sent) event.preventDefault();
    else form.dataset.saving = "yes";
}

function onAutosaved(form, note, xhr) {
    delete form.dataset.saving;
    const moved = xhr.getResponseHeader("HX-Replace-Url");
    if (moved) form.action = moved;
    if (!xhr.status || xhr.status >= 500) document.getElementById("save-state").textContent = note;
    const button = waiting.get(form);
    waiting.delete(form);
    if (button) form.requestSubmit(button);
}

/* A second click on a button that is at work would send the same thing twice. */
function onSubmit(event) {
    const form = event.target;
    if (form.hasAttribute("hx-post") || form.method === "dialog") return;
    if (form.dataset.saving) {
        event.preventDefault();
        waiting.set(form, event.submitter);
        return;
    }
    unsaved.delete(form);
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
}

/* Coming back by the back button finds the form ready again. */
function onShow() {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
}

async function equip(root) {
    if (root.querySelector("[data-typeahead]")) (await import("./typeahead.js")).equip(root);
    if (root.querySelector("[data-hotkey]")) (await import("./shortcuts.js")).equip(root);
}

document.addEventListener("keydown", onKeydown);
document.addEventListener("click", onClick);
document.addEventListener("input", onInput);
document.addEventListener("submit", onSubmit);
window.addEventListener("beforeunload", onLeave);
window.addEventListener("pageshow", onShow);
document.addEventListener("htmx:beforeRequest", onAutosave);
document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, xhr } = event.detail;
    const form = elt.closest("form");
    const adds = elt.name === "add" || elt.name === "remove";
    const isDone = xhr.status >= 200 && xhr.status < 400;
    /* What was typed after the session had ended waits behind the sign-in. */
    if ((isDone && !adds) || xhr.getResponseHeader("X-Text-Kept")) unsaved.delete(form);
    if (elt.hasAttribute("data-autosave")) onAutosaved(form, elt.dataset.autosave, xhr);
});
document.addEventListener("htmx:load", (event) => {
    focusWhatMatters(event.detail.elt);
    equip(event.detail.elt);
});
/* A link to a question that is seen on demand shows it. */
function showTarget() {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    const fold = target && target.closest("details:not([open])");
    if (!fold) return;
    fold.open = true;
    target.scrollIntoView();
}
window.addEventListener("hashchange", showTarget);
showTarget();
focusWhatMatters(document);
equip(document);
