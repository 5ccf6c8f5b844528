// Hears the microphone: cuts what comes into frames of 20 ms, 16-bit, at the rate of the call, and tells how loud it is.
const FRAME_S = 0.02;
const LEVEL_FRAMES = 5;

class Microphone extends AudioWorkletProcessor {
  constructor({ processorOptions: { rate } }) {
    super();
    this.step = sampleRate / rate; // 1 where the browser runs the page's audio at the call's own rate
    this.frame = new Int16Array(Math.round(rate * FRAME_S));
    this.filled = 0;
    this.sum = 0;
    this.count = 0;
    this.due = this.step;
    this.power = 0;
    this.frames = 0;
    this.over = false;
    this.port.onmessage = () => (this.over = true);
  }

  process([[samples]]) {
    for (const sample of samples ?? []) {
      this.sum += sample;
      this.count += 1;
      this.due -= 1;
      if (this.due > 1e-6) continue;
      this.due += this.step;
      this.put(this.sum / this.count);
      this.sum = this.count = 0;
    }
    return !this.over;
  }

  put(sample) {
    this.power += sample * sample;
    this.frame[this.filled++] = Math.max(-32768, Math.min(32767, Math.round(sample * 32768)));
    if (this.filled < this.frame.length) return;
    const pcm = this.frame.slice();
    this.port.postMessage({ pcm: pcm.buffer }, [pcm.buffer]);
    this.filled = 0;
    if (++this.frames === LEVEL_FRAMES) {
      this.port.postMessage({ level: Math.sqrt(this.power / (LEVEL_FRAMES * this.frame.length)) });
      this.frames = this.power = 0;
    }
  }
}

registerProcessor("microphone", Microphone);
