/** How the user sees the table: filter, chips, sort, columns, place. The host is told of it, and it is remembered over a reload. */

import type { PanelState } from '../../src/core/treaty/panelState.ts';
import { firstView, type PanelView, type RememberedView } from '../../src/core/treaty/panelView.ts';
import { remember, rememberedView, tell } from './host.ts';
import { Pause } from './pause.ts';

/** How long a place may be scrolled on before the host hears of it, in milliseconds. */
const scrollingPause = 300;

export class ChosenView {
  /** What was remembered when the page was loaded; undefined for a new panel. */
  readonly remembered: RememberedView | undefined = rememberedView();
  /** Undefined until the host has said which filter there is, where none was remembered. */
  #view: PanelView | undefined;
  /** True for a filter that may be a name or another value: it was typed or stood there while such were shown. */
  #isFilterPrivate: boolean;
  #isFollowing = false;
  readonly #scrolling = new Pause();

  constructor() {
    this.#view = hasFilter(this.remembered) ? this.remembered : undefined;
    this.#isFilterPrivate = this.remembered !== undefined && !this.#view;
    remember(this.remembered);
  }

  /** The view that holds with this state: the user's, or the host's until there is one and where the user has stopped the host. */
  over({ facts, arranging }: PanelState): PanelView {
    const { filter, chips, sort } = facts.view;
    if (!this.#view) {
      this.#view = facts.view;
      // It may have been typed beside names, into a page before this one.
      if (filter !== '') this.#isFilterPrivate = true;
    } else if (this.#isFollowing && !arranging) this.#view = { ...this.#view, filter, chips, sort };
    else return this.#view;
    this.#isFollowing = false;
    return this.#view;
  }

  /** The user waits no longer for the host to follow the view: with the next state that is whole, the host's holds. */
  followHost(): void {
    this.#isFollowing = true;
  }

  get current(): PanelView {
    return this.#view ?? firstView;
  }

  /** Names or properties are shown from now on: what stands in the filter may be one of their values. */
  valuesAreShown(): void {
    if (this.#isFilterPrivate) return;
    this.#isFilterPrivate = true;
    this.#remember();
  }

  /** Remembers which columns of properties there are, to tell it when the page is loaded anew or its look-up is brought back. */
  keep(properties: readonly string[]): void {
    if (!this.#view || String(this.#view.properties ?? []) === String(properties)) return;
    this.#view = { ...this.#view, properties: [...properties] };
    this.#tell();
  }

  /** Takes in what the user chose, and tells the host. @param valuesShown whether a filter that is typed now may be a value */
  change(change: Partial<PanelView>, valuesShown: boolean): void {
    this.#isFollowing = false;
    if (change.filter !== undefined) this.#isFilterPrivate = valuesShown;
    this.#view = { ...this.current, ...change };
    this.#tell();
  }

  /** The first row in sight is another one. */
  moveTo(place: number): void {
    if (!this.#view || this.#view.place === place) return;
    this.#view = { ...this.#view, place };
    if (!this.#scrolling.isWaiting) this.#scrolling.start(scrollingPause, () => this.#tell());
  }

  #tell(): void {
    this.#scrolling.stop();
    if (!this.#view) return;
    this.#remember();
    tell({ kind: 'view', view: this.#view });
  }

  /** What is remembered is written to disk, where no name belongs. */
  #remember(): void {
    if (!this.#view) return;
    const { filter, ...others } = this.#view;
    remember(this.#isFilterPrivate && filter !== '' ? others : this.#view);
  }
}

function hasFilter(view: RememberedView | undefined): view is PanelView {
  return view?.filter !== undefined;
}
