// Plays a call to whoever listens in: stereo as it comes, at whichever rate the call has.
const build = document.querySelector("meta[name=build]")?.content ?? "";
const USUAL = 16_000;
const AHEAD_S = 0.15; // sound may come over another worker, in pieces of 60 ms

export class Loudspeaker {
  /** Open it. Only in answer to a press: browsers play nothing before one. */
  async open() {
    await this.tune(USUAL);
  }

  /** Play at this rate from now on. */
  async tune(rate) {
    if (this.rate === rate) return;
    this.rate = rate;
    const old = this.context;
    const context = (this.context = new AudioContext({ sampleRate: rate, latencyHint: "interactive" }));
    this.voice = undefined;
    await context.audioWorklet.addModule(`/console/voice.worklet.js?${build}`);
    await context.resume();
    this.voice = new AudioWorkletNode(context, "voice", {
      numberOfInputs: 0,
      outputChannelCount: [2],
      processorOptions: { channels: 2, ahead: AHEAD_S, skips: true },
    });
    this.voice.connect(context.destination);
    old?.close();
  }

  say(pcm) {
    this.voice?.port.postMessage({ pcm }, [pcm]);
  }

  close() {
    this.context?.close();
    this.context = this.voice = undefined;
  }
}

/** How loud each channel is, from 0 to 1. */
export function levels(pcm, channels) {
  const samples = new Int16Array(pcm);
  const power = Array(channels).fill(0);
  samples.forEach((one, at) => (power[at % channels] += one * one));
  return power.map((sum) => Math.sqrt((sum * channels) / samples.length) / 32768);
}
