/** Something from another site that is asked for only when a reader presses the button. */
class EmbedFrame extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector('button');
    const url = this.dataset.frame;
    if (!button || !url?.startsWith('https://')) return;
    button.hidden = false;
    button.addEventListener('click', () => {
      const frame = document.createElement('iframe');
      frame.src = url;
      frame.title = this.dataset.title ?? '';
      frame.allow = 'fullscreen; encrypted-media; picture-in-picture';
      frame.referrerPolicy = 'strict-origin-when-cross-origin';
      frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-popups allow-presentation');
      this.replaceChildren(frame);
      frame.focus();
    });
  }
}

customElements.define('embed-frame', EmbedFrame);
