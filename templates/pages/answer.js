(() => {
  'use strict';
  {# Reports what was seen. The server decides what it is worth. #}
  if (navigator.loadPurpose === 'preview') return;
  const form = document.forms[0], fields = form.elements, data = form.dataset;
  const seen = document, opened = Date.now();
  const entry = performance.getEntriesByType('navigation')[0];
  const nav = entry ? entry.type : ['navigate', 'reload', 'back_forward'][performance.navigation.type];
  const first = /^(navigate|prerender)$/.test(nav);
  const door = data.evidence && first && new URL(data.evidence, location).href;
  const prerendered = !!seen.prerendering || !!entry && entry.activationStart > 0;

  {# One yes or no leaves the page: is a claimed phone that phone? #}
  const agent = navigator.userAgent, platform = navigator.platform || '';
  const touch = (navigator.maxTouchPoints > 0 || 'ontouchstart' in window) && matchMedia('(pointer:coarse)').matches;
  const apple = /iP(hone|ad|od)|Mac OS X/.test(agent), phone = /iP(hone|ad|od)|Android/.test(agent);
  const engine = !phone && !touch ? true
    : apple ? /^(iP|Mac)/.test(platform) && CSS.supports('-webkit-touch-callout', 'none')
    : /Android/.test(agent) && !/x86|i.86|Win|Mac/.test(platform);

  const unsent = [];
  let since = 0, before = 0, timer, hello, dwell, left, level = 0, told = 0, input;
  const shown = () => before + (since && performance.now() - since);
  const offer = () => seen.querySelectorAll('.keep [hidden]').forEach(part => { part.hidden = false; });
  {# A button that was offered leaves its place empty: nothing moves below a pointer. #}
  const record = () => {
    seen.querySelectorAll('.keep').forEach(part => {
      if (part.querySelector('[hidden]')) part.remove();
      else part.style.visibility = 'hidden';
    });
    seen.querySelectorAll('.tapped').forEach(part => {
      part.className = 'done';
      part.querySelector('h1').textContent = part.dataset.recorded;
      seen.title = part.dataset.title;
    });
    seen.querySelectorAll('button[data-recorded]').forEach(part => { part.textContent = part.dataset.recorded; });
  };
  const post = body => fetch(door, {method: 'POST', body, keepalive: true})
    .then(answer => {
      if (!answer.ok) throw answer;
      if (answer.headers.get('heed-recorded')) record();
    })
    .catch(() => { unsent.push(body); offer(); });
  const send = (type, gesture) => {
    if (!door) return;
    const body = JSON.stringify({
      nonce: fields.nonce.value, type, nav_type: nav, painted: true, visibility: 'visible', prerendered,
      webdriver: navigator.webdriver === true, touch, engine_ok: engine, vis_ms: Math.round(shown()), gesture
    });
    if (type !== 'leave' || !navigator.sendBeacon || !navigator.sendBeacon(door, body)) post(body);
  };
  const tell = () => { if (hello && level > told) { told = level; send('gesture', input); } };

  const wait = () => {
    timer = setTimeout(() => {
      if (dwell) { if (level < 2 && !(touch && engine)) offer(); return; }
      dwell = true;
      send('dwell');
      wait();
    }, Math.max(0, (dwell ? 4000 : 2000) - shown()));
  };
  const begin = () => {
    if (since || seen.prerendering || seen.visibilityState !== 'visible') return;
    requestAnimationFrame(() => requestAnimationFrame(() => {
      if (since || seen.visibilityState !== 'visible') return;
      since = performance.now();
      if (!hello) { hello = true; send('hello'); tell(); }
      wait();
    }));
  };
  const end = () => {
    clearTimeout(timer);
    before = shown();
    since = 0;
    if (hello && !left) { left = true; send('leave'); }
  };
  seen.addEventListener('visibilitychange', () => seen.visibilityState === 'visible' ? begin() : end());
  seen.addEventListener('prerenderingchange', begin);
  addEventListener('pagehide', end);
  addEventListener('online', () => unsent.splice(0).forEach(post));

  {# 2 is natural input, 1 is not enough: a press without a hand's path, a window that lost the
     focus. #}
  const sense = (rank, type, more) => {
    if (rank > level) { level = rank; input = {type, n: 0, trusted: true}; }
    if (input.type === type) Object.assign(input, {n: input.n + 1}, more);
    tell();
  };
  const on = (type, act) => addEventListener(type, event => event.isTrusted && act(event), {capture: true, passive: true});
  on('touchstart', () => sense(2, 'touch'));
  on('wheel', () => sense(2, 'wheel'));
  on('keydown', () => sense(2, 'keydown'));
  on('pointerdown', event => event.pointerType === 'touch' || sense(1, 'pointerdown'));
  {# A driven pointer jumps, or runs on a ruler at one speed. A hand takes its time, wavers and
     hurries: some moves over a fifth of a second, of different lengths, that turn. A pause is
     no move, and browsers make motionless moves of their own. A turn lies between two moves. #}
  let older, last, ms = 0, turns = 0, least = 1e9, most = 0;
  on('pointermove', ({screenX: x, screenY: y, timeStamp: t}) => {
    if (last) {
      const far = Math.hypot(x - last.x, y - last.y);
      if (!far) return;
      ms += Math.min(t - last.t, 150);
      if (far < least) least = far;
      if (far > most) most = far;
    }
    if (older) {
      const dx = x - older.x, dy = y - older.y;
      turns += Math.abs((last.x - older.x) * dy - (last.y - older.y) * dx) >= 1.2 * Math.hypot(dx, dy);
    }
    older = last;
    last = {x, y, t};
    if (ms > 199 && turns > 2 && most > 1.2 * least) sense(2, 'pointermove', {n: turns + 1});
  });
  {# Focus that moves into a frame blurs the window too, but the document keeps it. #}
  on('blur', event => event.target === window && setTimeout(() => {
    if (!seen.hasFocus() && seen.visibilityState === 'visible') sense(1, 'blur', {has_focus: false});
  }));

  {# A submit event is trusted even when a script made it. The click on the button is not. #}
  fields.trusted.value = 0;
  form.addEventListener('click', event => {
    if (event.target.closest('button')) fields.trusted.value = +event.isTrusted;
  }, true);
  form.addEventListener('submit', () => {
    fields.gesture.value = input ? JSON.stringify(input) : '';
    fields.open_ms.value = Date.now() - opened;
    left = true;
  });

  {# As the server counts: code points, without the space around them. It speaks when a typing hand
     pauses, and cuts nothing. #}
  seen.querySelectorAll('[data-longest]').forEach(counter => {
    const {of, longest, left: few, over, digits} = counter.dataset, field = fields[of];
    const count = () => {
      const rest = longest - [...field.value.normalize().trim()].length;
      const shown = String(Math.abs(rest)).replace(/./g, digit => digits[digit]);
      counter.textContent = rest < longest / 10 ? (rest < 0 ? over : few).replace('#', shown) : '';
      counter.classList.toggle('problem', rest < 0);
    };
    let typing;
    field.addEventListener('input', () => { clearTimeout(typing); typing = setTimeout(count, 400); });
    count();
  });

  if (data.evidence && !first) offer();
  {# No score in the address, so neither a reload nor a restored tab answers again. #}
  form.action = form.action;
  history.replaceState(null, '', form.action);
  begin();
})();
