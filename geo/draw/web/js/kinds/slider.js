// The slider of steps in time, and the button that plays them.

// `go` shows a step and `now` tells which is shown; play begins at `first` once the last is reached, a step each `pace`
// milliseconds.
function wireSlider({ go, now, first, last, pace }) {
  const [slider, play] = [byId("step"), byId("play")];
  let timer = null;
  const stop = () => {
    clearInterval(timer);
    timer = null;
    play.textContent = words.play;
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
    play.textContent = words.pause;
    go(now() === last ? first : now() + 1);
    timer = setInterval(() => (now() === last ? stop() : go(now() + 1)), pace);
  });
  play.hidden = reduced.matches || last < 1;
  slider.disabled = last < 1;
}
