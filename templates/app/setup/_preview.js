// Shows the preview again while the form is edited. Its page has a policy of its own, which no
// script can give to a frame. So the form is sent to a second frame, and that takes the place of
// the first once its page is there. The browser's history gets no entry by that.
(() => {
  const QUIET_MS = 400;
  const LATE_MS = 10000;
  const button = document.querySelector("button[formtarget=shown]");
  const form = button.form;
  let shown = document.querySelector("iframe[name=shown]");
  let next = null;
  let isOutdated = false;
  let quiet = 0;
  let late = 0;

  const refresh = () => {
    isOutdated = next !== null;
    if (isOutdated) return;
    next = shown.cloneNode();
    next.removeAttribute("src");
    next.name = "next";
    next.hidden = true;
    next.addEventListener("load", send, { once: true });
    shown.after(next);
  };

  const send = () => {
    next.addEventListener("load", show, { once: true });
    late = setTimeout(giveUp, LATE_MS);
    button.formTarget = "next";
    form.requestSubmit(button);
    button.formTarget = "shown";
  };

  const show = () => {
    const hadFocus = document.activeElement === shown;
    shown.remove();
    shown = next;
    shown.name = "shown";
    shown.hidden = false;
    if (hadFocus) shown.focus();
    end();
  };

  const giveUp = () => {
    next.remove();
    end();
  };

  const end = () => {
    clearTimeout(late);
    next = null;
    if (isOutdated) refresh();
  };

  button.hidden = true;
  form.addEventListener("input", () => {
    clearTimeout(quiet);
    quiet = setTimeout(refresh, QUIET_MS);
  });
  if (!shown.hasAttribute("src") || form.querySelector("[aria-invalid]")) refresh();
})();
