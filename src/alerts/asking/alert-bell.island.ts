import { recall } from '../../site/browser/device.ts';
import { pushKey, restKey } from '../../site/browser/push-keys.ts';

/**
 * The way to alerts. Nothing is asked before it is pressed, and whoever has answered is not invited again: the words change,
 * and nothing moves. What it opens is loaded then.
 */
class AlertBell extends HTMLElement {
  connectedCallback(): void {
    const link = this.querySelector('a');
    if (!link) return;
    const words = link.querySelector('span');
    const hasAnswered = recall(pushKey) !== undefined || Number(recall(restKey) ?? 0) > Date.now();
    if (hasAnswered && words) words.textContent = this.dataset.own ?? '';
    link.addEventListener('click', (event) => {
      if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      void import('./ask-alerts.island.ts')
        .then(({ openAsk }) => openAsk(link, this.closest('.story-by') ?? this))
        .catch(() => location.assign(link.href));
    });
  }
}

customElements.define('alert-bell', AlertBell);
