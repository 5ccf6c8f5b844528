// From where a page has its recording played, in seconds: what it asks for, however late a busy browser does it.
window.sought = [];
{
  const known = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, "currentTime");
  Object.defineProperty(HTMLMediaElement.prototype, "currentTime", {
    ...known,
    set(at) {
      window.sought.push(at);
      known.set.call(this, at);
    },
  });
}
void 0; // nothing that the browser would have to hand over
