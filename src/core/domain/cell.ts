/** What is known of one property of one record, and what became of records. */
import type { Failure } from './failure.ts';

/** How a record is there no more. `archived`: it is in HubSpot's recycling bin. `missing`: HubSpot knows no such record. */
export type Gone =
  | { readonly kind: 'archived' | 'missing' }
  /** It lives on under another id; `into` is that id. */
  | { readonly kind: 'merged'; readonly into: string };

/** What became of a record. */
export type Existence = { readonly kind: 'exists' } | Gone;

/** As much of a long text as is shown, and how long all of it is, in UTF-16 code units. */
export interface TextStart {
  readonly text: string;
  readonly length: number;
}

/** A cell of a table is exactly one of these, so that an empty one never has to be guessed at. */
export type Cell =
  /**
   * `text` is for people; `value` is what to sort by or to export, where that is not the text. `start`: where it takes time to make
   * the text, its start, which was made before.
   */
  | {
      readonly kind: 'value';
      readonly text: string;
      readonly value?: string | number | boolean;
      readonly start?: TextStart | undefined;
    }
  /** HubSpot has the record, and no value in this property. */
  | { readonly kind: 'unset' }
  /** There is no such record (any more). `into`: the id under which a merged one lives on. */
  | { readonly kind: 'gone'; readonly how: 'archived' | 'missing' | 'merged'; readonly into?: string }
  /**
   * Nothing is known: a failure, or nobody has asked, or it is being read. `withheld`: HubSpot sent the record without this
   * property, as it has none of that name or does not show it to this token.
   */
  | { readonly kind: 'notRead'; readonly why: Failure | 'notAsked' | 'reading' | 'withheld' };
