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

/* A second click on a button that is at work would send the same thing twice. */
function onSubmit(event) {
    const form = event.target;
    if (form.hasAttribute("hx-post") || form.method === "dialog") return;
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
document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.xhr.status < 400) unsaved.delete(event.detail.elt.closest("form"));
});
document.addEventListener("htmx:load", (event) => {
    focusWhatMatters(event.detail.elt);
    equip(event.detail.elt);
});
focusWhatMatters(document);
equip(document);
