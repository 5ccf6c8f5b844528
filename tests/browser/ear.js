// What a person at this page hears and reads, and when: to measure, and for nothing else. Moments are those of the wall's
// clock, in milliseconds. `heard` is each stretch of sound that the page plays; `answer` becomes what the agent said behind
// the first words of the caller that hold what `window.said` names.
window.ear = { heard: [], understood: null, answer: "" };
{
  const LOUD = 0.01, PAUSE_MS = 300, EVERY_MS = 20;
  const { ear } = window;
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...more) {
    if (to instanceof AudioDestinationNode) listen(this);
    return connect.call(this, to, ...more);
  };
  const listen = (node) => {
    const analyser = new AnalyserNode(node.context, { fftSize: 512 });
    const samples = new Float32Array(analyser.fftSize);
    connect.call(node, analyser);
    setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      if (samples.some((one) => Math.abs(one) > LOUD)) loud(Date.now());
    }, EVERY_MS);
  };
  const loud = (now) => {
    const last = ear.heard.at(-1);
    if (last && now - last.until < PAUSE_MS) last.until = now;
    else ear.heard.push({ from: now, until: now });
  };
  setInterval(() => {
    const words = [...document.querySelectorAll(".dialogue .said:not(.partial)")];
    const mine = words.findIndex((one) => one.classList.contains("caller") && new RegExp(window.said ?? "$^", "i").test(one.textContent));
    if (mine < 0) return;
    ear.understood ??= Date.now();
    ear.answer = words.slice(mine).filter((one) => one.classList.contains("agent")).map((one) => one.textContent).join(" ");
  }, EVERY_MS);
}
