// A microphone for tests: what the page asks for is a stream of our own, into which recordings are played one by one.
(() => {
  const context = new AudioContext({ sampleRate: 16000 });
  const out = context.createMediaStreamDestination();
  window.microphone = {
    asked: [],
    speak: async (base64) => {
      await context.resume();
      const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
      const source = context.createBufferSource();
      source.buffer = await context.decodeAudioData(bytes.buffer);
      source.connect(out);
      await new Promise((done) => { source.onended = done; source.start(); });
    },
  };
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    window.microphone.asked.push(wanted.audio);
    await context.resume();
    return out.stream.clone();
  };
})();
