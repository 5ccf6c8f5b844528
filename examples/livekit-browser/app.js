// A caller in a browser. The pass comes from your own server, which asks Ringmaster for it (README.md): a page never
// holds a key. Nothing here is of Ringmaster's own making: what is shown are LiveKit's usual topics and attributes.
"use strict";

const { Room, RoomEvent } = LivekitClient;
const by = (id) => document.getElementById(id);
const room = new Room();
const lines = new Map();

const given = new URLSearchParams(location.hash.slice(1));
for (const name of ["url", "token"]) by(name).value = given.get(name) || "";
history.replaceState(null, "", location.pathname); // a pass does not stay in the address

by("join").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    await room.connect(by("url").value, by("token").value);
    await room.localParticipant.setMicrophoneEnabled(true);
    by("trouble").textContent = "";
    by("join").hidden = true;
    by("call").hidden = false;
    by("token").value = "";
    for (const who of room.remoteParticipants.values()) show(who.attributes); // whoever is there already
  } catch (error) {
    await room.disconnect(); // without a microphone, say: the agent would speak with nobody
    by("trouble").textContent = `The call did not come about: ${error.message}`;
  }
});

by("end").addEventListener("click", () => room.disconnect());

by("write").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = by("text").value.trim();
  by("text").value = "";
  if (text) await room.localParticipant.sendText(text, { topic: "lk.chat" });
});

room.on(RoomEvent.TrackSubscribed, (track) => {
  if (track.kind === "audio") document.body.append(track.attach());
});

const show = (attributes) => {
  if (attributes["lk.agent.state"]) by("state").textContent = attributes["lk.agent.state"];
};

room.on(RoomEvent.ParticipantAttributesChanged, show);

room.on(RoomEvent.Disconnected, () => {
  by("state").textContent = "gone";
});

// One line a segment. The agent's is written on as it is heard; the caller's is replaced as it is understood better.
room.registerTextStreamHandler("lk.transcription", async (reader, who) => {
  const attributes = reader.info.attributes || {};
  const key = `${who.identity} ${attributes["lk.segment_id"] || reader.info.id}`;
  const line = lines.get(key) || by("said").appendChild(document.createElement("li"));
  lines.set(key, line);
  line.className = who.identity === room.localParticipant.identity ? "me open" : "open";
  let text = "";
  for await (const piece of reader) {
    text += piece;
    line.textContent = text;
    line.scrollIntoView({ block: "nearest" });
  }
  if (who.identity !== room.localParticipant.identity || attributes["lk.transcription_final"] === "true")
    line.classList.remove("open");
});
