/** Files that no tool may read, wherever they are: keys, tokens and passwords. */

const secretNames: readonly RegExp[] = [
  /^\.env/i,
  /\.env$/i,
  /^\.(?:npmrc|netrc|pypirc|pgpass|htpasswd|git-credentials|dockercfg|boto|s3cfg)$/i,
  /^_netrc$/i,
  /^id_(?:rsa|dsa|ecdsa|ed25519)/i,
  /\.(?:pem|key|p12|pfx|ppk|jks|keystore|kdbx|asc|gpg|p8|der|crt|cer)$/i,
  /^credentials(?:\.|$)/i,
  /^secrets?(?:\.|$)/i,
  /^hubspot\.config\.ya?ml$/i,
];

/** Folders of which everything is secret. */
const secretFolders = /^\.(?:ssh|aws|azure|gnupg|kube|docker|git|hscli|env.*)$/i;

/** @param path with slashes of either kind */
export function isSecretFile(path: string): boolean {
  const parts = path.split(/[\\/]/).filter((part) => part !== '');
  const names = parts.map(bareName);
  const name = names.pop() ?? '';
  return secretNames.some((secret) => secret.test(name)) || names.some((folder) => secretFolders.test(folder));
}

/** Windows takes a name with dots, blanks or a stream behind it (`.env.`, `.env::$DATA`) for the same file. */
function bareName(name: string): string {
  const stream = name.indexOf(':');
  let end = stream < 0 ? name.length : stream;
  // Not by a pattern, which would look for the end from each of very many dots.
  while (end > 0 && '. '.includes(name.charAt(end - 1))) end--;
  return name.slice(0, end);
}
