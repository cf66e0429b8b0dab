//! Layouts by chance: a page cut into slots of every shape and kind.

use std::fmt::Write;

use crate::dice::Dice;

pub(crate) const COLUMNS: u16 = 6;
pub(crate) const LINES: u16 = 60;

/// A slot as the generator knows it.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    pub(crate) name: String,
    /// Cells of one base column and one grid line.
    pub(crate) cells: usize,
    pub(crate) pictures: usize,
    /// Whether its story may go on elsewhere.
    pub(crate) plain: bool,
}

#[derive(Clone, Copy, Debug)]
struct Area {
    column: u16,
    columns: u16,
    line: u16,
    lines: u16,
}

/// A layout's text and its slots.
pub(crate) fn layout(dice: &mut Dice) -> (String, Vec<Slot>) {
    let mut text = format!(
        "base = [\"house\"]\n[sheet]\ntrim = [\"275mm\", \"300mm\"]\n[grid]\ncolumns = {COLUMNS}\n\
         chars = 11\nsize = \"小五\"\npitch = \"12pt\"\nlines = {LINES}\n{}\n",
        if dice.falls(30) {
            "rule = \"0.25pt\""
        } else {
            ""
        }
    );
    let whole = Area {
        column: 1,
        columns: COLUMNS,
        line: 1,
        lines: LINES,
    };
    let mut areas = Vec::new();
    cut(whole, dice, &mut areas);
    let mut slots: Vec<Slot> = Vec::new();
    for (nth, area) in areas.iter().enumerate() {
        slots.push(slot(nth, *area, dice, &mut text));
    }
    (text, slots)
}

/// Cuts an area into parts that a headline and some text fit.
fn cut(area: Area, dice: &mut Dice, areas: &mut Vec<Area>) {
    let wide = area.columns >= 4;
    let high = area.lines >= 34;
    let stop = area.columns * area.lines < 150 && dice.falls(60);
    let Area {
        column,
        columns,
        line,
        lines,
    } = area;
    match (wide && (!high || dice.falls(50)), high) {
        (true, _) if !stop => {
            let left = dice.number(2, columns - 2);
            cut(
                Area {
                    columns: left,
                    ..area
                },
                dice,
                areas,
            );
            let right = Area {
                column: column + left,
                columns: columns - left,
                ..area
            };
            cut(right, dice, areas);
        }
        (false, true) if !stop => {
            let upper = dice.number(14, lines - 16);
            cut(
                Area {
                    lines: upper,
                    ..area
                },
                dice,
                areas,
            );
            // a line of white between two stories (N44)
            let lower = Area {
                line: line + upper + 1,
                lines: lines - upper - 1,
                ..area
            };
            cut(lower, dice, areas);
        }
        _ => areas.push(area),
    }
}

fn slot(nth: usize, area: Area, dice: &mut Dice, text: &mut String) -> Slot {
    let Area {
        column,
        columns,
        line,
        lines,
    } = area;
    let name = format!("s{nth}");
    let mut keys = String::new();
    let mut cells = usize::from(columns) * usize::from(lines);
    let vertical = dice.falls(10);
    let boxed = dice.falls(15);
    let mut plain = !vertical && !boxed;
    if vertical {
        keys.push_str("direction = \"vertical\"\n");
        if dice.falls(50) {
            keys.push_str("text_columns = 2\n");
        }
    } else if boxed {
        let kind = dice.pick(&["0.5pt", "文武线 2.5pt", "花边 4pt"]);
        let _ = writeln!(keys, "frame = \"{kind}\"");
    } else if columns >= 2 && dice.falls(30) {
        let deep = dice.number(lines / 2, lines - 1);
        let legs = dice.number(1, columns - 1);
        cells -= usize::from(legs) * usize::from(lines - deep);
        let _ = writeln!(keys, "legs = [{{ columns = {legs}, lines = {deep} }}]");
        plain = false;
    } else {
        if columns >= 3 && dice.falls(25) {
            let own = columns - 1;
            let to = dice.pick(&["gaps", "columns"]);
            let _ = writeln!(keys, "text_columns = {own}\nremainder = \"{to}\"");
            plain = false;
        }
        if dice.falls(15) {
            keys.push_str("ending = \"balance\"\n");
        }
    }
    if dice.falls(20) {
        keys.push_str("column_rule = \"0.25pt\"\n");
    }
    if !vertical && dice.falls(25) {
        keys.push_str("style.body = { drop_cap = 2 }\n");
    }
    let size = dice.pick(&["三号", "二号", "小一"]);
    let head = match dice.number(0, 9) {
        0 if plain => "type = \"左题\", lines = 9, ",
        1 if plain && columns >= 2 => "type = \"竖题\", ",
        2 if plain && columns >= 3 => "type = \"串文题\", ",
        3 if plain => "type = \"腰带题\", line = 5, ",
        _ => "",
    };
    let _ = writeln!(keys, "head = {{ {head}size = \"{size}\", stretch = 3 }}");
    let mut pictures = 0;
    let mut list = String::new();
    // a chart or a photo, over some columns, or narrow with text beside it
    if lines >= 24 && columns >= 2 && !keys.contains("text_columns") && dice.falls(50) {
        pictures = 1;
        let over = match vertical {
            true => 1,
            false => dice.number(1, columns - 1),
        };
        let first = dice.number(1, if vertical { 1 } else { columns - over + 1 });
        let anchor = match vertical {
            true => *dice.pick(&["right", "middle", "left"]),
            false => *dice.pick(&["top", "middle", "bottom"]),
        };
        let deep = dice.number(5, 8);
        let _ = write!(
            list,
            "[[slots.pictures]]\nname = \"p\"\ncolumn = {first}\ncolumns = {over}\nanchor = \"{anchor}\"\nlines = {deep}\nstretch = 2\n{}",
            if over >= 2 && dice.falls(30) {
                "width = 12\n"
            } else {
                ""
            }
        );
    }
    let _ = write!(
        text,
        "[[slots]]\nname = \"{name}\"\ncolumn = {column}\ncolumns = {columns}\nline = {line}\nlines = {lines}\n{keys}{list}"
    );
    Slot {
        name,
        cells,
        pictures,
        plain,
    }
}
