// Plays the agent's voice as it comes. What has not been played is thrown away when the caller interrupts, and how far
// it has come is told, so that the server knows to the word what was heard.
const AHEAD_S = 0.06; // so much is gathered before a voice begins: a network is not even
const TELL_S = 0.2;

class Voice extends AudioWorkletProcessor {
  constructor() {
    super();
    this.queue = [];
    this.at = 0; // within the first of them
    this.waiting = 0; // samples in the queue
    this.came = 0;
    this.told = 0; // samples that were played or thrown away when it was last told
    this.speaks = false;
    this.port.onmessage = ({ data }) => (data.pcm ? this.take(new Int16Array(data.pcm)) : this.clear());
  }

  take(pcm) {
    this.queue.push(pcm);
    this.waiting += pcm.length;
    this.came += pcm.length;
    this.last = currentTime;
  }

  clear() {
    this.queue = [];
    this.at = this.waiting = 0;
    this.speaks = false;
    this.tell("cleared");
  }

  process(_, [[out]]) {
    // A short phrase may be over before as much has come as a long one waits for.
    const enough = this.waiting >= AHEAD_S * sampleRate || (this.waiting > 0 && currentTime - this.last > AHEAD_S);
    if (!this.speaks && enough) {
      this.speaks = true;
      this.tell("begun");
    }
    if (!this.speaks) return true;
    for (let i = 0; i < out.length && this.waiting > 0; i += 1) {
      out[i] = this.queue[0][this.at++] / 32768;
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
