import type { ReactNode } from "react";
import { Icon } from "./Icon";
import { Skeleton } from "./Skeleton";
import styles from "./Table.module.css";

export interface TableColumn<Row> {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  sortable?: boolean;
  align?: "start" | "end";
  /** Any CSS width; the first column takes what is left. */
  width?: string;
  /** Of a column of buttons: the header is read out only. */
  hideHeader?: boolean;
}

export interface TableSort {
  key: string;
  direction: "ascending" | "descending";
}

export interface TableProps<Row> {
  /** What the table is of, for a screen reader. */
  caption: string;
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  sort?: TableSort;
  onSortChange?: (sort: TableSort) => void;
  selectedKey?: string;
  /** Skeleton rows, when there are none to keep. */
  loading?: boolean;
  /** In place of rows. */
  empty?: ReactNode;
}

export function Table<Row>({ caption, columns, rows, rowKey, sort, onSortChange, selectedKey, loading, empty }: TableProps<Row>) {
  if (!loading && rows.length === 0 && empty) return empty;
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-busy={loading || undefined}>
        <caption className="sr-only">{caption}</caption>
        <thead className={styles.head}>
          <tr>
            {columns.map((column) => (
              <Head key={column.key} column={column} sort={sort} onSortChange={onSortChange} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className={styles.row} data-selected={rowKey(row) === selectedKey || undefined}>
              {columns.map((column) => (
                <td key={column.key} data-align={column.align} data-label={column.hideHeader ? undefined : column.header} data-bare={column.hideHeader || undefined} className={styles.cell}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
          {loading && rows.length === 0 && <Bones columns={columns.length} />}
        </tbody>
      </table>
    </div>
  );
}

type HeadProps<Row> = Pick<TableProps<Row>, "sort" | "onSortChange"> & { column: TableColumn<Row> };

function Head<Row>({ column, sort, onSortChange }: HeadProps<Row>) {
  const direction = sort?.key === column.key ? sort.direction : undefined;
  const turn = () => onSortChange?.({ key: column.key, direction: direction === "ascending" ? "descending" : "ascending" });
  const width = column.width ? { style: { inlineSize: column.width } } : {};
  return (
    <th scope="col" aria-sort={direction} data-align={column.align} className={styles.header} {...width}>
      {column.sortable ? (
        <button type="button" className={styles.sort} onClick={turn}>
          {column.header}
          <span className={styles.arrow} data-direction={direction}>
            <Icon name={direction === "descending" ? "arrow-down" : "arrow-up"} size="small" />
          </span>
        </button>
      ) : (
        <span className={column.hideHeader ? "sr-only" : undefined}>{column.header}</span>
      )}
    </th>
  );
}

function Bones({ columns }: { columns: number }) {
  return Array.from({ length: 5 }, (_, row) => (
    <tr key={row} className={styles.row}>
      {Array.from({ length: columns }, (__, column) => (
        <td key={column} className={styles.cell}>
          <Skeleton width={column === 0 ? "60%" : "40%"} />
        </td>
      ))}
    </tr>
  ));
}
