//! The rows of tables, on square characters (P26).

use std::sync::Arc;

use super::*;
use crate::base::geom::Point;
use crate::makeup::double::{Squares, body, paragraph};
use crate::story::Cell;

const EM: Length = Length::pt(9);
const GRID: Grid = Grid {
    origin: Point::new(Length::ZERO, Length::ZERO),
    columns: 2,
    chars: 13,
    size: EM,
    pitch: Length::pt(12),
    gap: EM,
    lines: 20,
};

fn cell(text: &str, fit: CellFit) -> Cell {
    let mut paragraph = paragraph(text, &body());
    Arc::make_mut(&mut paragraph.style).align = Align::Start;
    Cell { paragraph, fit }
}

/// A header row and so many rows, each a name and a number.
fn table(numbers: &[(&str, u32)]) -> Table {
    let row = |name: &str, number: Cell| vec![cell(name, CellFit::Aligned), number];
    let align = Align::Center;
    let mut rows = vec![row("站", cell("数", CellFit::Aligned))];
    rows.extend(
        numbers
            .iter()
            .map(|&(text, point)| row("甲", cell(text, CellFit::Number { point, align }))),
    );
    Table {
        at: 0,
        title: Some(paragraph("表题", &body())),
        continued: paragraph("续表", &body()),
        rows,
        em: EM,
        white: EM.half(),
        outer: Length::pt(1),
        inner: Length::pt(1) / 4,
        span: None,
    }
}

#[test]
fn p26_decimal_points_stand_at_the_same_x() {
    let table = table(&[("1.5", 1), ("12.25", 2), ("103", 3)]);
    let matter = TableMatter::new(&table, &Squares);
    let set = matter.at(&GRID, EM * 13);
    let points: Vec<Length> = set.rows[1..]
        .iter()
        .zip([1, 2, 3])
        .map(|(row, point)| row.cells[1].1 + before_point(&row.cells[1].0[0], point))
        .collect();
    assert_eq!(points, [points[0]; 3]);
}

#[test]
fn p26_columns_fill_the_measure_with_whole_em_of_text() {
    let table = table(&[("1.5", 1)]);
    let matter = TableMatter::new(&table, &Squares);
    let measure = EM * 13 + Length::pt(4);
    let set = matter.at(&GRID, measure);
    let em: i64 = set
        .columns
        .iter()
        .map(|column| column.width.whole(EM))
        .sum();
    let text: Length = set.columns.iter().map(|column| column.width).sum();
    assert_eq!((em, text), (11, EM * 11));
    let last = &set.columns[1];
    let right = measure - (last.x + last.width);
    assert_eq!(right, last.x - last.left, "as much white on either side");
}

#[test]
fn p26_a_part_leaves_no_row_alone() {
    let table = table(&[("1", 1); 5]);
    let matter = TableMatter::new(&table, &Squares);
    let set = matter.at(&GRID, EM * 13);
    let rows = |from, free, head| set.take(from, free, head).map(|taken| taken.rows);
    // title, header row, five rows, and one line of white
    assert_eq!(rows(1, 8, false), Some(1..6));
    assert_eq!(
        rows(1, 7, true),
        Some(1..6),
        "no white where it fills the column"
    );
    assert_eq!(rows(1, 7, false), Some(1..4), "two rows are left, not one");
    assert_eq!(rows(1, 6, false), Some(1..4));
    assert_eq!(rows(1, 5, false), Some(1..3));
    assert_eq!(rows(1, 4, false), None, "not one row alone");
    assert_eq!(rows(4, 4, true), Some(4..6), "the rest under 续表");
}
