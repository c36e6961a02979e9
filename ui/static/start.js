// Gradio may run this script before the page is there, or behind it.
function hoibaoReady(begin) {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
  else begin();
}
// What is clicked in the start, the queue, "Sai?" and the settings; and files dropped anywhere on the page.
document.addEventListener('click', event => {
  const on = selector => event.target.closest && event.target.closest(selector);
  if (!window.hoibao) return;
  const queue = on('[data-queue]');
  if (queue) {
    if (queue.dataset.queue === 'hide') queue.closest('.hb-queue-line').remove();
    else window.hoibao.queued(queue.dataset.queue);
    return;
  }
  if (on('[data-pick]')) return document.querySelector('#hb-drop input[type=file]').click();
  const wrong = on('[data-wrong]');
  if (wrong || on('#hb-wrong')) {
    window.hoibao.mark(wrong ? wrong.dataset.wrong : '');
    return hoibaoSheet('hb-sheet-wrong');
  }
  const marked = on('[data-unmark]');
  if (marked) return window.hoibao.unmark(marked.dataset.unmark);
  if (on('#hb-settings')) return window.hoibao.configure('');
  const model = on('[data-model]');
  if (model) return window.hoibao.model(model.dataset.model);
  const language = on('[data-language-is]');
  if (language && language.dataset.languageIs !== document.documentElement.lang) {
    return document.querySelector('#hb-language').click();
  }
  const text = on('[data-text-is]');
  if (text) return hoibaoText(text.dataset.textIs);
});
// The size of the text: this browser's own, kept in it.
function hoibaoText(chosen) {
  if (chosen) localStorage.setItem('hoibao-text', chosen);
  const size = localStorage.getItem('hoibao-text') || 'usual';
  document.documentElement.dataset.text = size;
  document.querySelectorAll('[data-text-is]').forEach(one => {
    const pressed = String(one.dataset.textIs === size);
    if (one.getAttribute('aria-pressed') !== pressed) one.setAttribute('aria-pressed', pressed);
  });
}
hoibaoReady(() => {
  hoibaoText();
  // What is drawn anew shows what is chosen.
  new MutationObserver(changes => {
    const drawn = changes.some(one => [...one.addedNodes].some(
      node => node.querySelector && node.querySelector('[data-text-is]')));
    if (!drawn) return;
    hoibaoText();
    hoibaoTheme();
  }).observe(document.body, {childList: true, subtree: true});
});
// Files and folders dropped anywhere but on a field of their own are added.
const hoibaoFiles = event => event.dataTransfer && [...event.dataTransfer.types].includes('Files');
const hoibaoOwn = event => event.target.closest && event.target.closest('#hb-files, #hb-folder');
let hoibaoOver = 0;
document.addEventListener('dragenter', event => {
  if (hoibaoFiles(event)) hoibaoOver = Date.now(), document.body.classList.add('hb-dropping');
});
document.addEventListener('dragover', event => {
  if (!hoibaoFiles(event) || hoibaoOwn(event)) return;
  event.preventDefault();
  hoibaoOver = Date.now();
});
setInterval(() => {
  if (Date.now() - hoibaoOver > 400) document.body.classList.remove('hb-dropping');
}, 200);
document.addEventListener('drop', async event => {
  document.body.classList.remove('hb-dropping');
  if (!hoibaoFiles(event) || hoibaoOwn(event)) return;
  event.preventDefault();
  event.stopPropagation();
  const entries = [...event.dataTransfer.items].map(one => one.webkitGetAsEntry && one.webkitGetAsEntry());
  const plain = [...event.dataTransfer.files];
  const found = entries.some(Boolean) ? (await Promise.all(entries.filter(Boolean).map(hoibaoWalk))).flat() : [];
  hoibaoGive(found.length ? found : plain);
}, true);
// Files of a dropped entry; those of a folder, and of folders in it.
async function hoibaoWalk(entry) {
  if (entry.isFile) return new Promise(done => entry.file(file => done([file]), () => done([])));
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise(done => reader.readEntries(done, () => done([])));
    if (!some.length) return found;
    for (const one of some) found.push(...await hoibaoWalk(one));
  }
}
// Through Gradio's own field, which is there again when the files before have been taken.
async function hoibaoGive(files) {
  const input = () => document.querySelector('#hb-drop input[type=file]');
  for (let tries = 0; !input() && tries < 300; tries++) await new Promise(done => setTimeout(done, 200));
  if (!input() || !files.length) return;
  const given = new DataTransfer();
  files.forEach(file => given.items.add(file));
  input().files = given.files;
  input().dispatchEvent(new Event('change', {bubbles: true}));
}
