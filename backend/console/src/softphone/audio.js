// The ear and the mouth of the softphone: the browser's microphone and loudspeaker at the rate of the call.
const build = document.querySelector("meta[name=build]")?.content ?? "";

const LAST_WORDS_MS = 800; // a goodbye is on its way to the ear when the line is closed

/** Both at once. `on` is told {frame, level, begun, played}; close() lets go of the microphone. */
export class Audio {
  constructor(rate, on) {
    this.rate = rate;
    this.on = on;
    this.muted = false;
    this.context = new AudioContext({ sampleRate: rate, latencyHint: "interactive" });
  }

  /** Open them. Only in answer to a press: browsers play nothing before one. */
  async open({ microphone, device }) {
    await this.context.audioWorklet.addModule(`/console/voice.worklet.js?${build}`);
    await this.context.resume();
    this.voice = new AudioWorkletNode(this.context, "voice", { numberOfInputs: 0, outputChannelCount: [1] });
    this.voice.port.onmessage = ({ data }) => this.on.played(data);
    this.voice.connect(this.context.destination);
    if (microphone) await this.hear(device);
  }

  async hear(device) {
    const cleaned = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 };
    this.stream = await navigator.mediaDevices.getUserMedia({
      audio: device ? { ...cleaned, deviceId: { exact: device } } : cleaned,
    });
    if (this.closed) {
      this.letGo(); // left while the browser asked: the microphone comes on behind that, and nobody else turns it off
      return;
    }
    const [context, source] = this.source();
    await context.audioWorklet.addModule(`/console/microphone.worklet.js?${build}`);
    const options = { numberOfOutputs: 0, processorOptions: { rate: this.rate } };
    this.microphone = new AudioWorkletNode(context, "microphone", options);
    this.microphone.port.onmessage = ({ data }) => {
      if (data.level !== undefined) this.on.level(this.muted ? 0 : data.level);
      else if (!this.muted && !this.playing) this.on.frame(data.pcm);
    };
    source.connect(this.microphone);
    this.heard = source;
  }

  /** Some browsers do not bring a microphone to the rate of the page; then it is heard at its own, and thinned out. */
  source() {
    try {
      return [this.context, this.context.createMediaStreamSource(this.stream)];
    } catch {
      this.own = new AudioContext();
      return [this.own, this.own.createMediaStreamSource(this.stream)];
    }
  }

  say(pcm) {
    this.voice?.port.postMessage({ pcm }, [pcm]);
  }

  clear() {
    this.voice?.port.postMessage({});
  }

  /** Use another microphone from now on. */
  async change(device) {
    this.letGo();
    await this.hear(device);
  }

  /** Speak a sound file instead of the microphone, at the pace of time. */
  async speak(file) {
    const buffer = await this.context.decodeAudioData(await file.arrayBuffer());
    const samples = buffer.getChannelData(0);
    const size = Math.round(this.rate / 50);
    this.playing = true;
    const begun = performance.now();
    try {
      for (let at = 0; this.playing && at < samples.length; at += size) {
        const pcm = new Int16Array(size);
        samples.subarray(at, at + size).forEach((one, i) => (pcm[i] = Math.max(-32768, Math.min(32767, Math.round(one * 32768)))));
        this.on.frame(pcm.buffer);
        const due = begun + (at / size + 1) * 20 - performance.now();
        if (due > 0) await new Promise((done) => setTimeout(done, due));
      }
    } finally {
      this.playing = false;
    }
  }

  /** Of the microphone: what it still says, and be it silence, would come beside what the next one hears. */
  letGo() {
    this.heard?.disconnect();
    if (this.microphone) {
      this.microphone.port.onmessage = null;
      this.microphone.port.postMessage("over");
    }
    this.heard = this.microphone = undefined;
    this.stream?.getTracks().forEach((track) => track.stop());
    this.own?.close();
    this.own = undefined;
  }

  /** Hear no more; what is being played is played to its end. */
  close() {
    this.playing = false;
    this.closed = true;
    this.letGo();
    setTimeout(() => this.context.close(), LAST_WORDS_MS);
  }
}

/** Microphones that may be chosen. Their names are known only once one has been allowed. */
export async function microphones() {
  const all = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
  return all.filter((one) => one.kind === "audioinput" && one.deviceId && one.deviceId !== "default");
}

/** Why there is no microphone, in a sentence; `otherwise` is what else there is to do, such as " or type". */
export function microphoneTrouble(error, otherwise = "") {
  if (!navigator.mediaDevices) return "A browser gives a page its microphone only over https, or on this machine itself.";
  if (error.name === "NotAllowedError") return "The browser does not give this page the microphone. Allow it beside the address" + (otherwise && `,${otherwise}`) + ".";
  if (error.name === "NotFoundError") return "There is no microphone. Connect one" + (otherwise && `,${otherwise}`) + ".";
  return `The microphone cannot be used: ${error.message}`;
}
