import { canPush, currentSubscription } from '../../site/browser/push.ts';

/** Whether this browser may show notifications and takes them, said anew whenever that changes while the page is open. */
class AlertState extends HTMLElement {
  #status: PermissionStatus | undefined;
  readonly #look = () => void this.#show();

  connectedCallback(): void {
    document.addEventListener('visibilitychange', this.#look);
    void this.#watch();
    this.#look();
  }

  disconnectedCallback(): void {
    document.removeEventListener('visibilitychange', this.#look);
    this.#status?.removeEventListener('change', this.#look);
  }

  async #watch(): Promise<void> {
    try {
      this.#status = await navigator.permissions.query({ name: 'notifications' });
      this.#status.addEventListener('change', this.#look);
    } catch {
      // It is looked at again when the page is.
    }
  }

  async #show(): Promise<void> {
    if (document.visibilityState === 'hidden') return;
    const state = await stateNow().catch(() => undefined);
    const line = state && this.querySelector(`[data-say="${state}"]`);
    const said = this.querySelector('[data-said]');
    if (!line || !said || said.textContent === line.textContent) return;
    said.replaceChildren(...[...line.childNodes].map((node) => node.cloneNode(true)));
  }
}

async function stateNow(): Promise<'unsupported' | 'denied' | 'unasked' | 'on' | 'ready'> {
  if (!canPush()) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  if (Notification.permission === 'default') return 'unasked';
  return (await currentSubscription()) ? 'on' : 'ready';
}

customElements.define('alert-state', AlertState);
