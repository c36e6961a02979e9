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
  if (on('#hb-settings, [data-sheet="hb-sheet-settings"]')) {
    window.hoibao.configure('');
    return hoibaoSheet('hb-sheet-settings');
  }
  const model = on('[data-model]');
  if (model) return window.hoibao.model(model.dataset.model);
  const language = on('[data-language-is]');
  if (language && language.dataset.languageIs !== document.documentElement.lang) {
    return document.querySelector('#hb-language').click();
  }
  for (const what of ['theme', 'text']) {
    const chosen = on(`[data-${what}-is]`);
    if (chosen) return hoibaoLook(what, chosen.getAttribute(`data-${what}-is`));
  }
});
// Light or dark, and the size of the text: this browser's own, kept in it.
function hoibaoLook(what, value) {
  if (value) localStorage.setItem(`hoibao-${what}`, value);
  const theme = localStorage.getItem('hoibao-theme') || 'system';
  const dark = theme === 'dark' || theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches;
  document.body.classList.toggle('dark', dark);
  const text = localStorage.getItem('hoibao-text') || 'usual';
  document.documentElement.dataset.text = text;
  for (const [name, now] of [['theme', theme], ['text', text]]) {
    document.querySelectorAll(`[data-${name}-is]`).forEach(one => {
      one.setAttribute('aria-pressed', String(one.getAttribute(`data-${name}-is`) === now));
    });
  }
}
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => hoibaoLook());
document.addEventListener('DOMContentLoaded', () => {
  hoibaoLook();
  // What is drawn anew shows what is chosen.
  new MutationObserver(changes => {
    if (changes.some(one => [...one.addedNodes].some(node => node.querySelector && node.querySelector('[data-text-is]')))) {
      hoibaoLook();
    }
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
