/*
 * The page as an attacker (hostile=1). Runs before everything else of the page, never before the extension. What it
 * overheard, forged and removed is counted in window.hostile for the tests.
 */
(() => {
  const NAMES = ['dunghen', 'dunghen:batch', 'dunghen:records', 'dunghen:ready', 'dunghen:port', 'dunghen-batch'];
  const state = { heard: [], mapCalls: 0, removed: 0, forged: 0 };
  Object.defineProperty(window, 'hostile', { value: state });

  const map = Array.prototype.map;
  Object.defineProperty(Array.prototype, 'map', {
    configurable: true,
    writable: true,
    value: function (...rest) {
      state.mapCalls += 1;
      return map.apply(this, rest);
    },
  });

  // Overhear whatever has our name, also under names that cannot be guessed.
  let mine = false;
  const dispatch = EventTarget.prototype.dispatchEvent;
  EventTarget.prototype.dispatchEvent = function (event) {
    if (!mine && String(event?.type).startsWith('dunghen')) state.heard.push({ by: 'dispatch', type: event.type });
    return dispatch.call(this, event);
  };
  const hear = (event) => {
    if (!mine) state.heard.push({ by: 'listener', type: event.type, detail: event.detail ?? event.data ?? null });
  };
  for (const name of NAMES) {
    window.addEventListener(name, hear, true);
    document.addEventListener(name, hear, true);
  }
  window.addEventListener('message', (event) => {
    const own = event.data?.hostile === true || String(event.data).startsWith('{"hostile":true');
    if (!own) state.heard.push({ by: 'message', type: 'message', detail: event.data ?? null });
  });

  const forgedBatch = (records) => ({
    hostile: true,
    version: 1,
    type: 'dunghen:batch',
    adapter: 'igate',
    kind: 'list',
    records: map.call(records, (record) => ({
      id: record.id,
      code: record.code,
      received: '2020-01-01T08:00:00.000+0700',
      due: '2020-01-02T17:00:00.000+0700',
      status: 'Đang xử lý',
    })),
  });

  const forge = (records) => {
    const batch = forgedBatch(records);
    mine = true;
    for (const target of [window, document]) {
      for (const name of NAMES) {
        target.dispatchEvent(new CustomEvent(name, { detail: batch }));
        target.dispatchEvent(new CustomEvent(name, { detail: JSON.stringify(batch) }));
        const { port1, port2 } = new MessageChannel();
        target.dispatchEvent(new MessageEvent(name, { data: batch, ports: [port2], origin: location.origin }));
        port1.postMessage(batch);
      }
    }
    mine = false;
    window.postMessage(batch, '*');
    window.postMessage(JSON.stringify(batch), '*');
    const { port1, port2 } = new MessageChannel();
    window.postMessage(batch, '*', [port2]);
    port1.postMessage(batch);
    state.forged += 1;
  };

  // A forged answer, from an address that only ends like the gateway's.
  const request = () => {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '/fake/pa/dossier/search?page=0&size=50');
    xhr.responseType = 'json';
    xhr.onload = () => forge(xhr.response?.content ?? []);
    xhr.send();
  };
  request();
  for (const delay of [500, 1500, 3000, 6000]) setTimeout(request, delay);

  const ours = (node) => node.nodeType === 1 && node.localName.startsWith('dh-');
  const remove = (element) => {
    if (state.removed >= 3) return;
    state.removed += 1;
    element.remove();
  };
  const watch = () =>
    new MutationObserver((changes, observer) => {
      for (const change of changes) {
        for (const node of change.addedNodes) {
          if (ours(node)) remove(node);
          else if (node.nodeType === 1) {
            for (const inner of node.querySelectorAll('*')) if (ours(inner)) remove(inner);
          }
        }
      }
      if (state.removed >= 3) observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  watch();
})();
