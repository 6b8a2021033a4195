// "/" goes to the search box, "?" to the help, "j" and "k" walk a list of results. Everything works without this file.
"use strict";
(function () {
  function writing(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }
  function walk(step) {
    var links = Array.prototype.slice.call(document.querySelectorAll("[data-walk] a.walk, [data-walk] summary"));
    if (!links.length) return;
    var at = links.indexOf(document.activeElement) + step;
    links[Math.min(Math.max(at, 0), links.length - 1)].focus();
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
    if (event.key === "/") {
      var box = document.querySelector("input[type=search]");
      if (box) { event.preventDefault(); box.focus(); box.select(); }
    }
    if (event.key === "?") {
      var help = document.querySelector("a[data-help]");
      if (help) location.href = help.href;
    }
    if (event.key === "j") walk(1);
    if (event.key === "k") walk(-1);
  });
  // A record addressed by its anchor opens; all records open for printing and close again after it.
  function openAddressed() {
    var record = location.hash && document.getElementById(location.hash.slice(1));
    if (record && record.tagName === "DETAILS") record.open = true;
  }
  window.addEventListener("hashchange", openAddressed);
  openAddressed();
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.prototype.slice.call(document.querySelectorAll("details:not([open])"));
    opened.forEach(function (one) { one.open = true; });
    document.querySelectorAll("[data-printed-at]").forEach(function (one) {
      one.textContent = new Date().toLocaleString(document.documentElement.lang, { timeZone: "Asia/Shanghai" });
      one.parentElement.hidden = false;
    });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (one) { one.open = false; });
  });
  document.querySelectorAll("button[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
})();
