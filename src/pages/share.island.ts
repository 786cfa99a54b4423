/**
 * Share: the device's own sheet where there is one, else the address is copied. Without scripts the links inside
 * are there: mail and the short address.
 */
class ShareStory extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector('button');
    const said = this.querySelector<HTMLElement>('[role=status]');
    if (!button || !said) return;
    button.hidden = false;
    button.addEventListener('click', async () => {
      const { url = location.href, title = document.title } = this.dataset;
      try {
        if ('share' in navigator) await navigator.share({ url, title });
        else await copy(url);
        if (!('share' in navigator)) said.textContent = this.dataset.copied ?? '';
      } catch (error) {
        // Whoever closes the sheet has not failed at anything.
        if ((error as DOMException).name !== 'AbortError') said.textContent = url;
      }
    });
    const print = this.querySelector<HTMLElement>('[data-print]');
    if (print) {
      print.hidden = false;
      print.addEventListener('click', () => window.print());
    }
  }
}

async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}

customElements.define('share-story', ShareStory);
