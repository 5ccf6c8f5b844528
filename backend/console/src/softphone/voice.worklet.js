// Plays a voice as it comes, or two side by side. What has not been played is thrown away when the caller interrupts,
// and how far it has come is told, so that the server knows to the word what was heard.
const AHEAD_S = 0.06; // so much is gathered before a voice begins: a network is not even
const MOST_S = 1; // two clocks are never the same: what would be heard later than this is skipped where it may be
const TELL_S = 0.2;

class Voice extends AudioWorkletProcessor {
  constructor({ processorOptions: { channels = 1, ahead = AHEAD_S, skips = false } = {} }) {
    super();
    this.channels = channels;
    this.ahead = ahead;
    this.most = skips ? MOST_S * sampleRate : Infinity;
    this.queue = [];
    this.at = 0; // within the first of them
    this.waiting = 0; // samples of each channel in the queue
    this.came = 0;
    this.told = 0; // samples that were played or thrown away when it was last told
    this.speaks = false;
    this.port.onmessage = ({ data }) => (data.pcm ? this.take(new Int16Array(data.pcm)) : this.clear());
  }

  take(pcm) {
    const samples = pcm.length / this.channels;
    if (this.waiting + samples > this.most) this.clear();
    this.queue.push(pcm);
    this.waiting += samples;
    this.came += samples;
    this.last = currentTime;
  }

  clear() {
    this.queue = [];
    this.at = this.waiting = 0;
    this.speaks = false;
    this.tell("cleared");
  }

  process(_, [out]) {
    // A short phrase may be over before as much has come as a long one waits for.
    const enough = this.waiting >= this.ahead * sampleRate || (this.waiting > 0 && currentTime - this.last > this.ahead);
    if (!this.speaks && enough) {
      this.speaks = true;
      this.tell("begun");
    }
    if (!this.speaks) return true;
    for (let i = 0; i < out[0].length && this.waiting > 0; i += 1) {
      for (let channel = 0; channel < this.channels; channel += 1) out[channel][i] = this.queue[0][this.at++] / 32768;
      this.waiting -= 1;
      if (this.at === this.queue[0].length) {
        this.queue.shift();
        this.at = 0;
      }
    }
    if (this.waiting === 0) {
      this.speaks = false;
      this.tell("silent");
    } else if (this.came - this.waiting - this.told >= TELL_S * sampleRate) {
      this.tell("playing");
    }
    return true;
  }

  tell(what) {
    this.told = this.came - this.waiting;
    this.port.postMessage({ what, ms: (this.told * 1000) / sampleRate });
  }
}

registerProcessor("voice", Voice);
