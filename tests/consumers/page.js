// An annotator as its documentation sets one up, for pages of W3C annotations.
const complaints = [];
window.addEventListener('error', event => complaints.push(event.message));
window.addEventListener('unhandledrejection', event => complaints.push(String(event.reason)));
console.warn = console.error = (...words) => complaints.push(words.map(String).join(' '));

const picture = document.getElementById('board');
let annotator;

// Shows a page of annotations; says how many there are, how many are drawn, and what was complained about.
async function show(page, source) {
  await picture.decode();
  annotator = Annotorious.createImageAnnotator(picture, { adapter: Annotorious.W3CImageFormat(source) });
  annotator.setAnnotations(page.items);
  await new Promise(drawn => setTimeout(drawn, 500));
  const drawn = [...document.querySelectorAll('.a9s-annotation[data-id]')].map(group => {
    const { x, y, width, height } = group.getBBox();
    return { id: group.dataset.id, x, y, width, height };
  });
  return { annotations: annotator.getAnnotations(), drawn, complaints };
}
