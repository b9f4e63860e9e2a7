//! Text in columns, for reports.

use std::fmt;

/// Rows of cells under headings. Its text is one line a row, without a line break at the end.
///
/// ```
/// use emetis::Table;
///
/// let mut table = Table::new(&["what", ">gas"]);
/// table.row(["deposit".into(), "36,125".into()]);
///
/// assert_eq!(table.to_string(), "what        gas\ndeposit  36,125");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    is_right: Vec<bool>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows. A column whose heading begins with `>` is flush right, without it.
    pub fn new(headings: &[&str]) -> Self {
        let is_right = headings.iter().map(|heading| heading.starts_with('>')).collect();
        let headings = headings.iter().map(|heading| heading.trim_start_matches('>').to_owned());
        Self { is_right, rows: vec![headings.collect()] }
    }

    /// Adds a row: a cell for each heading, in order.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.is_right.len()).map(width).collect();
        for (at, row) in self.rows.iter().enumerate() {
            let mut line = String::new();
            for ((cell, width), is_right) in row.iter().zip(&widths).zip(&self.is_right) {
                let (cell, width) = (cell.as_str(), *width);
                line +=
                    &if *is_right { format!("{cell:>width$}") } else { format!("{cell:<width$}") };
                line += "  ";
            }
            let end = if at == 0 { "" } else { "\n" };
            write!(f, "{end}{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// A whole number with its thousands set apart.
pub fn thousands(number: impl fmt::Display) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// As [`thousands`], or a dash.
pub(crate) fn or_dash(number: Option<u64>) -> String {
    number.map_or_else(|| "–".into(), thousands)
}

#[cfg(test)]
mod tests {
    use super::{Table, thousands};

    #[test]
    fn thousands_are_set_apart() {
        let cases = [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")];
        for (number, text) in cases {
            assert_eq!(thousands(number), text);
        }
    }

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let mut table = Table::new(&["name", ">size"]);
        table.row(["a longer name".into(), "7".into()]);
        table.row(["b".into(), "12345".into()]);

        let lines = ["name            size", "a longer name      7", "b              12345"];
        assert_eq!(table.to_string(), lines.join("\n"));
    }

    #[test]
    fn widths_count_characters_not_bytes() {
        let mut table = Table::new(&["µs", ">–"]);
        table.row(["≤≤≤".into(), "1".into()]);

        assert_eq!(table.to_string(), "µs   –\n≤≤≤  1");
    }
}
