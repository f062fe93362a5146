// The slider of steps in time, and the button that plays them.

// When the step is, and in small what it changes.
function showWhen({ text, change }) {
  byId("step").setAttribute("aria-valuetext", [text, change].filter(Boolean).join(" · "));
  byId("when").replaceChildren(make("b", { textContent: text }), ...(change ? [make("small", { textContent: change })] : []));
}

// As wide as the longest text of any step, so that the slider stays in its place.
function keepWidth() {
  const said = byId("step-said");
  const [label, family] = [said.querySelector("label").textContent, getComputedStyle(said).fontFamily];
  const widths = data.steps.map(({ text, change = "" }) => Math.max(measure(`${label} ${text}`, `700 14px ${family}`), measure(change, `12px ${family}`)));
  said.style.width = Math.ceil(Math.max(...widths)) + "px";
}

const shapes = { play: "M4 2l9 6-9 6z", pause: "M3 2h3.5v12H3zM9.5 2H13v12H9.5z" };

function offer(what) {
  const play = byId("play");
  play.title = words[what];
  play.setAttribute("aria-label", words[what]);
  play.querySelector("path").setAttribute("d", shapes[what]);
}

// `go` shows a step and `now` tells which is shown; play begins at `first` once the last is reached, a step each `pace`
// milliseconds.
function wireSlider({ go, now, first, last, pace }) {
  const [slider, play] = [byId("step"), byId("play")];
  let timer = null;
  const stop = () => {
    clearInterval(timer);
    timer = null;
    offer("play");
    byId("summary").setAttribute("aria-live", "polite");
  };
  slider.addEventListener("input", () => {
    if (timer) stop();
    go(Number(slider.value));
  });
  play.addEventListener("click", () => {
    if (timer) return stop();
    // Whoever listens would hear each step begin and none end.
    byId("summary").setAttribute("aria-live", "off");
    offer("pause");
    go(now() === last ? first : now() + 1);
    timer = setInterval(() => (now() === last ? stop() : go(now() + 1)), pace);
  });
  keepWidth();
  play.hidden = reduced.matches || last < 1;
  slider.disabled = last < 1;
}
