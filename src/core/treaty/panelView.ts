/** How a user sees a table: narrowed by a filter and chips, sorted, with columns moved, hidden and resized. */

import * as z from 'zod/mini';

const count = z.number().check(z.int(), z.nonnegative());

/**
 * A column's key, such as `record`, `state` or `property:associated:domain`: words of letters, digits, `_`, `-` and `.` with a colon
 * between them. Which columns there are is the table's to say; a key that it does not know is passed over.
 */
export const columnKey = z.string().check(z.maxLength(200), z.regex(/^[A-Za-z][\w.-]*(?::[\w.-]+)*$/));

const columnSort = z.object({ column: columnKey, descending: z.boolean() });
export type ColumnSort = z.infer<typeof columnSort>;

/** The most columns that rows are sorted by. */
export const mostSorts = 8;

/** The most properties that are shown at once. */
export const mostProperties = 200;

const viewColumn = z.object({
  key: columnKey,
  /** In pixels, where the user changed it. */
  width: z.optional(z.number().check(z.positive(), z.lte(10_000))),
  hidden: z.optional(z.boolean()),
});
export type ViewColumn = z.infer<typeof viewColumn>;

/** Those of the items that fit, at most so many: a view of another version may hold what this one does not know. */
function fitting<Item>(item: z.ZodMiniType<Item>, most: number) {
  return z.pipe(
    z.array(z.unknown()).check(z.maxLength(10_000)),
    z.transform((items: unknown[]): Item[] =>
      items.flatMap((each) => z.safeParse(item, each).data ?? []).slice(0, most),
    ),
  );
}

const panelView = z.object({
  /** Words; each has to be in what a row shows. */
  filter: z.string().check(z.maxLength(1000)),
  /**
   * Keys of the chosen chips. Rows with any of those of one kind are shown, and of each kind one has to fit: `none`, `failed`,
   * `moreThanOne` shows the records with more than one association that have none or failed (which is no row). Empty: all rows.
   */
  chips: fitting(z.string().check(z.maxLength(10_000)), 100),
  /** The first counts most; rows that are equal in all of them stay in the order asked. Empty: in the order asked. */
  sort: fitting(columnSort, mostSorts),
  /** In the order shown, hidden ones too. A column that is not among them stands after the one it follows in the table's own list. */
  columns: fitting(viewColumn, 1000),
  /** The first row shown. */
  place: count,
  /** Keys of the columns of properties that the page may keep. Which there are is the host's to say; it takes those of a page only after a reload. */
  properties: z.optional(fitting(columnKey, mostProperties)),
});
export type PanelView = z.infer<typeof panelView>;

/** The part of a view that hides no row. */
export const everyRow: Pick<PanelView, 'filter' | 'chips'> = { filter: '', chips: [] };

export const firstView: PanelView = { ...everyRow, sort: [], columns: [], place: 0 };

/** A view as the page tells it. */
export const currentView = panelView;

/**
 * What a page remembers of its view. Without `filter` the host's holds: a filter that was typed while names are shown may be a
 * name, and what a page remembers is written to disk.
 */
export const rememberedView = z.pipe(
  z.transform(inTodaysWords),
  z.object({ ...panelView.shape, filter: z.optional(panelView.shape.filter) }),
);
export type RememberedView = z.infer<typeof rememberedView>;

/** The columns of version 0.1.0, which could not be moved. */
const columnsOf010 = ['record', 'associated', 'labels', 'state', 'source'] as const;

/** Version 0.1.0 remembered one `chip` (`all` for none), one `sort` or none, and `widths` by column. */
const viewOf010 = z.object({
  filter: z.optional(z.string()),
  chip: z.string(),
  sort: z.optional(z.unknown()),
  place: z.unknown(),
  widths: z.partialRecord(z.enum(columnsOf010), z.unknown()),
});

function inTodaysWords(given: unknown): unknown {
  const old = z.safeParse(viewOf010, given).data;
  if (!old) return given;
  const { filter, chip, sort, place, widths } = old;
  return {
    ...(filter !== undefined && { filter }),
    chips: chip === 'all' ? [] : [chip],
    sort: sort === undefined ? [] : [sort],
    columns: columnsOf010.filter((key) => key in widths).map((key) => ({ key, width: widths[key] })),
    place,
  };
}
