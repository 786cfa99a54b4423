import { follow, type LiveEvent } from '../../site/browser/live.ts';

/**
 * On the Following page: how much is new since it was made, as a link that shows it. Nothing moves before it is pressed.
 */
class FollowingNews extends HTMLElement {
  #stop: (() => void) | undefined;
  readonly #seen = new Set<unknown>();
  #topics = new Set<string>();

  connectedCallback(): void {
    this.#topics = new Set((this.dataset.topics ?? '').split(' ').filter(Boolean));
    if (this.#topics.size === 0) return;
    this.#stop = follow([...this.#topics], {
      after: Number(this.dataset.after),
      hear: (event) => this.#hear(event),
    });
  }

  disconnectedCallback(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  /** Other tabs may follow more: the stream is one for all. */
  #isFollowed(name: string, data: LiveEvent['data']): boolean {
    if (name === 'story-published')
      return Array.isArray(data.lists) && data.lists.some((list) => this.#topics.has(String(list)));
    const ways = [`thread:${data.story}`, `branch:${data.root}`, `by:${data.author}`];
    const isNew = name === 'comment' && data.isNew === true && data.author !== this.dataset.own;
    return isNew && ways.some((way) => this.#topics.has(way));
  }

  #hear({ name, data }: LiveEvent): void {
    const link = this.querySelector('a');
    if (!link || !this.#isFollowed(name, data)) return;
    this.#seen.add(name === 'comment' ? data.id : data.story);
    const { one = '', many = '' } = this.dataset;
    link.textContent = this.#seen.size === 1 ? one : many.replace('#', String(this.#seen.size));
    link.hidden = false;
  }
}

customElements.define('following-news', FollowingNews);
