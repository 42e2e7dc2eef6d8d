/** The longest text that JSON.parse is given while this is done, in UTF-16 code units. */
export async function longestParsed(work: () => unknown): Promise<number> {
  const { parse } = JSON;
  let longest = 0;
  JSON.parse = (text: string) => {
    longest = Math.max(longest, text.length);
    return parse(text);
  };
  try {
    await work();
  } finally {
    JSON.parse = parse;
  }
  return longest;
}
