import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textOfHtml } from '../../../src/core/text/htmlText.ts';
import { growsTooFast } from '../../growth.ts';

test('tags go, entities become characters, blocks stand apart, words stay whole', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['<p>Call\nback</p><b>soon</b>', 'Call back soon'],
    ['so<b>on</b>', 'soon'],
    ['one<br/>two<hr>three', 'one two three'],
    ['<a href="https://example.com/?a=1&amp;b=2">Tom &amp; Jerry</a>&nbsp;&#39;&#x27;', "Tom & Jerry ''"],
    ['5 < 6 and 9 > 2', '5 < 6 and 9 > 2'],
    ['Acme <> Globex', 'Acme <> Globex'],
    ['<3 you', '<3 you'],
    ['cut <a href="https://exam', 'cut <a href="https://exam'],
    ['a<!-- <b>no</b> -->b<!doctype html>c', 'a b c'],
    ['<!-- cut', '<!-- cut'],
    ['a<!-- cut', 'a<!-- cut'],
    ['ab<!-- cut', 'ab<!-- cut'],
    ['<style>p > a { color: red }</style>x<script>if (a < b) c()</script>y', 'x y'],
    ['&unknown; &#0; &#xd800; &#1114112;', '&unknown; &#0; &#xd800; &#1114112;'],
    ['', ''],
  ];
  for (const [html, text] of cases) assert.equal(textOfHtml(html), text, html);
});

for (const token of [
  '<',
  '<a',
  '<a ',
  '<!--',
  '<!',
  '<style>',
  '<b>',
  '</',
  '>',
  '&',
  '&#',
  '&amp;',
  '& ',
  '"',
  '<a b="',
  ' ',
  '\n',
]) {
  test(`${JSON.stringify(token)} repeated costs what its length does`, async () => {
    assert.equal(await growsTooFast((size) => token.repeat(size / token.length), textOfHtml), undefined);
  });
}
