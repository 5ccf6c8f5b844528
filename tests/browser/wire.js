// What comes over the softphone's socket, and when: to wait for, to measure, and for nothing else.
window.wire = [];
{
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...all) {
      super(...all);
      window.socket = this;
      this.addEventListener("message", ({ data }) => {
        if (typeof data === "string") window.wire.push({ at: performance.now(), ...JSON.parse(data) });
      });
    }
  };
}
