//! The places of findings on a proof: framed and numbered, what each number
//! means below the type area.

use super::marks::{LABEL, Marks, RED, RULE};
use crate::base::diag::Severity;
use crate::base::geom::{Length, Point};
use crate::page::Page;

/// White kept below the last message: tags of overset stand there.
const FOOT: Length = Length::pt(18);

/// Frames and numbers every place whose finding is a warning or worse.
/// Messages that the foot margin has no room for are left to the report.
pub(super) fn draw(marks: &mut Marks<'_>, page: &Page) {
    let grave = page.spots.iter().filter_map(|spot| {
        let finding = page.findings.get(spot.finding)?;
        (finding.severity >= Severity::Warning).then_some((spot.rect, finding))
    });
    let mut y = page.grid.area().bottom() + LABEL * 2;
    for (number, (rect, finding)) in (1..).zip(grave) {
        marks.outline(rect.grown(RULE), RED, RULE);
        let corner = Point::new(rect.x + RULE, rect.y - RULE * 2);
        marks.write(&format!("{number}"), LABEL, RED, corner);
        if y + FOOT <= page.trim.height {
            let told = format!("{number} {}", finding.message.zh);
            marks.write(&told, LABEL, RED, Point::new(page.grid.origin.x, y));
            y += LABEL * 5 / 4;
        }
    }
}
