import type { Text } from "../../formula/index.js";

/** What can be wrong with a CSV file. */
export const csvMessages = {
  notText: (path: string): Text => ({
    en: `${path} is not a text file: of a workbook, save the sheet as CSV`,
    ru: `${path} — не текстовый файл: лист книги сохраните как CSV`,
  }),
  empty: (path: string): Text => ({
    en: `${path} is empty`,
    ru: `файл ${path} пуст`,
  }),
  noRows: (path: string): Text => ({
    en: `${path} has names but no rows of numbers`,
    ru: `в ${path} есть названия, но нет строк с числами`,
  }),
  oneColumn: (path: string): Text => ({
    en: `${path} has one column only: there is nothing to learn from`,
    ru: `в ${path} всего один столбец: учиться не на чем`,
  }),
  quotes: (path: string, row: number): Text => ({
    en: `${path}, row ${row}: a quote is not closed or stands inside a cell`,
    ru: `${path}, строка ${row}: кавычка не закрыта или стоит внутри ячейки`,
  }),
  unnamed: (path: string, column: number): Text => ({
    en: `${path}, row 1: column ${column} has no name`,
    ru: `${path}, строка 1: у столбца ${column} нет названия`,
  }),
  twice: (path: string, name: string): Text => ({
    en: `${path}, row 1: two columns are called '${name}'`,
    ru: `${path}, строка 1: два столбца называются '${name}'`,
  }),
  ragged: (path: string, row: number, expected: number, given: number): Text => ({
    en: `${path}, row ${row}: expected ${expected} cells, got ${given}`,
    ru: `${path}, строка ${row}: ожидалось ячеек: ${expected}, получено: ${given}`,
  }),
  notANumber: (path: string, row: number, column: string, cell: string): Text => ({
    en: `${path}, row ${row}, column '${column}': ${cell === "" ? "the cell is empty" : `'${cell}' is not a number`}`,
    ru: `${path}, строка ${row}, столбец '${column}': ${cell === "" ? "ячейка пуста" : `'${cell}' — не число`}`,
  }),
  decimalComma: {
    en: "decimals use a point (or a comma throughout, with semicolons or tabs between the cells)",
    ru: "дробная часть отделяется точкой (или везде запятой, если ячейки разделяет точка с запятой или табуляция)",
  },
  chooseColumns: {
    en: "choose the columns to learn from with --features, or mend the file",
    ru: "выберите столбцы с признаками через --features или исправьте файл",
  },
  noColumn: (name: string): Text => ({
    en: `the data have no column '${name}'`,
    ru: `в данных нет столбца '${name}'`,
  }),
  columns: (names: string): Text => ({
    en: `their columns: ${names}`,
    ru: `их столбцы: ${names}`,
  }),
};
