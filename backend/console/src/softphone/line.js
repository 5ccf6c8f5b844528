// The softphone's WebSocket (docs/softphone.md): says hello, comes back after a break, and tells what it is sent.
const PAUSES_MS = [100, 300, 700, 1500, 3000];

const MEANT = new Set([1000, 1002, 1007, 1008, 1013]); // the server closed, and would not have us back

/** One call over as many connections as it takes. `on` is told {event, voice, over, broken}. */
export class Line {
  constructor(hello, on) {
    this.hello = hello;
    this.on = on;
    this.part = 0; // segments count anew on each connection
    this.tries = 0;
    this.connect(hello);
  }

  connect(hello) {
    this.part += 1;
    const socket = (this.socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/v1/realtime`));
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.send("hello", hello);
    socket.onmessage = ({ data }) => (typeof data === "string" ? this.take(JSON.parse(data)) : this.on.voice(data));
    socket.onclose = ({ code, reason }) => socket === this.socket && this.closed(code, reason);
  }

  take(event) {
    if (event.type === "call") {
      this.resume = event.resume;
      this.patience = event.resume_seconds * 1000;
      this.lostAt = undefined;
      this.tries = 0;
    }
    if (event.type === "end" || event.type === "error") this.last = event;
    if (event.segment) event.segment = `${this.part}/${event.segment}`;
    this.on.event(event);
  }

  closed(code, reason) {
    const ended = this.left || this.last?.type === "end" || MEANT.has(code);
    this.lostAt ??= performance.now();
    const since = performance.now() - this.lostAt;
    if (ended || !this.resume || since > this.patience) {
      this.on.over(this.last ?? { type: "error", message: reason || NOT_REACHED });
      return;
    }
    this.on.broken();
    const pause = PAUSES_MS[Math.min(this.tries++, PAUSES_MS.length - 1)];
    const { rate, microphone } = this.hello;
    setTimeout(() => this.left || this.connect({ rate, microphone, resume: this.resume }), pause);
  }

  /** Tell the server something; what cannot be sent now is lost. */
  send(type, told = {}) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ type, ...told }));
  }

  speak(pcm) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(pcm);
  }

  hangUp() {
    this.send("bye");
    if (this.socket.readyState !== WebSocket.OPEN) {
      this.left = true;
      this.socket.close();
      this.on.over({ type: "end", outcome: "caller_hung_up" });
    }
  }
}

const NOT_REACHED = "The call did not come about. You may not be allowed to call, or the server does not answer.";
