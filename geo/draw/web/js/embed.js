// Within another page: shows less where its address asks for it, and tells the page around how high it is.

if (new URLSearchParams(location.hash.slice(1)).has("embed")) {
  document.documentElement.classList.add("embed", "framed");
  const page = location.href.split("#")[0];
  const whole = make("a", { href: page, target: "_blank", rel: "noopener", textContent: words.open_full });
  whole.addEventListener("click", () => (whole.href = writeFragment()));
  document.querySelector("footer p:last-child").append(" ", whole);
  // What a link leads to may be left out here: it is on the full page.
  const lead = (event) => {
    const link = event.target.closest('a[href^="#"]');
    const target = link && byId(link.hash.slice(1));
    if (target && !target.getClientRects().length) Object.assign(link, { href: page + link.hash, target: "_blank", rel: "noopener" });
  };
  document.addEventListener("click", lead, true);
}

// To anyone: a sandboxed page cannot know who is around it, and its height is no secret.
if (window.parent !== window) {
  document.documentElement.classList.add("framed");
  const tell = () => window.parent.postMessage({ presenceMaps: { height: Math.ceil(document.body.getBoundingClientRect().height) } }, "*");
  new ResizeObserver(tell).observe(document.body);
}
