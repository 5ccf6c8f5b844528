// Selects a piece of text in CodeMirror as a person does with the mouse: by the browser's own selection.
window.selectText = (piece) => {
  const line = [...document.querySelectorAll(".cm-line")].find((one) => one.textContent.includes(piece));
  const from = line.textContent.indexOf(piece);
  const place = (offset) => {
    const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    for (let left = offset; walk.nextNode(); left -= walk.currentNode.length) {
      if (left <= walk.currentNode.length) return [walk.currentNode, left];
    }
  };
  document.querySelector(".cm-content").focus();
  getSelection().setBaseAndExtent(...place(from), ...place(from + piece.length));
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
};
