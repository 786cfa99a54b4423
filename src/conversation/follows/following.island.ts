import { follow, type LiveEvent } from '../../site/browser/live.ts';

/**
 * On the Following page: how much is new since it was made, as a link that shows it. Nothing moves before it is pressed.
 */
class FollowingNews extends HTMLElement {
  #stop: (() => void) | undefined;
  /** What is new, and who wrote it. */
  readonly #seen = new Map<unknown, unknown>();
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
    if (name === 'relation-changed') {
      for (const [id, author] of this.#seen) if (author === data.reader) this.#seen.delete(id);
    } else if (this.#isFollowed(name, data)) {
      this.#seen.set(name === 'comment' ? data.id : data.story, data.author);
    } else return;
    const link = this.querySelector('a');
    if (!link) return;
    const { one = '', many = '' } = this.dataset;
    link.textContent = this.#seen.size === 1 ? one : many.replace('#', String(this.#seen.size));
    link.hidden = this.#seen.size === 0;
  }
}

customElements.define('following-news', FollowingNews);
