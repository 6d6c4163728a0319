import { Markup, markup, scriptJson } from './markup';

export interface PageFrame {
  readonly title: string;
  /** The text of the style sheet. */
  readonly styles: string;
  readonly body: Markup;
  /** @default - none */
  readonly bodyClass?: string;
  /** @default - the page runs nothing, and may not */
  readonly script?: PageScript;
}

export interface PageScript {
  readonly text: string;
  /** Its hash, as a source of a content security policy. */
  readonly source: string;
  /** The `id` under which the script finds its data. */
  readonly dataId: string;
  readonly data: unknown;
}

/** One HTML file that needs nothing else: what it is drawn from is inside, and its own policy forbids it to load anything. */
export function pageFrame({ title, styles, body, bodyClass, script }: PageFrame): string {
  const mayRun = script === undefined ? '' : `script-src ${script.source}; `;
  const policy = `default-src 'none'; style-src 'unsafe-inline'; ${mayRun}base-uri 'none'; form-action 'none'`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>
${new Markup(styles)}
</style>
</head>
<body${bodyClass === undefined ? undefined : markup` class="${bodyClass}"`}>
${body}
${script === undefined ? undefined : scripts(script)}</body>
</html>
`.text;
}

const scripts = ({
  text,
  dataId,
  data,
}: PageScript): Markup => markup`<script type="application/json" id="${dataId}">${scriptJson(data)}</script>
<script>
${new Markup(text)}
</script>
`;
