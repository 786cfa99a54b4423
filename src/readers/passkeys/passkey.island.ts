/**
 * Passkeys: a button to sign in with one, the browser's own list of them in the field for the mail address, and a
 * button to add one. What the device answers goes to the server in a form, so that what follows is a page as any other.
 */

interface Options {
  readonly challenge: string;
  readonly [name: string]: unknown;
}

/** What goes wrong at the device, or with the person before it; all else is a lost connection. */
const atDevice = new Set([
  'NotAllowedError',
  'InvalidStateError',
  'NotSupportedError',
  'SecurityError',
  'ConstraintError',
  'UnknownError',
]);
/** A challenge holds for ten minutes. */
const renewAfter = 9 * 60_000;

abstract class PasskeyElement extends HTMLElement {
  protected form!: HTMLFormElement;
  #status: HTMLElement | null = null;
  #isAnswered = false;

  connectedCallback(): void {
    const form = this.querySelector('form');
    if (!form) return;
    this.form = form;
    this.#status = form.querySelector('[role=status]');
    if (!('PublicKeyCredential' in window)) return this.without();
    this.begin();
    form.addEventListener('submit', (event) => {
      if (this.#isAnswered) {
        this.#isAnswered = false;
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      void this.#press();
    });
  }

  protected abstract begin(): void;
  protected abstract without(): void;
  protected abstract ask(): Promise<Credential | null>;

  async #press(): Promise<void> {
    const { asking = '', failed = '', known = failed, offline = '' } = this.dataset;
    const button = this.form.querySelector('button');
    if (!button || button.disabled) return;
    button.disabled = true;
    this.say(asking);
    try {
      this.send(await this.ask());
      this.say('');
    } catch (error) {
      const { name } = error as DOMException;
      if (name === 'AbortError') this.say('');
      else this.say(name === 'InvalidStateError' ? known : atDevice.has(name) ? failed : offline);
      this.failed();
    } finally {
      button.disabled = false;
    }
  }

  protected failed(): void {}

  protected say(words: string): void {
    if (this.#status) this.#status.textContent = words;
  }

  /** Options from the server. */
  protected async options(path: string): Promise<Options> {
    const response = await fetch(path, { method: 'POST', body: new URLSearchParams(this.fields()) });
    if (!response.ok) throw new Error(`The server answered ${response.status}.`);
    return (await response.json()) as Options;
  }

  protected fields(): Record<string, string> {
    return {};
  }

  protected send(credential: Credential | null): void {
    if (!credential) throw new DOMException('There is none.', 'NotAllowedError');
    const field = this.form.elements.namedItem('credential') as HTMLInputElement;
    field.value = JSON.stringify(written(credential as PublicKeyCredential));
    this.#isAnswered = true;
    // A button that is disabled sends nothing.
    const button = this.form.querySelector('button');
    if (button) button.disabled = false;
    this.form.requestSubmit();
  }
}

class PasskeySignIn extends PasskeyElement {
  #waiting: AbortController | undefined;
  #timer: number | undefined;

  disconnectedCallback(): void {
    this.#stop();
  }

  protected begin(): void {
    this.hidden = false;
    // Within a story one goes on in place; the page of signing in leads back to where one was.
    this.form.toggleAttribute('data-inline', location.pathname !== '/sign-in');
    void this.#offer();
  }

  /** The button stays away. */
  protected without(): void {}

  protected async ask(): Promise<Credential | null> {
    // A browser asks one thing at a time.
    this.#stop();
    return navigator.credentials.get({ publicKey: await this.#publicKey() });
  }

  protected override failed(): void {
    void this.#offer();
  }

  protected override fields(): Record<string, string> {
    return { to: (this.form.elements.namedItem('to') as HTMLInputElement).value };
  }

  async #publicKey(): Promise<PublicKeyCredentialRequestOptions> {
    const options = await this.options('/sign-in/passkey/challenge');
    return {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: [],
    } as PublicKeyCredentialRequestOptions;
  }

  /** Conditional mediation: passkeys stand among what the browser fills in for the mail address. */
  async #offer(): Promise<void> {
    if (!(await PublicKeyCredential.isConditionalMediationAvailable?.().catch(() => false))) return;
    if (!this.isConnected) return;
    this.#stop();
    const waiting = new AbortController();
    this.#waiting = waiting;
    this.#timer = window.setTimeout(() => void this.#offer(), renewAfter);
    try {
      const publicKey = await this.#publicKey();
      if (waiting.signal.aborted) return;
      const found = await navigator.credentials.get({
        mediation: 'conditional',
        publicKey,
        signal: waiting.signal,
      });
      if (!waiting.signal.aborted) this.send(found);
    } catch {
      // Nobody has pressed anything: the button, and the code by mail, are there.
    }
  }

  #stop(): void {
    window.clearTimeout(this.#timer);
    this.#waiting?.abort();
    this.#waiting = undefined;
  }
}

class PasskeyAdd extends PasskeyElement {
  protected begin(): void {
    this.querySelector(':scope > p')?.remove();
    this.form.hidden = false;
  }

  protected without(): void {
    const said = this.querySelector(':scope > p');
    if (said) said.textContent = this.dataset.cannot ?? '';
  }

  protected async ask(): Promise<Credential | null> {
    const options = await this.options('/account/passkeys/challenge');
    const user = options.user as { id: string };
    const known = options.excludeCredentials as { id: string }[];
    const publicKey = {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...user, id: bytes(user.id) },
      excludeCredentials: known.map((each) => ({ ...each, id: bytes(each.id) })),
    } as unknown as PublicKeyCredentialCreationOptions;
    return navigator.credentials.create({ publicKey });
  }
}

/** What the server reads of a credential (Web Authentication Level 3, section 5.1), with bytes as base64url. */
function written({ id, type, response }: PublicKeyCredential): Record<string, unknown> {
  const clientDataJSON = letters(response.clientDataJSON);
  if ('attestationObject' in response) {
    const made = response as AuthenticatorAttestationResponse;
    const key = made.getPublicKey();
    if (!key) throw new DOMException('The key is of an unknown kind.', 'NotSupportedError');
    return {
      id,
      type,
      response: {
        clientDataJSON,
        authenticatorData: letters(made.getAuthenticatorData()),
        publicKey: letters(key),
        publicKeyAlgorithm: made.getPublicKeyAlgorithm(),
        transports: made.getTransports(),
      },
    };
  }
  const used = response as AuthenticatorAssertionResponse;
  return {
    id,
    type,
    response: {
      clientDataJSON,
      authenticatorData: letters(used.authenticatorData),
      signature: letters(used.signature),
      ...(used.userHandle && used.userHandle.byteLength > 0 && { userHandle: letters(used.userHandle) }),
    },
  };
}

function letters(buffer: ArrayBuffer): string {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

customElements.define('passkey-sign-in', PasskeySignIn);
customElements.define('passkey-add', PasskeyAdd);
