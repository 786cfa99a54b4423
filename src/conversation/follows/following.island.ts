import { follow, type LiveEvent } from '../../site/browser/live.ts';

/**
 * On the Following page: how much is new since it was made, as a link that shows it. Nothing moves before it is pressed.
 */
class FollowingNews extends HTMLElement {
  #stop: (() => void) | undefined;
  readonly #seen = new Set<unknown>();

  connectedCallback(): void {
    const topics = (this.dataset.topics ?? '').split(' ').filter(Boolean);
    if (topics.length === 0) return;
    this.#stop = follow(topics, {
      after: Number(this.dataset.after),
      hear: (event) => this.#hear(event),
    });
  }

  disconnectedCallback(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  #hear({ name, data }: LiveEvent): void {
    const link = this.querySelector('a');
    if (name !== 'comment' || !data.isNew || data.author === this.dataset.own || !link) return;
    this.#seen.add(data.id);
    const { one = '', many = '' } = this.dataset;
    link.textContent = this.#seen.size === 1 ? one : many.replace('#', String(this.#seen.size));
    link.hidden = false;
  }
}

customElements.define('following-news', FollowingNews);
