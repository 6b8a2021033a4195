// Keys of the review queue: s d c choose a decision, digits a candidate, u undoes, j and k go on and back.
// Everything works without this file. The keys can be turned off on the page itself.
"use strict";
(function () {
  var OFF = "gongxin-doubt-keys-off";
  function find(what) { return document.querySelector(what); }
  function off() {
    try { return localStorage.getItem(OFF) === "1"; } catch (error) { return false; }
  }
  function draw() {
    document.querySelectorAll("[data-keys]").forEach(function (button) {
      button.hidden = (button.getAttribute("aria-pressed") === "true") === off();
    });
  }
  function writing(target) {
    return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
      (target.tagName === "INPUT" && target.type !== "radio");
  }
  function choose(verdict) {
    var radio = find("[data-verdict='" + verdict + "']");
    if (!radio) return;
    radio.checked = true;
    narrow();
    // Straight on to the grounds that go with it; the last word is still a person's.
    (find("[data-ground-of='" + verdict + "']") || radio).focus();
  }
  // Of the suggested grounds only those of the chosen decision; without this file all stand, each under its own.
  function narrow() {
    var chosen = find("[data-verdict]:checked");
    document.querySelectorAll("[data-ground-of]").forEach(function (ground) {
      var goes = !chosen || ground.dataset.groundOf === chosen.dataset.verdict;
      ground.parentNode.hidden = !goes;
      if (!goes) ground.checked = false;
    });
  }
  function follow(link) { if (link) location.href = link.href; }
  function undo() {
    var button = find("button[data-undo]:not([hidden])"), ground = find("[data-undo-ground]");
    if (button) button.click();
    else if (ground) ground.focus();
  }
  var acts = {
    s: function () { choose("s"); }, d: function () { choose("d"); }, c: function () { choose("c"); },
    u: undo,
    j: function () { follow(find("a[data-next]")); }, k: function () { follow(find("a[data-previous]")); }
  };
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || off() || writing(event.target)) return;
    var candidate = /^[1-9]$/.test(event.key) && find("[data-candidate='" + event.key + "']");
    if (candidate) { candidate.checked = true; candidate.focus(); }
    else if (acts.hasOwnProperty(event.key)) acts[event.key]();
    else return;
    event.preventDefault();
  });
  document.querySelectorAll("[data-keys]").forEach(function (button) {
    button.addEventListener("click", function () {
      try { localStorage.setItem(OFF, off() ? "0" : "1"); } catch (error) { return; }
      draw();
      find("[data-keys]:not([hidden])").focus();
    });
  });
  document.querySelectorAll("[data-verdict]").forEach(function (radio) {
    radio.addEventListener("change", narrow);
  });
  narrow();
  document.querySelectorAll("[data-legend]").forEach(function (legend) { legend.hidden = false; });
  draw();
})();
