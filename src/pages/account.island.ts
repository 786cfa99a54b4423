import { recall, remember } from '../site/browser/device.ts';
import { accountChanged, takeOverForms } from '../site/browser/flow.ts';
import { follow, renew, type LiveEvent } from '../site/browser/live.ts';
import { accountOf, refreshPersonal } from '../site/browser/personal.ts';
import { pushKey } from '../site/browser/push-keys.ts';

/**
 * On every page: who is signed in, in all tabs at once. What a tab knows is kept on the device, so that the others hear
 * of it; a tab that finds something else there asks for its page again, and what that says is true.
 */
const key = 'account';
/** Milliseconds. */
const mostWait = 10_000;

class SiteAccount extends HTMLElement {
  #account = '';
  #stop: (() => void) | undefined;
  #recount: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    takeOverForms(this.dataset.failed ?? '');
    this.#note();
    document.addEventListener(accountChanged, () => this.#note());
    addEventListener('storage', (event) => {
      if (event.key === key) this.#compare();
    });
    addEventListener('pageshow', ({ persisted }) => {
      if (persisted) this.#compare();
    });
  }

  #compare(): void {
    if ((recall(key) ?? '') !== this.#account) void this.#refresh();
  }

  async #refresh(): Promise<void> {
    try {
      await refreshPersonal();
      const account = accountOf(document);
      if (account !== this.#account)
        document.dispatchEvent(new CustomEvent(accountChanged, { detail: false }));
      this.#note();
    } catch {
      // Offline: the page says so when it is used.
    }
  }

  /** Take over what the page says. */
  #note(): void {
    const account = accountOf(document);
    if (account === undefined) return;
    const isOther = account !== this.#account;
    this.#account = account;
    if ((recall(key) ?? '') !== account) remember(key, account || undefined);
    // Where alerts come to this browser, the server is told whose they may be.
    if (recall(pushKey) !== undefined)
      void import('../site/browser/push.ts').then(({ resync }) => resync(account)).catch(() => {});
    if (!isOther) return;
    this.#stop?.();
    this.#stop = account === '' ? undefined : follow(['me'], { hear: (event) => this.#hear(event) });
    renew();
  }

  #hear({ name, data }: LiveEvent): void {
    if (name === 'notices') this.#ring(Number(data.unread), String(data.shown));
    if (name === 'notices-changed') this.#recountLater();
    if (name === 'signed-out' || name === 'account-changed') void this.#refresh();
  }

  /** Many hear of the same at once: they do not all ask at once. */
  #recountLater(): void {
    clearTimeout(this.#recount);
    this.#recount = setTimeout(() => void this.#ask(), Math.random() * mostWait);
  }

  async #ask(): Promise<void> {
    try {
      const answer = await fetch('/inbox/count', { headers: { accept: 'application/json' } });
      if (!answer.ok) return;
      const { unread, shown } = (await answer.json()) as { unread: number; shown: string };
      this.#ring(unread, shown);
    } catch {
      // The next page counts anew.
    }
  }

  #ring(unread: number, shown: string): void {
    const count = document.querySelector<HTMLElement>('[data-bell] b');
    if (!count) return;
    count.textContent = shown;
    count.hidden = unread === 0;
  }
}

customElements.define('site-account', SiteAccount);
