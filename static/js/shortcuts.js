/*
 * Keys for elements with data-hotkey, e.g. data-hotkey="n". The library stays silent while one types;
 * <html data-shortcuts="off"> switches all of them off.
 */
import { install } from "../vendor/hotkey/index.js";

export function equip(root) {
    if (document.documentElement.dataset.shortcuts === "off") return;
    for (const element of root.querySelectorAll("[data-hotkey]")) install(element);
}
