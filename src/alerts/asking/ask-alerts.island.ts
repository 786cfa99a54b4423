import { recall, remember } from '../../site/browser/device.ts';
import { fetchPage } from '../../site/browser/markup.ts';
import { accountOf } from '../../site/browser/personal.ts';
import { canPush, subscribe } from '../../site/browser/push.ts';
import { pushKey, restKey } from '../../site/browser/push-keys.ts';

/** 'Not now' rests for four weeks, milliseconds. */
const rest = 28 * 86_400_000;

/** Show what a bell leads to under it, in the page; pressed again, it goes. */
export async function openAsk(link: HTMLAnchorElement, place: HTMLElement): Promise<void> {
  const shown = place.nextElementSibling;
  if (shown instanceof AskAlerts) return shown.leave();
  const page = await fetchPage(link.href);
  const part = page?.document.querySelector('ask-alerts');
  if (!part) return location.assign(link.href);
  const fresh = document.importNode(part, true) as AskAlerts;
  // Of several bells of a page one is open.
  for (const other of document.querySelectorAll('ask-alerts')) other.remove();
  fresh.from = link;
  place.after(fresh);
  fresh.querySelector<HTMLElement>('h2')?.focus();
}

/** What would come, and the question of the browser once a person has pressed for it. */
class AskAlerts extends HTMLElement {
  /** The link that opened it; focus goes back there. */
  from: HTMLElement | undefined;
  #isBusy = false;

  connectedCallback(): void {
    const form = this.querySelector('form');
    const buttons = this.querySelector<HTMLElement>('[data-do]');
    if (!form || !buttons) return;
    if (!canPush()) return this.#say('unsupported');
    if (Notification.permission === 'denied') return this.#say('denied');
    buttons.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#turnOn(form);
    });
    this.querySelector('[data-rest]')?.addEventListener('click', () => {
      remember(restKey, String(Date.now() + rest));
      this.leave();
    });
    this.querySelector('[data-said]')?.addEventListener('click', ({ target }) => {
      if ((target as Element).closest('[data-test]')) void this.#test();
    });
  }

  leave(): void {
    if (!this.from) return location.assign(this.dataset.back ?? '/');
    this.from.focus();
    this.remove();
  }

  async #turnOn(form: HTMLFormElement): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      if (Notification.permission === 'default') this.#say('waiting');
      const permission = await Notification.requestPermission();
      if (permission !== 'granted') return this.#say(permission === 'denied' ? 'denied' : 'dismissed');
      const wasOn = recall(pushKey) !== undefined;
      const adopt = form.querySelector<HTMLInputElement>('[name=adopt]')?.checked === true;
      const choices = [...form.querySelectorAll<HTMLInputElement>('[name=choice]')].map((box) => {
        const [kind = '', ...target] = box.value.split(':');
        return { kind, target: target.join(':'), isOn: box.checked };
      });
      await subscribe(this.dataset.key ?? '', accountOf(document) ?? '', { begin: true, adopt, choices });
      remember(restKey, undefined);
      this.#say(wasOn ? 'saved' : 'on');
    } catch (error) {
      this.#say(error instanceof DOMException ? 'refused' : 'failed');
    } finally {
      this.#isBusy = false;
    }
  }

  async #test(): Promise<void> {
    const body = new URLSearchParams({ act: 'test' });
    const answer = await fetch('/alerts/browsers', { method: 'POST', body }).catch(() => undefined);
    this.#say(answer?.ok ? 'tested' : 'failed');
  }

  #say(what: string): void {
    const line = this.querySelector(`[data-say="${what}"]`);
    const said = this.querySelector('[data-said]');
    if (!line || !said) return;
    const copy = document.createElement('p');
    copy.append(...[...line.childNodes].map((node) => node.cloneNode(true)));
    said.replaceChildren(copy);
  }
}

customElements.define('ask-alerts', AskAlerts);
