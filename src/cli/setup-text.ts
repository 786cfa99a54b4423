/** The words of `freesheet setup`. */
export const setupText = {
  summary: 'name, zone, language, currency, address and mail of the paper',
  usage: `freesheet setup [options]      asks what the paper needs, and writes DATA_DIR/settings.json

  --name NAME           the paper's name
  --zone ZONE           its IANA time zone, such as Europe/Lisbon
  --language TAG        its language, such as en or pt-PT
  --currency CODE       ISO 4217, such as EUR
  --origin ADDRESS      public address, such as https://www.example.com
  --smtp URL            mail server, such as smtps://user:word@mail.example.com; '' for none
  --from SENDER         sender of its mail, such as 'The Ledger <desk@example.com>'
  --contact ADDRESS     where readers reach the newsroom; the test mail goes there
  --yes                 asks nothing: what is not given stays as it is

What is given is not asked. Settings that are not asked here stay as they are.`,
  intro: (file: string) =>
    `Settings of the paper, for ${file}.\nEnter keeps what stands in [brackets]; a dash alone (-) takes it away. Ctrl-C changes nothing.\n`,
  questions: {
    NAME: "The paper's name",
    ZONE: 'Time zone',
    LANGUAGE: 'Language',
    CURRENCY: 'Currency',
    ORIGIN: 'Public address',
    SMTP_URL: 'Mail server',
    MAIL_FROM: 'Sender of mails',
    CONTACT_MAIL: 'Address for readers',
  } as Readonly<Record<string, string>>,
  none: 'none',
  wrong: (name: string, problem: string) => `${name}: ${problem}.`,
  needsHttps: (origin: string) =>
    `${origin} is public and must begin with https://. Without it nobody can sign in safely. Put Caddy or nginx with a certificate in front (see deploy/README.md) and give the https address, or use http://localhost:8080 to try things out`,
  needsMail: (origin: string) =>
    `is needed, as ${origin} is public: sign-in codes and alerts go by mail. Give the address of your provider's mail server, such as smtps://user:word@mail.example.com`,
  needsSender: 'is needed to send mail, such as The Ledger <desk@example.com>',
  needsContact: 'is needed: readers must reach the newsroom, and the test mail goes there',
  notAnswered: (name: string) =>
    `There was no answer for ${name}, and nothing was changed. Without a terminal, give it as an option, or --yes to keep what is there.`,
  setAside: (file: string, aside: string) => `${file} was not readable as JSON. It is now ${aside}.`,
  shadowed: (names: readonly string[]) =>
    `Note: ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} set in the environment too, which goes before the settings file.`,
  testing: (to: string, place: string) => `Sending a test mail to ${to} through ${place} ...`,
  tested: 'The mail server took it. Look whether it arrives, and not among the spam.',
  testFailed: (reason: string) => `The test mail was not taken. ${reason}`,
  whatNow: (canSkip: boolean) =>
    `Try again (t), change the mail settings (c)${canSkip ? ', go on without (s)' : ''}, or stop (q)?`,
  skipped: 'Going on: on this machine alone the site works without mail that arrives.',
  mustWork:
    'A public site needs mail that is taken, so nothing was changed. Check --smtp, --from and --contact, then run setup again.',
  stopped: 'Stopped; nothing was changed.',
  saved: (file: string) => `Saved in ${file}.`,
  unwritable: (folder: string) =>
    `Cannot write to ${folder}. Make it writable, or set DATA_DIR to another folder.`,
  next: (origin: string) =>
    `Start it with: npm start      then open ${origin}\nCheck it with: npx freesheet doctor`,
  restart: 'A server that runs already must be started again.',
  testSubject: (name: string) => `${name}: the mail works`,
  testBody: (name: string, origin: string) =>
    `This is the test mail that 'freesheet setup' sends.\n\n${name} (${origin}) can send mail to you. Nothing needs to be done.\n`,
};

/** What a TLS proxy in front needs for a public address. @param upstream host:port on which Freesheet listens */
export function proxyWords(origin: string, upstream: string): string {
  const { host, hostname, port } = new URL(origin);
  const tlsPort = port || '443';
  return `A proxy with a certificate stands in front of Freesheet (http://${upstream}). One of these:

Caddy (whole: deploy/Caddyfile), which gets the certificate by itself:

    ${host} {
        reverse_proxy ${upstream}
    }

nginx (whole, with http to https and live events: deploy/nginx.conf):

    server {
        listen ${tlsPort} ssl http2;
        server_name ${hostname};
        ssl_certificate     /etc/letsencrypt/live/${hostname}/fullchain.pem;
        ssl_certificate_key /etc/letsencrypt/live/${hostname}/privkey.pem;
        gzip off;
        client_max_body_size 2g;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $host;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto $scheme;
        location / { proxy_pass http://${upstream}; }
        location = /live { proxy_pass http://${upstream}; proxy_buffering off; proxy_read_timeout 1h; }
    }

A proxy on another machine must be named in TRUSTED_PROXIES, and HOST must be an address that it reaches.
`;
}
